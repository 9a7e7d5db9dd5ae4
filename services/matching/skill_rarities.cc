#include "services/matching/skill_rarities.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "services/matching/features/skills.h"
#include "services/matching/job_columns.h"

namespace heimweg::matching {
namespace {

// See the header: n + k^2 / 2 + k sqrt(n + k^2 / 4) for k standard deviations,
// the upper end of the score interval of a Poisson mean, both fractions rounded
// up; and some hundredth for what comes and goes.
uint32_t MostAsking(uint32_t asking) {
  constexpr double kDeviations = 3;
  constexpr uint32_t kHalfSquare = 5;
  constexpr double kQuarterSquare = 3;
  constexpr uint32_t kDrift = 128;
  return asking + kHalfSquare + asking / kDrift +
         static_cast<uint32_t>(kDeviations *
                               std::sqrt(asking + kQuarterSquare));
}

}  // namespace

void SkillRarities::Build(
    uint32_t rows,
    absl::FunctionRef<absl::Span<const uint32_t>(uint32_t)> skills_of) {
  if (rows < kFewestRows) return;
  std::vector<uint32_t> asking;  // rows by term
  for (uint32_t row = 0; row < rows; ++row) {
    for (const uint32_t packed : skills_of(row)) {
      const uint32_t term = AskedSkill::Unpacked(packed).term;
      if (term >= asking.size()) asking.resize(term + 1);
      ++asking[term];
    }
  }
  rarity_.assign(asking.size(), 1);
  for (size_t term = 0; term < asking.size(); ++term) {
    if (asking[term] == 0) continue;
    const int32_t rarity = SkillRarity(rows, MostAsking(asking[term]));
    rarity_[term] = static_cast<uint8_t>(std::max(rarity, 1));
  }
}

int32_t SkillRarities::LeastShare(const std::vector<uint8_t>& view) const {
  int32_t least = kOne;
  const size_t terms = std::min(rarity_.size(), view.size());
  for (size_t term = 0; term < terms; ++term) {
    if (view[term] >= rarity_[term]) continue;
    least = std::min(least, int32_t{view[term]} * kOne / rarity_[term]);
  }
  return least;
}

}  // namespace heimweg::matching
