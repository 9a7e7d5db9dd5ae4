// WatchCalls: the calls by which feeds follow the four services, for the
// offers of all networks, whether the services run in this process or
// elsewhere.
#ifndef HEIMWEG_SERVICES_MATCHING_WATCH_CALLS_H_
#define HEIMWEG_SERVICES_MATCHING_WATCH_CALLS_H_

#include <grpcpp/channel.h>

#include <memory>

#include "heimweg/contacts/v1/contact_service.grpc.pb.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/matching/feed.h"

namespace heimweg::matching {

// Channels to the services; two may be the same channel.
struct FeedChannels {
  std::shared_ptr<grpc::Channel> jobs;
  std::shared_ptr<grpc::Channel> housing;
  std::shared_ptr<grpc::Channel> contacts;
  std::shared_ptr<grpc::Channel> profiles;
};

// Thread-safe.
class WatchCalls {
 public:
  explicit WatchCalls(const FeedChannels& channels);

  // Each must not outlive this.
  Feed<jobs::v1::WatchJobsResponse>::Open Jobs() const;
  Feed<housing::v1::WatchHomesResponse>::Open Homes() const;
  Feed<contacts::v1::WatchContactsResponse>::Open Contacts() const;
  Feed<profiles::v1::WatchProfilesResponse>::Open Profiles() const;

 private:
  const std::unique_ptr<jobs::v1::JobService::Stub> jobs_;
  const std::unique_ptr<housing::v1::HomeService::Stub> homes_;
  const std::unique_ptr<contacts::v1::ContactService::Stub> contacts_;
  const std::unique_ptr<profiles::v1::ProfileService::Stub> profiles_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WATCH_CALLS_H_
