// HomeComparison: what the comparison of a home with HomeGates is made of,
// whether of eight wishes at once or of one. Both do the same in the same
// order, so that even what is rounded is the same.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_COMPARISON_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_COMPARISON_H_

#include <cstddef>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/feature.h"
#include "services/matching/features/space.h"
#include "services/matching/home_gates.h"
#include "services/matching/home_query.h"
#include "services/matching/weights.h"

namespace heimweg::matching {

// Weights of what counts for who lets the home; see OfferScore.
struct LetterWeights {
  static float Of(v1::Feature feature) {
    return static_cast<float>(
        WeightRules()[static_cast<size_t>(feature) - 1].standard);
  }
  float dates = Of(v1::FEATURE_DATES);
  float price = Of(v1::FEATURE_PRICE);
  float space = Of(v1::FEATURE_SPACE);
};

// A comparison with one home.
struct HomeComparison {
  static constexpr auto kUnit = static_cast<float>(kOne);
  static constexpr auto kUnsaid = static_cast<float>(kNeutral);
  // More than whole numbers and floats are rounded by, in millionths.
  static constexpr float kSlack = 50;
  // PRICE at half the budget is 1, at the budget a third (features/price.h).
  static constexpr float kPriceOfNothing = 5 * kUnit / 3;
  static constexpr float kLeastPrice = kUnit / 3 - kSlack;
  static constexpr float kHalf = 0.5F;
  static constexpr auto kRoomsAreEnough = static_cast<float>(kEnoughRooms);
  static constexpr auto kHalfRoom = static_cast<float>(kEachHalfRoom);
  // Distances are rounded to metres: three of them, in units of GeoPoint.
  static constexpr float kRoundedBy = 512;
  // Of the series of exp(x). It is less than that, so that DISTANCE is more.
  static constexpr float kTerm2 = 1.0F / 2;
  static constexpr float kTerm3 = 1.0F / 6;
  static constexpr float kTerm4 = 1.0F / 24;
  static constexpr float kTerm5 = 1.0F / 120;
  static constexpr float kTerm6 = 1.0F / 720;

  const HomeGates& gates;
  const GatedHome& home;
  float least = 0;
  float own = 0;  // 1: the threshold of a wish counts, too
  LetterWeights letter = {};

  // Zero for wishes without a budget, and for all where the home has no amount.
  const HomeGates::Field<float>& Falls() const {
    static const HomeGates::Field<float> none{};
    if (home.rented) return gates.rent_fall;
    if (home.sold) return gates.price_fall;
    return none;
  }
};

static_assert(HomeQuery::kFeatures[0] == v1::FEATURE_DISTANCE);
static_assert(HomeQuery::kFeatures[1] == v1::FEATURE_DATES);
static_assert(HomeQuery::kFeatures[2] == v1::FEATURE_PRICE);
static_assert(HomeQuery::kFeatures[3] == v1::FEATURE_SPACE);
static_assert(HomeQuery::kFeatures[4] == v1::FEATURE_EQUIPMENT);
static_assert(HomeQuery::kFeatures[5] == v1::FEATURE_FRESHNESS);

// True if it was done: the processor has AVX2. `open` pass.
bool LeaveOutByAvx2(const HomeComparison& by, const ChunkBits& open,
                    ChunkBits& wishes);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_COMPARISON_H_
