// The oracle's own reading of protos: plain functions, none of them the
// engine's.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_FACTS_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_FACTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/date.pb.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/commute.h"
#include "services/places/distance.h"

namespace heimweg::matching::testing {

std::string Folded(const std::string& text);

template <typename Texts>
std::set<std::string> FoldedSet(const Texts& texts) {
  std::set<std::string> folded;
  for (const std::string& text : texts) folded.insert(Folded(text));
  return folded;
}

// Days since 1970-01-01 and back to "2027-08-01".
int64_t DaysOf(const type::v1::Date& date);
std::string DateText(int64_t days);
type::v1::Date DateOf(int64_t days);

std::optional<places::LatLng> PointOfPlace(const type::v1::Place& place);
std::string AgsOfPlace(const type::v1::Place& place);

// Whole metres between two places.
int64_t Meters(places::LatLng a, places::LatLng b);
int64_t Minutes(int64_t meters, profiles::v1::CommuteMode mode);

// Cents by the hour; hours count with their greatest value.
std::optional<int64_t> HourlyCents(std::optional<int64_t> cents,
                                   jobs::v1::SalaryPeriod period,
                                   const jobs::v1::WeeklyHours* hours);

// Fewest and most, in minutes.
std::pair<int64_t, int64_t> MinuteRange(const jobs::v1::WeeklyHours& hours);

// All classes that may be driven.
std::set<std::string> Drivable(const std::set<std::string>& held);

// floor(a / b) for b > 0, cut to [0, 1,000,000].
int64_t Share(int64_t a, int64_t b);

// exp(-a / b) in millionths.
int64_t DecayOf(int64_t a, int64_t b);

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_FACTS_H_
