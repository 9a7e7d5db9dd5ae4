// SkillRarities: how rare the skills that the jobs of a segment ask for are
// among its own rows. Rarity counts by all jobs (features/skills.h) and changes
// with them; what a row asks for by the segment's own rarity does not, and
// bounds from below what it asks for by that of any view, but for a share that
// is found once for each view.
#ifndef HEIMWEG_SERVICES_MATCHING_SKILL_RARITIES_H_
#define HEIMWEG_SERVICES_MATCHING_SKILL_RARITIES_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"

namespace heimweg::matching {

// Built once, then unchanged. Thread-compatible.
class SkillRarities {
 public:
  // Segments of fewer rows are not worth it: there every rarity is 1.
  static constexpr uint32_t kFewestRows = 128;

  // `skills_of(row)` are AskedSkill::Packed, each term once.
  void Build(uint32_t rows,
             absl::FunctionRef<absl::Span<const uint32_t>(uint32_t)> skills_of);

  // Of a skill that some row asks for: 1 or more. The rarity among the rows if
  // three standard deviations more of them asked for it, of a Poisson
  // distribution: segments are samples of one market, so that this is seldom
  // above the rarity in the view, and close below it where many ask.
  int32_t Of(uint32_t term) const {
    return term < rarity_.size() ? rarity_[term] : 1;
  }

  // In millionths, at most kOne: no skill that a row asks for and that has a
  // rarity in `view` has less there than this share of its own here. `view` is
  // by term; terms beyond its end have none.
  int32_t LeastShare(const std::vector<uint8_t>& view) const;

  int64_t Bytes() const { return static_cast<int64_t>(rarity_.capacity()); }

 private:
  std::vector<uint8_t> rarity_;  // by term; 1 also of those nobody asks for
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SKILL_RARITIES_H_
