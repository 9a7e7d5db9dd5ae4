#include "services/matching/package_rules.h"

#include "absl/time/civil_time.h"

namespace heimweg::matching {

SchoolStart NearestSchoolStart(int32_t first, int32_t last) {
  constexpr int kAugust = 8;
  const absl::CivilDay epoch(1970, 1, 1);
  last = std::max(first, last);
  const int64_t year = (epoch + first).year();
  const auto start_of = [&](int64_t of_year) {
    return static_cast<int32_t>(absl::CivilDay(of_year, kAugust, 1) - epoch);
  };
  const int32_t this_year = start_of(year);
  // The last 1 August before `first` and the next one.
  const int32_t before = this_year < first ? this_year : start_of(year - 1);
  const int32_t next = this_year < first ? start_of(year + 1) : this_year;
  if (next <= last) return {next, 0};
  const int64_t since = int64_t{first} - before;
  const int64_t until = int64_t{next} - last;
  return since < until ? SchoolStart{before, since} : SchoolStart{next, until};
}

}  // namespace heimweg::matching
