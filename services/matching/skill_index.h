// SkillIndex: the jobs of a segment by the skills that they ask for.
#ifndef HEIMWEG_SERVICES_MATCHING_SKILL_INDEX_H_
#define HEIMWEG_SERVICES_MATCHING_SKILL_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"

namespace heimweg::matching {

// Built once, then unchanged. Thread-compatible.
class SkillIndex {
 public:
  // Rows are listed by groups of so many, so that each fits into 15 bits.
  static constexpr uint32_t kGroup = 1 << 14;
  // Skills that many jobs ask for have a bit of each job instead of a list.
  static constexpr size_t kMostCommon = 8;
  // A skill is common if one in so many jobs or more asks for it.
  static constexpr uint32_t kCommonShare = 64;

  // Of this many rows or fewer nothing is kept.
  static constexpr size_t kTooFew = 64;

  // `skills_of(row)` are AskedSkill::Packed, each term once, and
  // `asked_of(row)` HalfBytes::Asked.
  using SkillsOf = absl::FunctionRef<absl::Span<const uint32_t>(uint32_t)>;
  using AskedOf = absl::FunctionRef<uint8_t(uint32_t)>;
  void Build(uint32_t rows, SkillsOf skills_of, AskedOf asked_of);

  bool empty() const { return asked_.empty(); }

  // By row, as long as all blocks are: see Build; and the common skills that
  // the job asks for, bit i for common()[i]. Beyond the last job: 1 and none.
  const std::vector<uint8_t>& asked() const { return asked_; }
  const std::vector<uint8_t>& common_of() const { return common_of_; }
  const std::vector<uint32_t>& common() const { return common_; }  // terms

  // The bit of a common skill; nothing if it is not among them.
  std::optional<size_t> CommonBit(uint32_t term) const;
  // The number under which a skill that is not common is listed; nothing if no
  // job asks for it.
  std::optional<uint32_t> Find(uint32_t term) const;
  // The jobs of a group of rows that ask for it, by row.
  absl::Span<const uint16_t> Asking(uint32_t skill, size_t group) const {
    const size_t at = skill * groups_ + group;
    return {asking_.data() + begins_[at], begins_[at + 1] - begins_[at]};
  }
  // Of one of them: its row from the first one of the group on, and whether it
  // requires the skill.
  static constexpr uint32_t RowOf(uint16_t asking) { return asking / 2U; }
  static constexpr bool IsRequired(uint16_t asking) { return asking % 2 != 0; }
  static constexpr uint16_t EntryOf(uint32_t row, bool required) {
    return static_cast<uint16_t>(row * 2 + (required ? 1 : 0));
  }

  int64_t Bytes() const;

 private:
  // Of kTermsOfWord terms those that are listed, a bit for each, and the number
  // of those before them.
  struct Word {
    uint64_t listed = 0;
    uint32_t before = 0;
  };
  static constexpr uint32_t kTermsOfWord = 64;

  // By term: the number of jobs that ask for it.
  using JobsByTerm = std::vector<uint32_t>;
  void ChooseCommon(size_t jobs, const JobsByTerm& asking);
  void NumberTerms(const JobsByTerm& asking);
  void SetCommonOf(uint32_t rows, SkillsOf skills_of);
  void List(uint32_t rows, SkillsOf skills_of);

  std::vector<uint8_t> asked_;
  std::vector<uint8_t> common_of_;
  std::vector<uint32_t> common_;
  std::vector<Word> terms_;  // all, by number
  size_t groups_ = 0;
  // By skill, of its groups: where their jobs begin, and the end of all. Of one
  // skill they lie together, which is one miss of the cache for all groups.
  std::vector<uint32_t> begins_;
  std::vector<uint16_t> asking_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SKILL_INDEX_H_
