#include "services/matching/standing/wish_feeds.h"

#include <string>
#include <utility>

#include "services/matching/contact_columns.h"
#include "services/matching/home_columns.h"
#include "services/matching/job_columns.h"

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

template <typename Response>
WatchedChanges Mark(const Response& message, bool from_scratch) {
  WatchedChanges changes;
  changes.from_scratch = from_scratch;
  changes.complete = message.complete();
  changes.revision = message.revision();
  changes.token = message.resume_token();
  return changes;
}

template <typename Columns>
auto DeliverOffers(WishEngine& engine, WishEngine::Watched watched) {
  return [&engine, watched](const typename Columns::WatchResponse& message,
                            bool from_scratch) {
    WatchedChanges changes = Mark(message, from_scratch);
    for (const typename Columns::Change& change : message.changes()) {
      const auto* offer = Columns::OfferOf(change);
      changes.offers.push_back(offer == nullptr
                                   ? DeletedOffer(change.deleted_name())
                                   : FactsOf(*offer));
    }
    engine.Deliver(watched, std::move(changes));
  };
}

auto DeliverProfiles(WishEngine& engine) {
  return [&engine](const profiles::v1::WatchProfilesResponse& message,
                   bool from_scratch) {
    WatchedChanges changes = Mark(message, from_scratch);
    for (const profiles::v1::ProfileChange& change : message.changes()) {
      changes.profiles.push_back(change.has_profile() ? change.profile().name()
                                                      : change.deleted_name());
    }
    engine.Deliver(WishEngine::kProfiles, std::move(changes));
  };
}

}  // namespace

WishFeeds::WishFeeds(const FeedChannels& channels, WishEngine& engine,
                     FeedPace pace)
    : jobs_stub_(jobs::v1::JobService::NewStub(channels.jobs)),
      homes_stub_(housing::v1::HomeService::NewStub(channels.housing)),
      contacts_stub_(contacts::v1::ContactService::NewStub(channels.contacts)),
      profiles_stub_(profiles::v1::ProfileService::NewStub(channels.profiles)),
      jobs_(
          [this](grpc::ClientContext* context, const std::string& token) {
            return jobs_stub_->WatchJobs(
                context, WatchAll<jobs::v1::WatchJobsRequest>(token));
          },
          DeliverOffers<JobColumns>(engine, WishEngine::kJobs), pace, {},
          engine.token(WishEngine::kJobs)),
      homes_(
          [this](grpc::ClientContext* context, const std::string& token) {
            return homes_stub_->WatchHomes(
                context, WatchAll<housing::v1::WatchHomesRequest>(token));
          },
          DeliverOffers<HomeColumns>(engine, WishEngine::kHomes), pace, {},
          engine.token(WishEngine::kHomes)),
      contacts_(
          [this](grpc::ClientContext* context, const std::string& token) {
            return contacts_stub_->WatchContacts(
                context, WatchAll<contacts::v1::WatchContactsRequest>(token));
          },
          DeliverOffers<ContactColumns>(engine, WishEngine::kContacts), pace,
          {}, engine.token(WishEngine::kContacts)),
      profiles_(
          [this](grpc::ClientContext* context, const std::string& token) {
            profiles::v1::WatchProfilesRequest request;
            request.set_resume_token(token);
            return profiles_stub_->WatchProfiles(context, request);
          },
          DeliverProfiles(engine), pace, {},
          engine.token(WishEngine::kProfiles)) {}

}  // namespace heimweg::matching
