// TravelTimes: an imported table of real travel times, which take the place of
// the commute model for the pairs that it knows. CSV with a header line,
// columns in any order between commas, semicolons or tabs:
//   from,to   AGS of municipalities (8 digits) or postcodes (5 digits)
//   mode      car, transit, bicycle or walk
//   minutes   whole minutes from door to door, 0 to 1440
#ifndef HEIMWEG_SERVICES_PLACES_TRAVEL_TIMES_H_
#define HEIMWEG_SERVICES_PLACES_TRAVEL_TIMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/places/commute.h"

namespace heimweg::places {

// Immutable. Thread-safe.
class TravelTimes {
 public:
  TravelTimes() = default;  // knows no pair

  // INVALID_ARGUMENT names the first line that is wrong and what was expected:
  // a table that is wrong somewhere is not taken at all.
  static absl::StatusOr<TravelTimes> Parse(absl::string_view text);

  size_t size() const { return rows_.size(); }

  // Minutes between two keys, each 8 or 5 digits; nullopt if they are not in
  // the table in this direction.
  std::optional<int32_t> Find(absl::string_view from, absl::string_view to,
                              CommuteMode mode) const;

 private:
  // The pair and mode in one number, and the minutes; by number.
  struct Row {
    uint64_t pair;
    int32_t minutes;
  };
  std::vector<Row> rows_;
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_TRAVEL_TIMES_H_
