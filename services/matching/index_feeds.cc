#include "services/matching/index_feeds.h"

#include <string>
#include <utility>

#include "absl/status/status.h"

namespace heimweg::matching {
namespace {

constexpr char kAllNetworks[] = "networks/-";

template <typename Request>
Request WatchAll(const std::string& token) {
  Request request;
  request.set_parent(kAllNetworks);
  request.set_resume_token(token);
  return request;
}

}  // namespace

IndexFeeds::IndexFeeds(const FeedChannels& channels, Index& index,
                       server::Log& log, FeedPace pace,
                       std::function<void()> applied)
    : log_(log),
      applied_(std::move(applied)),
      jobs_stub_(jobs::v1::JobService::NewStub(channels.jobs)),
      homes_stub_(housing::v1::HomeService::NewStub(channels.housing)),
      contacts_stub_(contacts::v1::ContactService::NewStub(channels.contacts)),
      profiles_stub_(profiles::v1::ProfileService::NewStub(channels.profiles)),
      jobs_(
          [this](grpc::ClientContext* context, const std::string& token) {
            return jobs_stub_->WatchJobs(
                context, WatchAll<jobs::v1::WatchJobsRequest>(token));
          },
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartJobs();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("jobs")),
      homes_(
          [this](grpc::ClientContext* context, const std::string& token) {
            return homes_stub_->WatchHomes(
                context, WatchAll<housing::v1::WatchHomesRequest>(token));
          },
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartHomes();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("homes")),
      contacts_(
          [this](grpc::ClientContext* context, const std::string& token) {
            return contacts_stub_->WatchContacts(
                context, WatchAll<contacts::v1::WatchContactsRequest>(token));
          },
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartContacts();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("contacts")),
      profiles_(
          [this](grpc::ClientContext* context, const std::string& token) {
            profiles::v1::WatchProfilesRequest request;
            request.set_resume_token(token);
            return profiles_stub_->WatchProfiles(context, request);
          },
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartProfiles();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("profiles")) {}

FeedThread::OnBreak IndexFeeds::LogBreak(const char* store) {
  return [this, store](const absl::Status& status) {
    log_.Warning(
        "feed broke, will resume",
        {{"store", store}, {"code", absl::StatusCodeToString(status.code())}});
  };
}

}  // namespace heimweg::matching
