// Price: a home's rent or price against the budget.
//
// Unit: millionths; amounts in cents. Range: 0 to 1,000,000.
// value = (5/4 b - r) / (3/4 b), cut, for budget b and amount r: 1 at half of
// the budget or less, a third at the budget. Below half of it, cheaper is not
// better: it more likely says something about the home.
// Rent: warm, else cold. Unknown: without a budget for this tenure, or an
// amount.
// Says: "The rent is within your budget" (RENT_FIT), "The price ..."
// (PRICE_FIT).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_PRICE_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_PRICE_H_

#include <algorithm>
#include <cstdint>
#include <optional>

#include "services/matching/feature.h"

namespace heimweg::matching {

// `amount_cents` below 0: not said. Both up to 10^11.
inline FeatureValue PriceFeature(std::optional<int64_t> budget_cents,
                                 int64_t amount_cents) {
  if (!budget_cents || amount_cents < 0) return {};
  const int64_t below =
      std::max<int64_t>(5 * *budget_cents - 4 * amount_cents, 0);
  return FeatureValue(below * kOne / (3 * *budget_cents));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_PRICE_H_
