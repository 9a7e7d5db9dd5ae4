// Both sides of an offer and a household: what the offer is worth to the
// household and what the household is worth to the offer. For one offer and any
// number of households.
#ifndef HEIMWEG_SERVICES_MATCHING_TWO_SIDES_H_
#define HEIMWEG_SERVICES_MATCHING_TWO_SIDES_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/match.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/field_writer.h"
#include "services/matching/offer_score.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

// An offer that passes for a household, with the scores of both sides.
struct TwoSides {
  int32_t score = 0;        // the lower one
  int32_t offer_score = 0;  // of the household for the offer
  v1::Match match;          // its score: of the offer for the household
};

// Thread-compatible.
class OfferSide {
 public:
  // The offer of this name; null if the snapshot has none. `now`, in whole
  // seconds, is the evaluation time. `snapshot` outlives the result.
  static std::unique_ptr<OfferSide> Of(const Snapshot& snapshot,
                                       absl::string_view offer, absl::Time now);
  virtual ~OfferSide() = default;

  // Calls visit(wish, known) for the profiles of the snapshot for which Scores
  // may be something with a threshold of `least` or more: at once for those
  // that the index finds (wish_cells.h). `known` is just that if the index
  // tells it, otherwise nothing. `told`: only for those who are told of what is
  // new, with their own thresholds. False as soon as a visit is.
  using Visit = absl::FunctionRef<bool(const StoredWish&,
                                       const std::optional<TwoScores>& known)>;
  virtual bool VisitCandidates(int32_t least, bool told, Visit visit) = 0;

  // Of one of those: false if Scores is nothing for certain.
  virtual bool MayFit(const StoredWish& wish, int32_t threshold,
                      std::optional<TwoScores>& known) = 0;

  // Nothing if a constraint fails, if the household cannot be ranked for (no
  // adult seeks a job), or if a side is worth less than `threshold`.
  virtual std::optional<TwoScores> Scores(const profiles::v1::Profile& profile,
                                          int32_t threshold) const = 0;
  // The same with all that is said of it.
  virtual std::optional<TwoSides> Score(const profiles::v1::Profile& profile,
                                        int32_t threshold) const = 0;
  // The same where Scores is something: writes the fields of the v1::Match.
  virtual void Write(const profiles::v1::Profile& profile,
                     FieldWriter& match) const = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_TWO_SIDES_H_
