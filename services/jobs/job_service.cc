#include "services/jobs/job_service.h"

#include <utility>

#include "google/protobuf/empty.pb.h"
#include "services/server/call.h"
#include "services/server/edge.h"
#include "services/server/source.h"

namespace heimweg::jobs {

using google::protobuf::Empty;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using server::Call;
using server::Done;

ServerUnaryReactor* JobService::CreateJob(CallbackServerContext* context,
                                          const v1::CreateJobRequest* request,
                                          v1::Job* response) {
  return edge_.Unary(
      context, "heimweg.jobs.v1.JobService/CreateJob", request, response,
      [this](const Call& call, const v1::CreateJobRequest& create, v1::Job* job,
             const Done& done) { book_.Create(call, create, job, done); });
}

ServerUnaryReactor* JobService::GetJob(CallbackServerContext* context,
                                       const v1::GetJobRequest* request,
                                       v1::Job* response) {
  return edge_.Unary(context, "heimweg.jobs.v1.JobService/GetJob", request,
                     response,
                     [this](const Call& /*call*/, const v1::GetJobRequest& get,
                            v1::Job* job) { return book_.Get(get, job); });
}

ServerUnaryReactor* JobService::ListJobs(CallbackServerContext* context,
                                         const v1::ListJobsRequest* request,
                                         v1::ListJobsResponse* response) {
  return edge_.Unary(
      context, "heimweg.jobs.v1.JobService/ListJobs", request, response,
      [this](const Call& /*call*/, const v1::ListJobsRequest& list,
             v1::ListJobsResponse* page) { return book_.List(list, page); });
}

ServerUnaryReactor* JobService::UpdateJob(CallbackServerContext* context,
                                          const v1::UpdateJobRequest* request,
                                          v1::Job* response) {
  return edge_.Unary(
      context, "heimweg.jobs.v1.JobService/UpdateJob", request, response,
      [this](const Call& call, const v1::UpdateJobRequest& update, v1::Job* job,
             const Done& done) { book_.Update(call, update, job, done); });
}

ServerUnaryReactor* JobService::DeleteJob(CallbackServerContext* context,
                                          const v1::DeleteJobRequest* request,
                                          Empty* response) {
  return edge_.Unary(context, "heimweg.jobs.v1.JobService/DeleteJob", request,
                     response,
                     [this](const Call& call, const v1::DeleteJobRequest& erase,
                            Empty* /*nothing*/, const Done& done) {
                       book_.Delete(call, erase, done);
                     });
}

ServerUnaryReactor* JobService::BatchGetJobs(
    CallbackServerContext* context, const v1::BatchGetJobsRequest* request,
    v1::BatchGetJobsResponse* response) {
  return edge_.Unary(
      context, "heimweg.jobs.v1.JobService/BatchGetJobs", request, response,
      [this](const Call& /*call*/, const v1::BatchGetJobsRequest& get,
             v1::BatchGetJobsResponse* jobs) {
        return book_.BatchGet(get, jobs);
      });
}

grpc::ServerBidiReactor<v1::ImportJobsRequest, v1::ImportJobsResponse>*
JobService::ImportJobs(CallbackServerContext* context) {
  return edge_.Import<v1::ImportJobsRequest, v1::ImportJobsResponse>(
      context, "heimweg.jobs.v1.JobService/ImportJobs", book_.Import());
}

grpc::ServerWriteReactor<v1::WatchJobsResponse>* JobService::WatchJobs(
    CallbackServerContext* context, const v1::WatchJobsRequest* request) {
  return edge_.Watch<v1::WatchJobsResponse>(
      context, "heimweg.jobs.v1.JobService/WatchJobs", request,
      [this](const Call& /*call*/, const v1::WatchJobsRequest& watch,
             server::Wake wake) {
        return book_.Watch(watch, std::move(wake));
      });
}

}  // namespace heimweg::jobs
