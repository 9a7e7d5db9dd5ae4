#include "services/matching/skill_marks.h"

#include <algorithm>

#include "services/matching/features/skills.h"

namespace heimweg::matching {

SkillMarks::SkillMarks(const JobQuery& query, size_t segment, size_t seeker) {
  const ShelfView<JobColumns>& view = query.view();
  const JobColumns& columns = view.segments[segment].segment->columns;
  const RareSkills& rare = columns.rare_skills();
  if (rare.empty()) {
    most_of_unmarked_.fill(kOne);
    return;
  }
  words_.resize((columns.rows() + kBlockRows - 1) / kBlockRows);
  MarkRows(query, rare, seeker);
  // What is rare in the segment may be common in the view.
  least_rarity_ = kUncommonRarity;
  for (const uint32_t term : view.common_terms) {
    if (rare.IsCommon(term)) continue;
    least_rarity_ = std::min<int64_t>(least_rarity_, view.rarity[term]);
  }
  FillMost(query, seeker);
}

void SkillMarks::MarkRows(const JobQuery& query, const RareSkills& rare,
                          size_t seeker) {
  const ShelfView<JobColumns>& view = query.view();
  for (const JobQuery::HeldSkill& held : query.HeldSkills(seeker)) {
    if (rare.IsCommon(held.term)) {
      common_ += SkillWeight(true) * view.rarity[held.term];
      continue;
    }
    rare.VisitRows(held.term, [this](uint32_t row) {
      words_[row / kBlockRows] |= uint64_t{1} << (row % kBlockRows);
    });
  }
  ranks_.reserve(words_.size());
  uint32_t marked = 0;
  for (const uint64_t word : words_) {
    ranks_.push_back(marked);
    if (word != 0) marked += static_cast<uint32_t>(std::popcount(word));
  }
  shared_.resize(marked);
  most_of_block_.resize(words_.size());
  for (const JobQuery::HeldSkill& held : query.HeldSkills(seeker)) {
    if (rare.IsCommon(held.term)) continue;
    const int32_t weight = SkillWeight(true) * view.rarity[held.term];
    rare.VisitRows(held.term, [this, weight](uint32_t row) {
      // Lists are too short for the sums to overflow.
      Shared& shared = shared_[RankOf(row)];
      shared.weight = static_cast<uint16_t>(shared.weight + weight);
      ++shared.terms;
      Shared& most = most_of_block_[row / kBlockRows];
      most.weight = std::max(most.weight, shared.weight);
      most.terms = std::max(most.terms, shared.terms);
    });
  }
}

void SkillMarks::FillMost(const JobQuery& query, size_t seeker) {
  constexpr size_t kNone = HalfBytes::kLast;
  for (size_t half = 0; half < kNone; ++half) {
    // What is more can share less.
    most_of_unmarked_[half] = !query.HasSkills(seeker) ? kNeutral
                              : query.HeldSkills(seeker).empty()
                                  ? 0
                                  : MostBeside({}, HalfBytes::kRare[half]);
  }
  most_of_unmarked_[kNone] = kNeutral;
}

int32_t SkillMarks::MostOfMarked(uint32_t row, uint8_t rare) const {
  if (all()) return kOne;
  return MostBeside(shared_[RankOf(row)], HalfBytes::kRare[rare]);
}

int32_t SkillMarks::MostOfMarked(uint32_t first, uint32_t last,
                                 const JobSummary& rows) const {
  if (all()) return kOne;
  last = std::min(last, static_cast<uint32_t>(words_.size()));
  Shared most;
  for (uint32_t block = first; block < last; ++block) {
    most.weight = std::max(most.weight, most_of_block_[block].weight);
    most.terms = std::max(most.terms, most_of_block_[block].terms);
  }
  return most.terms == 0 ? 0 : MostBeside(most, rows.rare_skill_weight);
}

int32_t SkillMarks::MostOfUnmarked(const JobSummary& rows) const {
  if (all()) return kOne;
  return MostBeside({}, rows.rare_skill_weight);
}

int32_t SkillMarks::MostBeside(Shared shared, int64_t rare_skill_weight) const {
  // What they share is greatest beside the least that is asked for besides: by
  // the least of the other rare skills' weights and rarities.
  const int64_t others = std::max<int64_t>(
      rare_skill_weight - int64_t{SkillWeight(true)} * shared.terms, 0);
  const int64_t most = common_ + shared.weight;
  const int64_t asked = std::max<int64_t>(most + least_rarity_ * others, 1);
  return SkillsFeature(true, most, asked).OrNeutral();
}

}  // namespace heimweg::matching
