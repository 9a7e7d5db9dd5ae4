// StandingMatcher: matches new and changed offers in reverse against standing
// wishes, and changed wishes against what is new, and stores what fits. It has
// no thread and follows nothing: see wish_engine.h.
//
// All that a call does is durable when it returns OK. It is stored in some
// changes of the store, what is told now before what is held back, and the best
// matches first; after an error or a crash the
// call is repeated: what was stored before does not change by that.
// Nobody else adds or releases matches, or erases them.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_STANDING_MATCHER_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_STANDING_MATCHER_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/matching/snapshot.h"
#include "services/matching/standing/match_records.h"
#include "services/matching/standing/offer_facts.h"
#include "services/matching/standing/told_today.h"
#include "services/matching/standing/verdict.h"
#include "storage/store.h"

namespace heimweg::matching {

// How long after a change of an offer a changed wish is still matched with it:
// offers and wishes come on separate feeds, so that the one may be known before
// the other although it was changed later.
inline constexpr absl::Duration kRecent = absl::Minutes(10);

// Errors are the store's. Thread-compatible: one thread at a time.
class StandingMatcher {
 public:
  // `store` outlives this.
  explicit StandingMatcher(storage::Store& store) : store_(store) {}

  // The offers were changed; `snapshot` knows it. `now` is the time of the
  // store's clock.
  absl::Status OffersChanged(const Snapshot& snapshot,
                             const std::vector<OfferFacts>& offers,
                             absl::Time now);

  // The profile was changed or erased; `snapshot` knows it.
  absl::Status ProfileChanged(const Snapshot& snapshot,
                              const std::string& profile, absl::Time now);

  // Does what is due at `now`: holds and offers that end, releases, offers
  // whose validity begins.
  absl::Status DoWhatIsDue(const Snapshot& snapshot, absl::Time now);

  // When DoWhatIsDue has something to do; InfiniteFuture: never, as it stands.
  absl::StatusOr<absl::Time> NextDue() const;

  // Names of the profiles and of the offers that have matches; for the one who
  // has to find out what was deleted meanwhile.
  absl::StatusOr<std::vector<std::string>> MatchedProfiles() const;
  absl::StatusOr<std::vector<std::string>> MatchedOffers() const;

 private:
  struct Recent {
    absl::Time since;
    OfferFacts facts;
  };

  void Remember(const OfferFacts& offer, absl::Time now);
  // `is_first`: the call has come to no other change of this offer.
  absl::Status AddOfferVerdicts(const Snapshot& snapshot,
                                const storage::Reader& reader,
                                const OfferFacts& offer, bool is_first,
                                absl::Time now,
                                std::vector<Verdict>& verdicts) const;
  absl::Status AddProfileVerdicts(const Snapshot& snapshot,
                                  const storage::Reader& reader,
                                  const StoredWish& wish, absl::Time now,
                                  std::vector<Verdict>& verdicts) const;
  absl::Status EraseProfile(const std::string& id);
  absl::Status Commit(std::vector<Verdict> verdicts,
                      absl::Span<const OfferFacts> offers, absl::Time now);
  absl::Status CommitSorted(const std::vector<Verdict>& verdicts,
                            absl::Span<const OfferFacts> offers,
                            absl::Time now);
  absl::Status Sort(absl::Time now, std::vector<Verdict>& verdicts);
  absl::Status Put(absl::Span<const SaidVerdict> said,
                   absl::Span<const OfferFacts> offers, absl::Time now,
                   storage::Transaction& txn);
  absl::Status StartLater(const Snapshot& snapshot, absl::Time now);

  storage::Store& store_;
  const MatchRecords records_;
  // Offers that were changed of late, by name, and in the order of coming.
  std::map<std::string, Recent> recent_;
  std::deque<std::pair<absl::Time, std::string>> recent_order_;
  // Edits change it while none of the thread's other functions does.
  ToldToday told_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_STANDING_MATCHER_H_
