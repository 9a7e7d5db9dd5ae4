// JobSummary: what the published jobs of a group can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_SUMMARY_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_SUMMARY_H_

#include <array>
#include <cstdint>

#include "absl/types/span.h"
#include "services/matching/block_tree.h"
#include "services/matching/common_summary.h"
#include "services/matching/job_columns.h"
#include "services/matching/occupation_code.h"

namespace heimweg::matching {

// A code or several by their leading digits: a set for each of the first 2, 3,
// 4 and 5, empty where there are fewer. Thread-compatible.
struct RoughCode {
  static constexpr uint32_t kFewestDigits = 2;
  static constexpr uint32_t kMostDigits = 5;
  static constexpr size_t kLengths = kMostDigits - kFewestDigits + 1;

  RoughCode() = default;
  explicit RoughCode(OccupationCode code);
  void Add(const RoughCode& other);

  std::array<RoughSet, kLengths> by_digits;
};

// Of siblings, beside each other. Thread-compatible.
class SiblingCodes {
 public:
  void Set(size_t i, const RoughCode& codes);

  // By sibling at least CommonDigits of `wished` and any of its codes, or 1.
  // The two give the same; the first takes what the processor has.
  using Digits = std::array<uint64_t, kFanOut>;
  void MostCommonDigits(const RoughCode& wished, Digits& digits) const;
  void MostCommonDigitsOneByOne(const RoughCode& wished, Digits& digits) const;
  uint32_t MostCommonDigitsOf(size_t i, const RoughCode& wished) const {
    uint32_t common = RoughCode::kFewestDigits - 1;
    for (const RoughSet digits : wished.by_digits) {
      // Who shares n digits shares all fewer.
      if ((by_digits_[common - 1][i] & digits.bits) == 0) break;
      ++common;
    }
    return common;
  }

  // Bits of RoughSets by digits and then by sibling.
  using ByDigits =
      std::array<std::array<uint64_t, kFanOut>, RoughCode::kLengths>;

 private:
  ByDigits by_digits_{};
};

struct JobSummary;

// What of siblings tells first that they are not worth a look.
struct JobSiblings : SiblingSpheres {
  SiblingCodes codes;
  std::array<RoughSet, kFanOut> esco_uris;
  uint8_t uncoded = 0;  // a bit for each with a job without a code
  std::array<int16_t, kFanOut> remote_percent{};  // the greatest

  void Set(size_t i, const JobSummary& rows);
};

struct JobSummary {
  using Siblings = JobSiblings;

  JobSummary(const JobColumns& columns, absl::Span<const uint32_t> rows);
  explicit JobSummary(absl::Span<const JobSummary> below);

  CommonSummary common;
  RoughCode codes;
  RoughSet esco_uris;
  RoughSet employment_types;
  bool uncoded = false;   // a job without a code
  bool unpaid = false;    // a job that does not say its pay
  bool no_hours = false;  // a job that does not say its hours
  bool no_start = false;  // a job that does not say its start
  bool all_temp_agency = true;
  uint16_t licences = UINT16_MAX;  // that all of them require
  int16_t remote_percent = 0;      // the greatest
  int32_t hourly_cents = -1;       // the highest
  Range weekly_minutes;            // from the fewest to the most
  Range start_day;

 private:
  void Add(const JobColumns& columns, uint32_t row);
  void Add(const JobSummary& other);
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_SUMMARY_H_
