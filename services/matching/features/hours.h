// Hours: share of a job's range of weekly hours that lies inside the wished
// range.
//
// Unit: millionths; hours in minutes a week. Range: 0 to 1,000,000. A single
// value inside the range is 1,000,000, outside it 0. Where the ranges overlap
// in part, the share that suits is the chance that hours both accept are found,
// if every value is as likely to be agreed upon.
// Unknown: if either side says none.
// Says: "The weekly hours fit" (HOURS_FIT).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_HOURS_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_HOURS_H_

#include <algorithm>
#include <cstdint>

#include "services/matching/feature.h"
#include "services/matching/pay.h"

namespace heimweg::matching {

inline FeatureValue HoursFeature(WeeklyMinutes wished, WeeklyMinutes offered) {
  if (wished.most == 0 || offered.most == 0) return {};
  const int64_t low = std::max(wished.fewest, offered.fewest);
  const int64_t high = std::min(wished.most, offered.most);
  if (offered.fewest == offered.most) {
    return FeatureValue(low <= high ? kOne : 0);
  }
  return FeatureValue((high - low) * kOne / (offered.most - offered.fewest));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_HOURS_H_
