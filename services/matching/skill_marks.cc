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
  for (const JobQuery::HeldSkill& held : query.HeldSkills(seeker)) {
    if (rare.IsCommon(held.term)) {
      common_ += SkillWeight(true) * view.rarity[held.term];
      continue;
    }
    rare.VisitRows(held.term, [this](uint32_t row) {
      words_[row / kBlockRows] |= uint64_t{1} << (row % kBlockRows);
    });
  }
  // What is rare in the segment may be common in the view.
  least_rarity_ = kUncommonRarity;
  for (const uint32_t term : view.common_terms) {
    if (rare.IsCommon(term)) continue;
    least_rarity_ = std::min<int64_t>(least_rarity_, view.rarity[term]);
  }
  FillMost(query, seeker);
}

void SkillMarks::FillMost(const JobQuery& query, size_t seeker) {
  constexpr size_t kNone = JobSlots::kRareSlots - 1;
  for (size_t slot = 0; slot < kNone; ++slot) {
    // The last slot also takes what is more, which can share less.
    most_of_unmarked_[slot] = !query.HasSkills(seeker) ? kNeutral
                              : query.HeldSkills(seeker).empty()
                                  ? 0
                                  : MostBeside(static_cast<int64_t>(slot));
  }
  most_of_unmarked_[kNone] = kNeutral;
}

bool SkillMarks::HasAny(uint32_t first, uint32_t last) const {
  if (all()) return true;
  last = std::min(last, static_cast<uint32_t>(words_.size()));
  return std::any_of(words_.begin() + first, words_.begin() + last,
                     [](uint64_t word) { return word != 0; });
}

int32_t SkillMarks::MostOfUnmarked(const JobSummary& rows) const {
  if (all()) return kOne;
  return MostBeside(rows.rare_skill_weight);
}

int32_t SkillMarks::MostBeside(int64_t rare_skill_weight) const {
  // What they share is greatest beside the least that they ask for besides.
  const int64_t asked = common_ + least_rarity_ * rare_skill_weight;
  return SkillsFeature(true, common_, std::max<int64_t>(asked, 1)).OrNeutral();
}

}  // namespace heimweg::matching
