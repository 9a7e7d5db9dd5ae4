// ToldToday: of how many matches each household was told on the local day, so
// that its budget is known without a search for each match. Whoever releases
// matches keeps it; it is read from the store where a day begins or the program
// does.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_TOLD_TODAY_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_TOLD_TODAY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/matching/standing/match_records.h"
#include "storage/engine.h"

namespace heimweg::matching {

// Thread-compatible.
class ToldToday {
 public:
  // Reads the day of `now`, unless it is the one that is counted. Errors are
  // those of the reader.
  absl::Status Open(const MatchRecords& records, const storage::Reader& reader,
                    absl::Time now);

  // Names of profiles. What was added since the last Keep or Drop counts.
  int64_t CountOf(absl::string_view profile) const;
  void Add(absl::string_view profile);

  void Keep();  // It is stored.
  void Drop();  // It is not.
  // Nothing is known any more: the next Open reads.
  void Forget();
  // The profile's matches were erased.
  void Erase(absl::string_view profile);

 private:
  using Counts = absl::flat_hash_map<std::string, int64_t>;

  std::optional<absl::CivilDay> day_;
  Counts stored_;
  Counts added_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_TOLD_TODAY_H_
