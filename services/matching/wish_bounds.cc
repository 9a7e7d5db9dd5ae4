#include "services/matching/wish_bounds.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/matching/features/dates.h"
#include "services/matching/features/distance.h"
#include "services/matching/features/equipment.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/people.h"
#include "services/matching/features/price.h"
#include "services/matching/features/space.h"
#include "services/matching/offer_score.h"
#include "services/matching/segment.h"

namespace heimweg::matching {
namespace {

// Whether both sides may be worth `least`. DISTANCE, the first of both kinds'
// features, is computed only if all else would do.
template <typename Query>
bool BothMayReach(const std::array<int32_t, Query::kFeatures.size()>& weights,
                  typename Query::Values values,
                  const std::vector<Anchor>& anchors, places::GeoPoint point,
                  int32_t least) {
  static_assert(Query::kFeatures[0] == v1::FEATURE_DISTANCE);
  static_assert(!CountsForTheOffer(v1::FEATURE_DISTANCE));
  values[0] = FeatureValue(kOne);
  if (OfferScore<Query>(values) < least) return false;
  if (Score(weights, values) < least) return false;
  values[0] = IsKnown(point) ? DistanceFeature(anchors, point) : FeatureValue();
  return Score(weights, values) >= least;
}

std::vector<uint32_t> HashesOf(absl::Span<const uint32_t> numbers,
                               const TermTable& terms) {
  std::vector<uint32_t> hashes;
  hashes.reserve(numbers.size());
  for (const uint32_t number : numbers) hashes.push_back(terms.HashOf(number));
  return hashes;
}

// Different terms with the same hash count each, so that it is never too few.
int64_t SharedHashes(const std::vector<uint32_t>& asked,
                     const std::vector<uint32_t>& offered) {
  return std::count_if(offered.begin(), offered.end(), [&](uint32_t hash) {
    return std::binary_search(asked.begin(), asked.end(), hash);
  });
}

}  // namespace

HomeWishBound::HomeWishBound(const ShelfView<HomeColumns>& view, size_t segment,
                             uint32_t row, int64_t now)
    : homes_(view.segments[segment].segment->columns),
      row_(row),
      freshness_(FreshnessFeature(now, homes_.common.fresh[row])) {}

bool HomeWishBound::MayPass(const HomeFacts& facts) const {
  const HomeWish& asked = facts.wish;
  const auto fails = [](Outcome outcome) {
    return outcome == Outcome::kFailed;
  };
  return !fails(HomeTypeConstraint(asked.tenures, homes_.tenure[row_],
                                   asked.home_types, homes_.home_type[row_])) &&
         !fails(BudgetConstraint(BudgetFor(asked, homes_.tenure[row_]),
                                 homes_.amount_cents[row_])) &&
         !fails(RoomsConstraint(asked.min_room_halves,
                                homes_.room_halves[row_])) &&
         !fails(OccupantsConstraint(asked.people, homes_.min_occupants[row_],
                                    homes_.max_occupants[row_])) &&
         !fails(PetsConstraint(asked.pets, homes_.pets_allowed[row_])) &&
         !fails(AccessibilityConstraint(asked.accessibility,
                                        homes_.accessibility[row_])) &&
         !fails(WbsConstraint(static_cast<uint8_t>(asked.has_wbs),
                              homes_.wbs_required[row_])) &&
         !fails(DatesConstraint(facts.latest_day, homes_.available_day[row_]));
}

bool HomeWishBound::MayReach(const StoredWish& wish, int32_t least) const {
  const HomeFacts& facts = wish.home;
  const HomeWish& asked = facts.wish;
  if (!facts.can_be_ranked || !MayPass(facts)) return false;
  const places::GeoPoint point = homes_.common.point[row_];
  if (AreaConstraint(wish.anchors, point) == Outcome::kFailed) return false;
  // In the order of HomeQuery::kFeatures.
  const HomeQuery::Values values = {
      FeatureValue(kOne),
      HomeDateFeature({0, facts.latest_day}, homes_.available_day[row_]),
      PriceFeature(BudgetFor(asked, homes_.tenure[row_]),
                   homes_.amount_cents[row_]),
      SpaceFeature(asked.min_room_halves, homes_.room_halves[row_],
                   asked.area_centi_sqm, homes_.area_centi_sqm[row_]),
      EquipmentFeature(asked.equipment, homes_.has_equipment[row_],
                       homes_.lacks_equipment[row_], asked.broadband_mbps,
                       homes_.broadband_mbps[row_]),
      freshness_};
  return BothMayReach<HomeQuery>(facts.weights, values, wish.anchors, point,
                                 least);
}

ContactWishBound::ContactWishBound(const ShelfView<ContactColumns>& view,
                                   size_t segment, uint32_t row, int64_t now)
    : contacts_(view.segments[segment].segment->columns),
      row_(row),
      year_(static_cast<int32_t>(
          absl::ToCivilYear(absl::FromUnixSeconds(now), absl::UTCTimeZone())
              .year())),
      freshness_(FreshnessFeature(now, contacts_.common.fresh[row])),
      dates_(EventDateFeature(ContactQuery::Event({contacts_, segment, row}),
                              now)),
      is_over_(EventConstraint(ContactQuery::Event({contacts_, segment, row}),
                               now) == Outcome::kFailed),
      topics_(HashesOf(contacts_.Topics(row), view.terms->topics)),
      hooks_(HashesOf(contacts_.Hooks(row), view.terms->hooks)) {}

bool ContactWishBound::MayPass(const ContactFacts& facts) const {
  const uint8_t type = contacts_.contact_type[row_];
  return ContactTypeConstraint(facts.types, type) != Outcome::kFailed &&
         StepFreeConstraint(facts.step_free, contacts_.step_free[row_]) !=
             Outcome::kFailed &&
         AgesConstraint(type, contacts_.youngest[row_], contacts_.oldest[row_],
                        facts.childcare_birth_years, facts.school_birth_years,
                        year_) != Outcome::kFailed;
}

FeatureValue ContactWishBound::People(const ContactFacts& facts) const {
  return PeopleFeature(
      facts.names_terms && (!topics_.empty() || !hooks_.empty()),
      SharedHashes(facts.interests, topics_),
      SharedHashes(facts.hooks, hooks_));
}

bool ContactWishBound::MayReach(const StoredWish& wish, int32_t least) const {
  const ContactFacts& facts = wish.contact;
  if (is_over_ || !facts.can_be_ranked || !MayPass(facts)) return false;
  const places::GeoPoint point = contacts_.common.point[row_];
  if (AreaConstraint(wish.anchors, point) == Outcome::kFailed) return false;
  // In the order of ContactQuery::kFeatures.
  const ContactQuery::Values values = {FeatureValue(kOne), dates_,
                                       People(facts), freshness_};
  return BothMayReach<ContactQuery>(facts.weights, values, wish.anchors, point,
                                    least);
}

}  // namespace heimweg::matching
