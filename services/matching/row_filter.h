// RowFilter: finds the rows of a block of jobs that may reach a score, by
// looking half bytes (job_planes.h) up in tables of what a row loses against
// the best there could be. A row that reaches the score is never left out.
#ifndef HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_
#define HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/filter_rows.h"
#include "services/matching/job_planes.h"
#include "services/matching/job_query.h"
#include "services/matching/quick_distance.h"

namespace heimweg::matching {

// For one seeker. Thread-compatible.
class RowFilter {
 public:
  // Never less than what a row loses that fails a constraint for certain.
  static constexpr int32_t kFails = INT32_MAX;

  using Losses = std::array<int32_t, HalfBytes::kCount>;
  // In the order of JobHalves: products of weights and what is missing to kOne.
  using AllLosses = std::array<Losses, kHalves>;

  RowFilter(const JobQuery& query, size_t seeker);

  // Before the blocks of a segment are filtered: its newest job
  // (JobColumns::newest).
  void EnterNewest(int32_t newest);
  int32_t newest() const { return newest_; }
  // Before a block is filtered: by JobHalves::remote, no row loses more by
  // DISTANCE. At first kFails, as if remote work was not welcome.
  void SetRemote(const Losses& losses);

  // The rows that may lose no more than `budget`; none if that is below 0.
  // `shares` are what the seeker has (SkillShares::Of).
  void Filter(const JobPlanes::Block& block, const uint8_t* shares,
              const DistanceLosses& distances, int64_t budget,
              FilteredRows& rows);
  // What a row of the block that was filtered last loses at least.
  int64_t LossOf(uint8_t loss) const { return int64_t{loss} << scaled_.shift; }

 private:
  enum Half : size_t {
    kFewest,
    kMost,
    kSalary,
    kDate,
    kAge,
    kSkills,
    kDigits,
    kRemote = kDigits + 4,
    kTerms,
  };

  void FillHours();
  void FillSalary();
  void FillOccupations();
  void FillTerms();
  void FillSkills();
  void FillDates();
  void FillAges();
  void Scale(size_t half);
  void ScaleShares();
  void Rescale(int64_t budget);

  const JobQuery& query_;
  const size_t seeker_;
  int32_t newest_ = INT32_MIN;
  AllLosses losses_{};
  alignas(32) RowTables scaled_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_
