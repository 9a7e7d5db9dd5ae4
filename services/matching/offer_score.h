// What a household is worth to an offer: the features that the other side looks
// at, with their standard weights: of a job who offers it, of a home who lets
// it, of a contact the people there.
#ifndef HEIMWEG_SERVICES_MATCHING_OFFER_SCORE_H_
#define HEIMWEG_SERVICES_MATCHING_OFFER_SCORE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/shared_query.h"
#include "services/matching/weights.h"

namespace heimweg::matching {

// What an offer is worth to a household, and the household to the offer.
struct TwoScores {
  int32_t household = 0;
  int32_t offer = 0;

  // That of the pair.
  int32_t lower() const { return std::min(household, offer); }
};

constexpr bool CountsForTheOffer(v1::Feature feature) {
  switch (feature) {
    case v1::FEATURE_OCCUPATION:
    case v1::FEATURE_SKILLS:
    case v1::FEATURE_HOURS:
    case v1::FEATURE_DATES:
    case v1::FEATURE_PRICE:
    case v1::FEATURE_SPACE:
    case v1::FEATURE_PEOPLE:
      return true;
    default:
      return false;
  }
}

// By the kind's features; the others weigh nothing.
template <typename Query>
int32_t OfferScore(const typename Query::Values& values) {
  static const auto weights = [] {
    std::array<int32_t, Query::kFeatures.size()> standard{};
    for (size_t i = 0; i < standard.size(); ++i) {
      const v1::Feature feature = Query::kFeatures[i];
      if (!CountsForTheOffer(feature)) continue;
      standard[i] = WeightRules()[static_cast<size_t>(feature) - 1].standard;
    }
    return standard;
  }();
  return Score(weights, values);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_OFFER_SCORE_H_
