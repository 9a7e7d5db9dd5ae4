#include "services/matching/standing/wish_feeds.h"

#include <string>
#include <utility>

#include "services/matching/contact_columns.h"
#include "services/matching/home_columns.h"
#include "services/matching/job_columns.h"

namespace heimweg::matching {
namespace {

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
    : calls_(channels),
      jobs_(calls_.Jobs(), DeliverOffers<JobColumns>(engine, WishEngine::kJobs),
            pace, {}, engine.token(WishEngine::kJobs)),
      homes_(calls_.Homes(),
             DeliverOffers<HomeColumns>(engine, WishEngine::kHomes), pace, {},
             engine.token(WishEngine::kHomes)),
      contacts_(calls_.Contacts(),
                DeliverOffers<ContactColumns>(engine, WishEngine::kContacts),
                pace, {}, engine.token(WishEngine::kContacts)),
      profiles_(calls_.Profiles(), DeliverProfiles(engine), pace, {},
                engine.token(WishEngine::kProfiles)) {}

}  // namespace heimweg::matching
