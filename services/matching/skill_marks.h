// SkillMarks: the rows of a segment that ask for a rare skill of a seeker, and
// what the other rows can share at most.
#ifndef HEIMWEG_SERVICES_MATCHING_SKILL_MARKS_H_
#define HEIMWEG_SERVICES_MATCHING_SKILL_MARKS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/job_query.h"
#include "services/matching/job_summary.h"

namespace heimweg::matching {

// Thread-compatible.
class SkillMarks {
 public:
  // Every row is marked.
  SkillMarks() { most_of_unmarked_.fill(kOne); }

  // Of one segment of the query's view and one seeker.
  SkillMarks(const JobQuery& query, size_t segment, size_t seeker);

  bool all() const { return words_.empty(); }
  // A bit for each row of a block of the segment's first order.
  uint64_t OfBlock(uint32_t block) const {
    return all() ? ~uint64_t{0} : words_[block];
  }
  bool Has(uint32_t row) const {
    return (OfBlock(row / kBlockRows) >> (row % kBlockRows) & 1U) != 0;
  }

  // No row that is marked has a greater value of SKILLS; by JobHalves::rare.
  int32_t MostOfMarked(uint32_t row, uint8_t rare) const;
  // No marked row of the blocks [first, last) of the first order, of which this
  // is the summary, has a greater value; 0 if none is marked.
  int32_t MostOfMarked(uint32_t first, uint32_t last,
                       const JobSummary& rows) const;

  // No row of the summary that asks for skills and is not marked has a greater
  // value of SKILLS.
  int32_t MostOfUnmarked(const JobSummary& rows) const;
  // The same of any row by JobHalves::rare, whether it asks for skills or not.
  int32_t MostOfUnmarked(uint8_t rare) const { return most_of_unmarked_[rare]; }

 private:
  static_assert(kBlockRows == 64);

  // What a row and the seeker share of rare skills.
  struct Shared {
    uint16_t terms = 0;
    uint16_t weight = 0;  // at least the sum of their weights and rarities
  };

  // The greatest value of a row that shares this and asks for rare skills of
  // this weight.
  int32_t MostBeside(Shared shared, int64_t rare_skill_weight) const;
  void MarkRows(const JobQuery& query, const RareSkills& rare, size_t seeker);
  void FillMost(const JobQuery& query, size_t seeker);
  // The place of a marked row among all of them.
  size_t RankOf(uint32_t row) const {
    const uint64_t before = (uint64_t{1} << (row % kBlockRows)) - 1;
    const size_t word = row / kBlockRows;
    return ranks_[word] +
           static_cast<size_t>(std::popcount(words_[word] & before));
  }

  std::vector<uint64_t> words_;
  std::vector<uint32_t> ranks_;        // by word: marked rows before it
  std::vector<Shared> shared_;         // by rank
  std::vector<Shared> most_of_block_;  // by word: the most of each
  // At least the sum of weights and rarities of the common skills that a job
  // and the seeker share.
  int64_t common_ = 0;
  // No rare skill of the segment has less rarity.
  int64_t least_rarity_ = 0;
  std::array<int32_t, HalfBytes::kCount> most_of_unmarked_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SKILL_MARKS_H_
