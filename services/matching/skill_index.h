// SkillIndex: the jobs of a segment, in one of its orders, by the skills that
// they ask for. Places are those in that order.
#ifndef HEIMWEG_SERVICES_MATCHING_SKILL_INDEX_H_
#define HEIMWEG_SERVICES_MATCHING_SKILL_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"

namespace heimweg::matching {

// Built once, then unchanged. Thread-compatible.
class SkillIndex {
 public:
  // Places are listed by so many, as numbers of 15 bits.
  static constexpr uint32_t kChunk = 1 << 15;
  // Skills that many jobs ask for have a bit of each job instead of a list.
  static constexpr size_t kMostCommon = 8;
  // A skill is common if one in so many jobs or more asks for it.
  static constexpr uint32_t kCommonShare = 64;

  // Of this many rows or fewer nothing is kept.
  static constexpr size_t kTooFew = 64;

  // `order` are rows by place; `skills_of(row)` are AskedSkill::Packed, each
  // term once, and `asked_of(row)` HalfBytes::Asked.
  using SkillsOf = absl::FunctionRef<absl::Span<const uint32_t>(uint32_t)>;
  using AskedOf = absl::FunctionRef<uint8_t(uint32_t)>;
  void Build(absl::Span<const uint32_t> order, SkillsOf skills_of,
             AskedOf asked_of);

  bool empty() const { return asked_.empty(); }

  // By place, as long as all blocks are: see Build; and the common skills that
  // the job asks for, bit i for common()[i]. Beyond the last job: 1 and none.
  const std::vector<uint8_t>& asked() const { return asked_; }
  const std::vector<uint8_t>& common_of() const { return common_of_; }
  const std::vector<uint32_t>& common() const { return common_; }  // terms

  size_t chunks() const { return chunks_.size(); }
  // The jobs that ask for a skill that is not common, by place.
  absl::Span<const uint16_t> Asking(size_t chunk, uint32_t term) const;
  // Of one of them: its place from the first one of the chunk on, and whether
  // it requires the skill.
  static constexpr uint32_t PlaceOf(uint16_t asking) { return asking / 2U; }
  static constexpr bool IsRequired(uint16_t asking) { return asking % 2 != 0; }
  static constexpr uint16_t EntryOf(uint32_t place, bool required) {
    return static_cast<uint16_t>(place * 2 + (required ? 1 : 0));
  }

  int64_t Bytes() const;

 private:
  // Of kTermsOfWord terms those that some job asks for, a bit for each, and the
  // number of those before them.
  struct Word {
    uint64_t asked = 0;
    uint32_t before = 0;
  };
  static constexpr uint32_t kTermsOfWord = 64;
  struct Chunk {
    std::vector<Word> terms;       // all, by number
    std::vector<uint32_t> begins;  // of those asked for: of jobs, and their end
    std::vector<uint16_t> asking;
  };

  // By term: 0, or 1 + its number among the common ones.
  using CommonByTerm = std::vector<uint8_t>;
  CommonByTerm FindCommon(absl::Span<const uint32_t> order, SkillsOf skills_of);
  void BuildChunk(absl::Span<const uint32_t> rows, uint32_t first,
                  SkillsOf skills_of, const CommonByTerm& common);

  std::vector<uint8_t> asked_;
  std::vector<uint8_t> common_of_;
  std::vector<uint32_t> common_;
  std::vector<Chunk> chunks_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SKILL_INDEX_H_
