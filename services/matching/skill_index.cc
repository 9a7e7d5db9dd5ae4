#include "services/matching/skill_index.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "services/matching/block_tree.h"
#include "services/matching/job_columns.h"

namespace heimweg::matching {

void SkillIndex::Build(absl::Span<const uint32_t> order, SkillsOf skills_of,
                       AskedOf asked_of) {
  if (order.size() <= kTooFew) return;
  const size_t places =
      (order.size() + kBlockRows - 1) / kBlockRows * kBlockRows;
  asked_.assign(places, 1);
  common_of_.assign(places, 0);
  for (size_t place = 0; place < order.size(); ++place) {
    asked_[place] = asked_of(order[place]);
  }
  const CommonByTerm common = FindCommon(order, skills_of);
  for (size_t first = 0; first < order.size(); first += kChunk) {
    BuildChunk(order.subspan(first, kChunk), static_cast<uint32_t>(first),
               skills_of, common);
  }
}

SkillIndex::CommonByTerm SkillIndex::FindCommon(
    absl::Span<const uint32_t> order, SkillsOf skills_of) {
  std::vector<uint32_t> asking;  // jobs by term
  for (const uint32_t row : order) {
    for (const uint32_t packed : skills_of(row)) {
      const uint32_t term = AskedSkill::TermOf(packed);
      if (term >= asking.size()) asking.resize(term + 1);
      ++asking[term];
    }
  }
  std::vector<std::pair<uint32_t, uint32_t>> most;
  for (uint32_t term = 0; term < asking.size(); ++term) {
    if (asking[term] > order.size() / kCommonShare) {
      most.emplace_back(asking[term], term);
    }
  }
  std::sort(most.rbegin(), most.rend());
  if (most.size() > kMostCommon) most.resize(kMostCommon);
  CommonByTerm common(asking.size());
  for (const auto& [jobs, term] : most) {
    common_.push_back(term);
    common[term] = static_cast<uint8_t>(common_.size());
  }
  return common;
}

void SkillIndex::BuildChunk(absl::Span<const uint32_t> rows, uint32_t first,
                            SkillsOf skills_of, const CommonByTerm& common) {
  Chunk& chunk = chunks_.emplace_back();
  // By term, the number of jobs, then where its next one belongs.
  std::vector<uint32_t> jobs(common.size());
  for (uint32_t place = 0; place < rows.size(); ++place) {
    uint32_t bits = 0;
    for (const uint32_t packed : skills_of(rows[place])) {
      const uint32_t term = AskedSkill::TermOf(packed);
      if (common[term] == 0) {
        ++jobs[term];
      } else {
        bits |= 1U << (common[term] - 1U);
      }
    }
    common_of_[first + place] = static_cast<uint8_t>(bits);
  }
  uint32_t listed = 0;
  chunk.terms.resize((jobs.size() + kTermsOfWord - 1) / kTermsOfWord);
  for (uint32_t term = 0; term < jobs.size(); ++term) {
    Word& word = chunk.terms[term / kTermsOfWord];
    if (term % kTermsOfWord == 0) {
      word.before = static_cast<uint32_t>(chunk.begins.size());
    }
    if (jobs[term] == 0) continue;
    word.asked |= uint64_t{1} << (term % kTermsOfWord);
    chunk.begins.push_back(listed);
    listed += std::exchange(jobs[term], listed);
  }
  chunk.begins.push_back(listed);
  chunk.asking.resize(listed);
  for (uint32_t place = 0; place < rows.size(); ++place) {
    for (const uint32_t packed : skills_of(rows[place])) {
      const uint32_t term = AskedSkill::TermOf(packed);
      if (common[term] != 0) continue;
      chunk.asking[jobs[term]++] =
          EntryOf(place, AskedSkill::IsRequired(packed));
    }
  }
  chunk.begins.shrink_to_fit();
}

absl::Span<const uint16_t> SkillIndex::Asking(size_t chunk,
                                              uint32_t term) const {
  const Chunk& in = chunks_[chunk];
  if (term / kTermsOfWord >= in.terms.size()) return {};
  const Word& word = in.terms[term / kTermsOfWord];
  const uint64_t bit = uint64_t{1} << (term % kTermsOfWord);
  if ((word.asked & bit) == 0) return {};
  const auto at = word.before +
                  static_cast<uint32_t>(std::popcount(word.asked & (bit - 1)));
  return absl::MakeConstSpan(in.asking.data() + in.begins[at],
                             in.begins[at + 1] - in.begins[at]);
}

int64_t SkillIndex::Bytes() const {
  size_t bytes = asked_.capacity() + common_of_.capacity() +
                 common_.capacity() * sizeof(uint32_t) +
                 chunks_.capacity() * sizeof(Chunk);
  for (const Chunk& chunk : chunks_) {
    bytes += chunk.terms.capacity() * sizeof(Word) +
             chunk.begins.capacity() * sizeof(uint32_t) +
             chunk.asking.capacity() * sizeof(uint16_t);
  }
  return static_cast<int64_t>(bytes);
}

}  // namespace heimweg::matching
