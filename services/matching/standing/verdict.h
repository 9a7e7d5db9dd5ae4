// Verdict: what matching found out about a pair of a household and an offer,
// and what becomes of the pair's stored match.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_VERDICT_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_VERDICT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/standing/match_records.h"
#include "services/matching/standing/offer_facts.h"
#include "services/matching/standing/told_today.h"
#include "services/matching/two_sides.h"
#include "storage/transaction.h"

namespace heimweg::matching {

struct Verdict {
  // Never null.
  std::shared_ptr<const profiles::v1::Profile> profile;
  // Never null; name and kind count always, the rest with scores.
  std::shared_ptr<const OfferFacts> offer;
  // From the wish's threshold on; nothing: it does not fit.
  std::optional<TwoScores> scores;
  // Without scores: whether the offer itself is no longer to be had.
  bool gone = false;
  // The pair is known to have no match.
  bool is_new = false;
  // With scores: what says the match.
  std::shared_ptr<const OfferSide> side = nullptr;

  // The lower the later; those without scores last.
  int32_t Rank() const { return scores ? scores->lower() : -1; }
};

// A verdict with what it says of the pair's match.
struct SaidVerdict {
  const Verdict* verdict = nullptr;
  std::string key;
  v1::Match match;  // with scores, unless it is new
  // With scores, of one that is new: the serialized StoredMatch but for what
  // becomes of it.
  std::string record;
};

// Names the match and puts it into words: what takes long and reads nothing
// that is stored. `verdict` outlives the result.
SaidVerdict Say(const Verdict& verdict);

// Whether the match was computed from just these versions, so that nothing new
// can be said. A match that fits no more is looked at again.
bool IsKnown(const v1::StoredMatch& match, const Verdict& verdict);

// Creates or changes the pair's match; writes nothing where nothing changes. A
// wish that sleeps and is not woken by it gets no new match. `told` is of the
// local day of `now`, and gets what is released.
absl::Status Apply(const MatchRecords& records, const SaidVerdict& said,
                   absl::Time now, ToldToday& told, storage::Transaction& txn);

// Does what is due at `now` for the match `key`: ends its hold, the offer's
// validity, or what holds it back. `profile` is that of the match; null: there
// is none.
absl::Status ApplyDue(const MatchRecords& records, const std::string& key,
                      const profiles::v1::Profile* profile, absl::Time now,
                      ToldToday& told, storage::Transaction& txn);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_VERDICT_H_
