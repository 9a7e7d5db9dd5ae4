// RareSkills: which jobs of a segment ask for a skill, for skills that few of
// them ask for. A job that asks for none that an adult has, other than common
// ones, cannot have many skills in common (job_bounds.h).
#ifndef HEIMWEG_SERVICES_MATCHING_RARE_SKILLS_H_
#define HEIMWEG_SERVICES_MATCHING_RARE_SKILLS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"

namespace heimweg::matching {

// Built once, then unchanged. Thread-compatible.
class RareSkills {
 public:
  // A skill is common in a segment if more than this share of its rows ask for
  // it.
  static constexpr uint32_t kCommonShare = 32;
  // Segments of fewer rows are not worth it.
  static constexpr uint32_t kFewestRows = 128;

  // `skills_of(row)` are AskedSkill::Packed, each term once. With fewer rows
  // than kFewestRows it stays empty.
  void Build(uint32_t rows,
             absl::FunctionRef<absl::Span<const uint32_t>(uint32_t)> skills_of);

  // Then nothing is known of the segment's skills.
  bool empty() const { return chunks_.empty(); }

  bool IsCommon(uint32_t term) const {
    return std::binary_search(common_.begin(), common_.end(), term);
  }

  // Calls visit(row) for the rows that ask for a skill that is not common.
  template <typename Visit>
  void VisitRows(uint32_t term, Visit visit) const {
    uint32_t base = 0;
    for (const Chunk& chunk : chunks_) {
      const auto found =
          std::lower_bound(chunk.terms.begin(), chunk.terms.end(), term);
      if (found != chunk.terms.end() && *found == term) {
        const auto at = static_cast<size_t>(found - chunk.terms.begin());
        for (uint32_t i = chunk.begin[at]; i < chunk.begin[at + 1]; ++i) {
          visit(base + chunk.rows[i]);
        }
      }
      base += kChunkRows;
    }
  }

  int64_t Bytes() const;

 private:
  // Rows are counted within a chunk, so that two bytes are enough.
  static constexpr uint32_t kChunkRows = 1U << 16;

  struct Chunk {
    std::vector<uint32_t> terms;  // sorted
    std::vector<uint32_t> begin;  // of a term's rows; one more than terms
    std::vector<uint16_t> rows;
  };

  std::vector<uint32_t> common_;  // sorted
  std::vector<Chunk> chunks_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_RARE_SKILLS_H_
