#include "services/matching/skill_index.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "services/matching/block_tree.h"
#include "services/matching/job_columns.h"

namespace heimweg::matching {

void SkillIndex::Build(uint32_t rows, SkillsOf skills_of, AskedOf asked_of) {
  if (rows <= kTooFew) return;
  const size_t places =
      (size_t{rows} + kBlockRows - 1) / kBlockRows * kBlockRows;
  asked_.assign(places, 1);
  common_of_.assign(places, 0);
  for (uint32_t row = 0; row < rows; ++row) asked_[row] = asked_of(row);
  JobsByTerm asking;
  for (uint32_t row = 0; row < rows; ++row) {
    for (const uint32_t packed : skills_of(row)) {
      const uint32_t term = AskedSkill::TermOf(packed);
      if (term >= asking.size()) asking.resize(term + 1);
      ++asking[term];
    }
  }
  ChooseCommon(rows, asking);
  NumberTerms(asking);
  SetCommonOf(rows, skills_of);
  List(rows, skills_of);
}

void SkillIndex::ChooseCommon(size_t jobs, const JobsByTerm& asking) {
  std::vector<std::pair<uint32_t, uint32_t>> most;
  for (uint32_t term = 0; term < asking.size(); ++term) {
    if (asking[term] > jobs / kCommonShare) {
      most.emplace_back(asking[term], term);
    }
  }
  std::sort(most.rbegin(), most.rend());
  if (most.size() > kMostCommon) most.resize(kMostCommon);
  for (const auto& [asked, term] : most) common_.push_back(term);
}

std::optional<size_t> SkillIndex::CommonBit(uint32_t term) const {
  const auto found = std::find(common_.begin(), common_.end(), term);
  if (found == common_.end()) return std::nullopt;
  return static_cast<size_t>(found - common_.begin());
}

void SkillIndex::NumberTerms(const JobsByTerm& asking) {
  terms_.resize((asking.size() + kTermsOfWord - 1) / kTermsOfWord);
  uint32_t listed = 0;
  for (uint32_t term = 0; term < asking.size(); ++term) {
    Word& word = terms_[term / kTermsOfWord];
    if (term % kTermsOfWord == 0) word.before = listed;
    if (asking[term] == 0 || CommonBit(term)) continue;
    word.listed |= uint64_t{1} << (term % kTermsOfWord);
    ++listed;
  }
}

void SkillIndex::SetCommonOf(uint32_t rows, SkillsOf skills_of) {
  for (uint32_t row = 0; row < rows; ++row) {
    for (const uint32_t packed : skills_of(row)) {
      const auto bit = CommonBit(AskedSkill::TermOf(packed));
      if (bit) common_of_[row] |= static_cast<uint8_t>(1U << *bit);
    }
  }
}

void SkillIndex::List(uint32_t rows, SkillsOf skills_of) {
  groups_ = (size_t{rows} + kGroup - 1) / kGroup;
  const auto visit = [&](auto add) {
    for (uint32_t row = 0; row < rows; ++row) {
      for (const uint32_t packed : skills_of(row)) {
        const auto skill = Find(AskedSkill::TermOf(packed));
        if (!skill) continue;
        add(*skill * groups_ + row / kGroup,
            EntryOf(row % kGroup, AskedSkill::IsRequired(packed)));
      }
    }
  };
  const Word last = terms_.empty() ? Word{} : terms_.back();
  const size_t skills =
      last.before + static_cast<size_t>(std::popcount(last.listed));
  begins_.resize(skills * groups_ + 1);
  visit([&](size_t list, uint16_t /*entry*/) { ++begins_[list]; });
  uint32_t listed = 0;
  for (uint32_t& begin : begins_) {
    const uint32_t jobs = std::exchange(begin, listed);
    listed += jobs;
  }
  asking_.resize(listed);
  std::vector<uint32_t> next = begins_;
  visit([&](size_t list, uint16_t entry) { asking_[next[list]++] = entry; });
}

std::optional<uint32_t> SkillIndex::Find(uint32_t term) const {
  if (term / kTermsOfWord >= terms_.size()) return std::nullopt;
  const Word& word = terms_[term / kTermsOfWord];
  const uint64_t bit = uint64_t{1} << (term % kTermsOfWord);
  if ((word.listed & bit) == 0) return std::nullopt;
  return word.before +
         static_cast<uint32_t>(std::popcount(word.listed & (bit - 1)));
}

int64_t SkillIndex::Bytes() const {
  return static_cast<int64_t>(asked_.capacity() + common_of_.capacity() +
                              common_.capacity() * sizeof(uint32_t) +
                              terms_.capacity() * sizeof(Word) +
                              begins_.capacity() * sizeof(uint32_t) +
                              asking_.capacity() * sizeof(uint16_t));
}

}  // namespace heimweg::matching
