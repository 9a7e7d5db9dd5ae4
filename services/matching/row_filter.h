// RowFilter: finds the rows of a block of jobs that may reach a score, by
// looking half bytes (job_planes.h) up in tables of what a row loses against
// the best there could be. A row that reaches the score is never left out.
#ifndef HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_
#define HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/job_planes.h"
#include "services/matching/job_query.h"

namespace heimweg::matching {

// Losses of one byte each by half byte, every table twice, as a register of 32
// bytes needs it.
using LossTables = std::array<std::array<uint8_t, 32>, kHalves>;

// Rows of a block, a bit for each.
struct FilteredRows {
  uint64_t any_skills = 0;  // that may reach it if they lose nothing by SKILLS
  uint64_t unmarked = 0;    // that may reach it by what the tables say
  // By row: the sum without SKILLS, cut to 255.
  std::array<uint8_t, kBlockRows> losses{};
};

// A row stays if the sum of its losses is at most `most`, 0 to 254. Of the four
// digits of a code, and of the fewest and the most hours, the greatest loss
// counts. The two give the same rows; the first takes what the processor has.
void FilterRows(const JobPlanes::Block& block, const LossTables& losses,
                uint8_t most, FilteredRows& rows);
void FilterRowsOneByOne(const JobPlanes::Block& block, const LossTables& losses,
                        uint8_t most, FilteredRows& rows);

// For one seeker. Thread-compatible.
class RowFilter {
 public:
  // Never less than what a row loses that fails a constraint for certain.
  static constexpr int32_t kFails = INT32_MAX;

  using Losses = std::array<int32_t, HalfBytes::kCount>;
  // In the order of JobHalves: products of weights and what is missing to kOne.
  using AllLosses = std::array<Losses, kHalves>;

  RowFilter(const JobQuery& query, size_t seeker);

  // Before a segment is filtered: what goes by its newest job.
  void EnterSegment(int32_t newest);
  // Before a block is filtered. By JobHalves::remote; all 0 if the distance is
  // counted elsewhere.
  void SetRemote(const Losses& losses);
  // By JobHalves::rare. All 0 at first.
  void SetSkills(const Losses& losses);

  // Then OCCUPATION is counted elsewhere.
  void LeaveOutOccupations();

  // The rows that may lose no more than `budget`; none if that is below 0. It
  // is at most `of_segment`, from which a byte's unit follows.
  void Filter(const JobPlanes::Block& block, int64_t of_segment, int64_t budget,
              FilteredRows& rows);
  // The least that a row of the block that was filtered last can lose without
  // SKILLS.
  int64_t LossOf(uint8_t loss) const { return int64_t{loss} << shift_; }

 private:
  enum Half : size_t {
    kFewest,
    kMost,
    kSalary,
    kDate,
    kAge,
    kRare,
    kDigits,
    kRemote = kDigits + 4,
    kTerms,
  };

  void FillHours();
  void FillSalary();
  void FillOccupations();
  void FillTerms();
  void FillDates();
  void FillAges();
  void Scale(size_t half);
  void Rescale(int64_t of_segment);

  const JobQuery& query_;
  const size_t seeker_;
  int32_t newest_ = INT32_MIN;
  int shift_ = 31;  // a byte's unit is 2^shift_; at first all is below it
  AllLosses losses_{};
  alignas(32) LossTables scaled_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_
