#include "services/matching/watch_calls.h"

#include <string>

namespace heimweg::matching {
namespace {

template <typename Request>
Request OfAllNetworks(const std::string& token) {
  Request request;
  request.set_parent("networks/-");
  request.set_resume_token(token);
  return request;
}

}  // namespace

WatchCalls::WatchCalls(const FeedChannels& channels)
    : jobs_(jobs::v1::JobService::NewStub(channels.jobs)),
      homes_(housing::v1::HomeService::NewStub(channels.housing)),
      contacts_(contacts::v1::ContactService::NewStub(channels.contacts)),
      profiles_(profiles::v1::ProfileService::NewStub(channels.profiles)) {}

Feed<jobs::v1::WatchJobsResponse>::Open WatchCalls::Jobs() const {
  return [this](grpc::ClientContext* context, const std::string& token,
                auto* reader) {
    const auto request = OfAllNetworks<jobs::v1::WatchJobsRequest>(token);
    jobs_->async()->WatchJobs(context, &request, reader);
    reader->Start();
  };
}

Feed<housing::v1::WatchHomesResponse>::Open WatchCalls::Homes() const {
  return [this](grpc::ClientContext* context, const std::string& token,
                auto* reader) {
    const auto request = OfAllNetworks<housing::v1::WatchHomesRequest>(token);
    homes_->async()->WatchHomes(context, &request, reader);
    reader->Start();
  };
}

Feed<contacts::v1::WatchContactsResponse>::Open WatchCalls::Contacts() const {
  return [this](grpc::ClientContext* context, const std::string& token,
                auto* reader) {
    const auto request =
        OfAllNetworks<contacts::v1::WatchContactsRequest>(token);
    contacts_->async()->WatchContacts(context, &request, reader);
    reader->Start();
  };
}

Feed<profiles::v1::WatchProfilesResponse>::Open WatchCalls::Profiles() const {
  return [this](grpc::ClientContext* context, const std::string& token,
                auto* reader) {
    profiles::v1::WatchProfilesRequest request;
    request.set_resume_token(token);
    profiles_->async()->WatchProfiles(context, &request, reader);
    reader->Start();
  };
}

}  // namespace heimweg::matching
