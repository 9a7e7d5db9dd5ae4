// Services that answer what a test tells them, on a port of their own. Only the
// contract is real here: the rules of the services have tests of their own.
#ifndef HEIMWEG_CLIENTS_CLI_TESTING_FAKE_SERVER_H_
#define HEIMWEG_CLIENTS_CLI_TESTING_FAKE_SERVER_H_

#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {

// An error with a google.rpc detail, as the services send them.
template <typename Detail>
grpc::Status ErrorWith(grpc::StatusCode code, const std::string& message,
                       const Detail& detail) {
  google::rpc::Status status;
  status.set_code(static_cast<int>(code));
  status.set_message(message);
  status.add_details()->PackFrom(detail);
  return {code, message, status.SerializeAsString()};
}

inline grpc::Status TryAgainIn(int seconds) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(seconds);
  return ErrorWith(grpc::StatusCode::UNAVAILABLE, "overloaded", info);
}

class FakeJobs : public jobs::v1::JobService::Service {
 public:
  using Context = grpc::ServerContext;

  // Answered before anything else, in order.
  std::vector<grpc::Status> errors;
  std::vector<std::string> request_ids;
  std::vector<jobs::v1::Job> stored;
  jobs::v1::ListJobsRequest last_list;
  jobs::v1::UpdateJobRequest last_update;
  // The import stream breaks after so many batches, once.
  int break_after_batches = -1;
  int import_streams = 0;
  // Answers of an import come so many batches late, or when it has ended.
  size_t answers_late = 0;
  std::vector<int> batch_sizes;
  std::map<std::string, int> rows_by_id;  // how often each was stored
  // The watch breaks after the first message, once.
  bool break_watch = false;
  std::vector<std::string> resume_tokens;

  grpc::Status CreateJob(Context*, const jobs::v1::CreateJobRequest* request,
                         jobs::v1::Job* response) override {
    request_ids.push_back(request->request_id());
    if (auto error = NextError(); !error.ok()) return error;
    *response = request->job();
    response->set_name(
        absl::StrCat(request->parent(), "/jobs/", request->job_id()));
    return grpc::Status::OK;
  }

  grpc::Status GetJob(Context*, const jobs::v1::GetJobRequest* request,
                      jobs::v1::Job* response) override {
    if (auto error = NextError(); !error.ok()) return error;
    response->set_name(request->name());
    return grpc::Status::OK;
  }

  grpc::Status UpdateJob(Context*, const jobs::v1::UpdateJobRequest* request,
                         jobs::v1::Job* response) override {
    last_update = *request;
    *response = request->job();
    return grpc::Status::OK;
  }

  // Pages of two.
  grpc::Status ListJobs(Context*, const jobs::v1::ListJobsRequest* request,
                        jobs::v1::ListJobsResponse* response) override {
    last_list = *request;
    size_t i =
        request->page_token().empty() ? 0 : std::stoul(request->page_token());
    for (const size_t end = i + 2; i < end && i < stored.size(); ++i) {
      *response->add_jobs() = stored[i];
    }
    if (i < stored.size()) response->set_next_page_token(std::to_string(i));
    return grpc::Status::OK;
  }

  grpc::Status ImportJobs(
      Context*,
      grpc::ServerReaderWriter<jobs::v1::ImportJobsResponse,
                               jobs::v1::ImportJobsRequest>* stream) override {
    ++import_streams;
    if (auto error = NextError(); !error.ok()) return error;
    jobs::v1::ImportJobsRequest request;
    std::deque<jobs::v1::ImportJobsResponse> answers;
    int64_t row = 0;
    for (int batches = 1; stream->Read(&request); ++batches) {
      batch_sizes.push_back(request.jobs_size());
      jobs::v1::ImportJobsResponse response;
      for (const jobs::v1::Job& job : request.jobs()) {
        *response.add_results() = Store(job, row++);
      }
      response.set_next_row(row);
      response.set_revision(rows_by_id.size());
      // Stored, but the answer is lost: the client has to send it again.
      if (batches == break_after_batches) {
        break_after_batches = -1;
        return {grpc::StatusCode::UNAVAILABLE, "going down"};
      }
      answers.push_back(response);
      if (answers.size() > answers_late) {
        stream->Write(answers.front());
        answers.pop_front();
      }
    }
    for (const auto& answer : answers) stream->Write(answer);
    return grpc::Status::OK;
  }

  grpc::Status WatchJobs(
      Context*, const jobs::v1::WatchJobsRequest* request,
      grpc::ServerWriter<jobs::v1::WatchJobsResponse>* writer) override {
    resume_tokens.push_back(request->resume_token());
    if (auto error = NextError(); !error.ok()) return error;
    jobs::v1::WatchJobsResponse response;
    if (request->resume_token().empty()) {
      for (const jobs::v1::Job& job : stored) {
        *response.add_changes()->mutable_job() = job;
      }
      response.set_resume_token("t1");
      response.set_revision(1);
      writer->Write(response);
      if (break_watch) return {grpc::StatusCode::UNAVAILABLE, "going down"};
      response.Clear();
    }
    response.add_changes()->set_deleted_name("networks/n/jobs/gone");
    response.set_resume_token("t2");
    response.set_revision(2);
    response.set_complete(true);
    writer->Write(response);
    return grpc::Status::OK;
  }

 private:
  grpc::Status NextError() {
    if (errors.empty()) return grpc::Status::OK;
    const grpc::Status error = errors.front();
    errors.erase(errors.begin());
    return error;
  }

  type::v1::ImportRowResult Store(const jobs::v1::Job& job, int64_t row) {
    using Result = type::v1::ImportRowResult;
    Result result;
    result.set_row(row);
    if (job.title().empty()) {
      result.set_outcome(Result::OUTCOME_REJECTED);
      auto* violation = result.add_violations();
      violation->set_field("title");
      violation->set_description("a title is required");
      return result;
    }
    const bool is_new = ++rows_by_id[job.external_id()] == 1;
    result.set_outcome(is_new ? Result::OUTCOME_CREATED
                              : Result::OUTCOME_UNCHANGED);
    return result;
  }
};

class FakeMatching : public matching::v1::MatchingService::Service {
 public:
  matching::v1::RankOffersRequest last_rank;
  matching::v1::RankOffersResponse ranking;
  matching::v1::ExplainMatchResponse explanation;
  matching::v1::GetIndexStatusResponse index;
  // Grows with every look at the index.
  bool index_moves = false;

  grpc::Status RankOffers(grpc::ServerContext*,
                          const matching::v1::RankOffersRequest* request,
                          matching::v1::RankOffersResponse* response) override {
    const std::lock_guard lock(mutex_);
    last_rank = *request;
    *response = ranking;
    return grpc::Status::OK;
  }
  grpc::Status ExplainMatch(
      grpc::ServerContext*, const matching::v1::ExplainMatchRequest*,
      matching::v1::ExplainMatchResponse* response) override {
    *response = explanation;
    return grpc::Status::OK;
  }
  matching::v1::RankPackagesRequest last_packages;
  matching::v1::RankPackagesResponse packages;
  matching::v1::RankRegionsRequest last_regions;
  matching::v1::RankRegionsResponse regions;

  grpc::Status RankPackages(
      grpc::ServerContext*, const matching::v1::RankPackagesRequest* request,
      matching::v1::RankPackagesResponse* response) override {
    last_packages = *request;
    *response = packages;
    return grpc::Status::OK;
  }
  grpc::Status RankRegions(
      grpc::ServerContext*, const matching::v1::RankRegionsRequest* request,
      matching::v1::RankRegionsResponse* response) override {
    last_regions = *request;
    *response = regions;
    return grpc::Status::OK;
  }
  matching::v1::RankReturneesRequest last_returnees;
  matching::v1::RankReturneesResponse returnees;
  grpc::Status RankReturnees(
      grpc::ServerContext*, const matching::v1::RankReturneesRequest* request,
      matching::v1::RankReturneesResponse* response) override {
    last_returnees = *request;
    *response = returnees;
    return grpc::Status::OK;
  }
  // Of RankProfiles, by name; each gets `ranking`.
  std::vector<std::string> ranked_profiles;
  matching::v1::RankProfilesRequest last_rank_profiles;
  int rank_streams = 0;
  // The stream breaks after so many messages of three, again and again.
  int break_after_messages = -1;
  grpc::Status RankProfiles(
      grpc::ServerContext*, const matching::v1::RankProfilesRequest* request,
      grpc::ServerWriter<matching::v1::RankProfilesResponse>* writer) override {
    last_rank_profiles = *request;
    ++rank_streams;
    matching::v1::RankProfilesResponse response;
    response.set_total_profiles(static_cast<int64_t>(ranked_profiles.size()));
    int messages = 0;
    for (const std::string& name : ranked_profiles) {
      if (name <= request->after_profile()) continue;
      matching::v1::ProfileRanking& added = *response.add_rankings();
      added.set_profile(name);
      added.set_outcome(matching::v1::PROFILE_OUTCOME_RANKED);
      *added.mutable_ranking() = ranking;
      if (response.rankings_size() < 3) continue;
      writer->Write(response);
      response.clear_rankings();
      if (++messages == break_after_messages) {
        return {grpc::StatusCode::UNAVAILABLE, "going down"};
      }
    }
    writer->Write(response);
    return grpc::Status::OK;
  }
  matching::v1::AssignOffersRequest last_assign;
  // Sent one after the other.
  std::vector<matching::v1::AssignOffersResponse> assignment;
  grpc::Status AssignOffers(
      grpc::ServerContext*, const matching::v1::AssignOffersRequest* request,
      grpc::ServerWriter<matching::v1::AssignOffersResponse>* writer) override {
    last_assign = *request;
    for (const auto& message : assignment) writer->Write(message);
    return grpc::Status::OK;
  }
  grpc::Status GetIndexStatus(
      grpc::ServerContext*, const matching::v1::GetIndexStatusRequest*,
      matching::v1::GetIndexStatusResponse* response) override {
    *response = index;
    if (index_moves) {
      auto& revision = *index.mutable_revisions(0);
      revision.set_revision(revision.revision() + 1);
    }
    return grpc::Status::OK;
  }

 private:
  std::mutex mutex_;
};

class FakeProfiles : public profiles::v1::ProfileService::Service {
 public:
  std::map<std::string, profiles::v1::Profile> stored;

  grpc::Status CreateProfile(grpc::ServerContext*,
                             const profiles::v1::CreateProfileRequest* request,
                             profiles::v1::Profile* response) override {
    *response = request->profile();
    response->set_name(absl::StrCat("profiles/", request->profile_id()));
    stored[response->name()] = *response;
    return grpc::Status::OK;
  }
  grpc::Status ListProfiles(
      grpc::ServerContext*, const profiles::v1::ListProfilesRequest*,
      profiles::v1::ListProfilesResponse* response) override {
    for (const auto& [name, profile] : stored) {
      *response->add_profiles() = profile;
    }
    return grpc::Status::OK;
  }
  grpc::Status UpdateProfile(grpc::ServerContext*,
                             const profiles::v1::UpdateProfileRequest* request,
                             profiles::v1::Profile* response) override {
    const auto found = stored.find(request->profile().name());
    if (found == stored.end()) {
      return {grpc::StatusCode::NOT_FOUND, "no such profile"};
    }
    found->second = *response = request->profile();
    return grpc::Status::OK;
  }
};

// All of them at one address.
class FakeServer {
 public:
  FakeServer() {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port_);
    builder.RegisterService(&jobs);
    builder.RegisterService(&matching);
    builder.RegisterService(&profiles);
    server_ = builder.BuildAndStart();
  }

  void SetServing(const std::string& service, bool serving) {
    server_->GetHealthCheckService()->SetServingStatus(service, serving);
  }
  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }
  std::string flag() const { return absl::StrCat("--server ", address(), " "); }

  FakeJobs jobs;
  FakeMatching matching;
  FakeProfiles profiles;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_TESTING_FAKE_SERVER_H_
