// IndexFeeds: fills an index from the four services that it watches, by RPC,
// whether they run in this process or elsewhere.
#ifndef HEIMWEG_SERVICES_MATCHING_INDEX_FEEDS_H_
#define HEIMWEG_SERVICES_MATCHING_INDEX_FEEDS_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>

#include "heimweg/contacts/v1/contact_service.grpc.pb.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/matching/feed.h"
#include "services/matching/index.h"
#include "services/server/log.h"

namespace heimweg::matching {

// Channels to the services; two may be the same channel.
struct FeedChannels {
  std::shared_ptr<grpc::Channel> jobs;
  std::shared_ptr<grpc::Channel> housing;
  std::shared_ptr<grpc::Channel> contacts;
  std::shared_ptr<grpc::Channel> profiles;
};

// Thread-safe.
class IndexFeeds {
 public:
  // Starts to follow all four. Calls `applied`, if it is set, after each
  // message that the index took in, on the feed's thread. `index` and `log`
  // outlive this.
  IndexFeeds(const FeedChannels& channels, Index& index, server::Log& log,
             FeedPace pace = {}, std::function<void()> applied = {});

 private:
  FeedThread::OnBreak LogBreak(const char* store);

  server::Log& log_;
  const std::function<void()> applied_;
  const std::unique_ptr<jobs::v1::JobService::Stub> jobs_stub_;
  const std::unique_ptr<housing::v1::HomeService::Stub> homes_stub_;
  const std::unique_ptr<contacts::v1::ContactService::Stub> contacts_stub_;
  const std::unique_ptr<profiles::v1::ProfileService::Stub> profiles_stub_;
  // Last: they end before what they use.
  Feed<jobs::v1::WatchJobsResponse> jobs_;
  Feed<housing::v1::WatchHomesResponse> homes_;
  Feed<contacts::v1::WatchContactsResponse> contacts_;
  Feed<profiles::v1::WatchProfilesResponse> profiles_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_INDEX_FEEDS_H_
