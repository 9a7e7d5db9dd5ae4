#include "services/matching/rare_skills.h"

#include <cstddef>

#include "services/matching/job_columns.h"

namespace heimweg::matching {
namespace {

// A row that asks for a term, in the order of terms.
uint64_t Asking(uint32_t term, uint32_t row) {
  return uint64_t{term} << 32 | row;
}
uint32_t TermOf(uint64_t asking) { return static_cast<uint32_t>(asking >> 32); }

// The end of the run of one term that begins at `begin`.
size_t EndOfTerm(const std::vector<uint64_t>& asking, size_t begin) {
  size_t end = begin;
  while (end < asking.size() && TermOf(asking[end]) == TermOf(asking[begin])) {
    ++end;
  }
  return end;
}

}  // namespace

void RareSkills::Build(
    uint32_t rows,
    absl::FunctionRef<absl::Span<const uint32_t>(uint32_t)> skills_of) {
  if (rows < kFewestRows) return;
  std::vector<uint64_t> asking;
  for (uint32_t row = 0; row < rows; ++row) {
    for (const uint32_t packed : skills_of(row)) {
      asking.push_back(Asking(AskedSkill::Unpacked(packed).term, row));
    }
  }
  std::sort(asking.begin(), asking.end());
  chunks_.resize((rows + kChunkRows - 1) / kChunkRows);
  for (size_t begin = 0; begin < asking.size();) {
    const size_t end = EndOfTerm(asking, begin);
    const uint32_t term = TermOf(asking[begin]);
    if (end - begin > rows / kCommonShare) {
      common_.push_back(term);
      begin = end;
    }
    for (; begin < end; ++begin) {
      const auto row = static_cast<uint32_t>(asking[begin]);
      Chunk& chunk = chunks_[row / kChunkRows];
      if (chunk.terms.empty() || chunk.terms.back() != term) {
        chunk.terms.push_back(term);
        chunk.begin.push_back(static_cast<uint32_t>(chunk.rows.size()));
      }
      chunk.rows.push_back(static_cast<uint16_t>(row % kChunkRows));
    }
  }
  for (Chunk& chunk : chunks_) {
    chunk.begin.push_back(static_cast<uint32_t>(chunk.rows.size()));
    chunk.terms.shrink_to_fit();
    chunk.begin.shrink_to_fit();
    chunk.rows.shrink_to_fit();
  }
}

int64_t RareSkills::Bytes() const {
  size_t bytes = common_.capacity() * sizeof(uint32_t);
  for (const Chunk& chunk : chunks_) {
    bytes +=
        (chunk.terms.capacity() + chunk.begin.capacity()) * sizeof(uint32_t) +
        chunk.rows.capacity() * sizeof(uint16_t);
  }
  return static_cast<int64_t>(bytes);
}

}  // namespace heimweg::matching
