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
#include "services/matching/quick_distance.h"

namespace heimweg::matching {

// A byte by half byte, twice, as a register of 32 bytes needs it.
using ByteTable = std::array<uint8_t, 32>;

struct RowTables {
  int shift = 0;  // a byte's unit of losses is 2^shift
  // What a row loses, by JobHalves. By skills and remote: it loses no more by
  // SKILLS and DISTANCE.
  std::array<ByteTable, kHalves> losses{};
  // By half byte of a row's signature: the sum of the rarities of the seeker's
  // skills that its bits stand for, cut to 255.
  std::array<ByteTable, 2 * kSignatureBytes> shared{};
  // By SKILLS a row loses skills_loss - shared x asked x skills_gain / 2^16,
  // cut to 0 and more.
  uint16_t skills_loss = 0;  // at most INT16_MAX
  uint16_t skills_gain = 0;
};

struct FilteredRows {
  uint64_t rows = 0;  // that may reach what is asked for, a bit for each
  // By row, cut to 255: what it loses by SKILLS, and by all but SKILLS and
  // DISTANCE.
  std::array<uint8_t, kBlockRows> skills{};
  std::array<uint8_t, kBlockRows> others{};
};

// A row stays if the sum of its losses is at most `most`, 0 to 254. Of the four
// digits of a code, and of the fewest and the most hours, the greatest loss
// counts. The two give the same rows; the first takes what the processor has.
void FilterRows(const JobPlanes::Block& block, const DistanceLosses& distances,
                const RowTables& tables, uint8_t most, FilteredRows& rows);
void FilterRowsOneByOne(const JobPlanes::Block& block,
                        const DistanceLosses& distances,
                        const RowTables& tables, uint8_t most,
                        FilteredRows& rows);

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
  // (JobColumns::newest) and its share of rarities (SkillRarities::LeastShare).
  void EnterNewest(int32_t newest);
  void SetRarityShare(int32_t rarity_share);
  int32_t newest() const { return newest_; }
  // Before a block is filtered: by JobHalves::remote, no row loses more by
  // DISTANCE. At first kFails, as if remote work was not welcome.
  void SetRemote(const Losses& losses);

  // Then OCCUPATION is counted elsewhere.
  void LeaveOutOccupations();

  // The rows that may lose no more than `budget`; none if that is below 0.
  void Filter(const JobPlanes::Block& block, const DistanceLosses& distances,
              int64_t budget, FilteredRows& rows);
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
  void ScaleSkills();
  void Rescale(int64_t budget);

  const JobQuery& query_;
  const size_t seeker_;
  int32_t newest_ = INT32_MIN;
  int32_t rarity_share_ = kOne;
  AllLosses losses_{};
  alignas(32) RowTables scaled_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_FILTER_H_
