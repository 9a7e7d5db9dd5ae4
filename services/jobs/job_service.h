// JobService: heimweg.jobs.v1.JobService over gRPC. It only forwards; what the
// methods do is OfferBook's.
#ifndef HEIMWEG_SERVICES_JOBS_JOB_SERVICE_H_
#define HEIMWEG_SERVICES_JOBS_JOB_SERVICE_H_

#include "google/protobuf/empty.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "services/jobs/job_kind.h"
#include "services/offers/offer_book.h"
#include "services/server/edge.h"

namespace heimweg::jobs {

using JobBook = offers::OfferBook<JobKind>;

// Thread-safe.
class JobService : public v1::JobService::CallbackService {
 public:
  // Both must outlive this.
  JobService(JobBook& book, server::Edge& edge) : book_(book), edge_(edge) {}

  grpc::ServerUnaryReactor* CreateJob(grpc::CallbackServerContext* context,
                                      const v1::CreateJobRequest* request,
                                      v1::Job* response) override;
  grpc::ServerUnaryReactor* GetJob(grpc::CallbackServerContext* context,
                                   const v1::GetJobRequest* request,
                                   v1::Job* response) override;
  grpc::ServerUnaryReactor* ListJobs(grpc::CallbackServerContext* context,
                                     const v1::ListJobsRequest* request,
                                     v1::ListJobsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateJob(grpc::CallbackServerContext* context,
                                      const v1::UpdateJobRequest* request,
                                      v1::Job* response) override;
  grpc::ServerUnaryReactor* DeleteJob(
      grpc::CallbackServerContext* context, const v1::DeleteJobRequest* request,
      google::protobuf::Empty* response) override;
  grpc::ServerUnaryReactor* BatchGetJobs(
      grpc::CallbackServerContext* context,
      const v1::BatchGetJobsRequest* request,
      v1::BatchGetJobsResponse* response) override;
  grpc::ServerBidiReactor<v1::ImportJobsRequest, v1::ImportJobsResponse>*
  ImportJobs(grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<v1::WatchJobsResponse>* WatchJobs(
      grpc::CallbackServerContext* context,
      const v1::WatchJobsRequest* request) override;

 private:
  JobBook& book_;
  server::Edge& edge_;
};

}  // namespace heimweg::jobs

#endif  // HEIMWEG_SERVICES_JOBS_JOB_SERVICE_H_
