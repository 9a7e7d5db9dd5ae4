#include "services/occupations/compound_splitter.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/match.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kMinPart = 3;
constexpr size_t kMaxParts = 4;
constexpr size_t kMaxWord = 48;
// Short parts are often chance: they must be frequent words.
constexpr int kMinCountOfShort = 4;
constexpr int kMinCountOfHead = 6;

constexpr absl::string_view kLinks[] = {"", "s", "es", "n", "en", "er", "e"};

}  // namespace

void CompoundSplitter::Add(absl::string_view word) { ++counts_[word]; }

double CompoundSplitter::LogFrequency(absl::string_view part) const {
  const auto found = counts_.find(part);
  if (found == counts_.end()) return 0;
  if (part.size() <= 3 && found->second < kMinCountOfShort) return 0;
  return std::log(1.0 + found->second);
}

void CompoundSplitter::Extend(absl::string_view word, size_t begin,
                              std::vector<std::vector<Way>>& ways) const {
  for (size_t end = begin + kMinPart; end <= word.size(); ++end) {
    const double frequency = LogFrequency(word.substr(begin, end - begin));
    if (frequency <= 0) continue;
    for (const absl::string_view link : kLinks) {
      const size_t next = end + link.size();
      const bool last = next == word.size();
      if (next > word.size() || (last && !link.empty())) continue;
      if (!last && word.size() - next < kMinPart) continue;
      if (!absl::StartsWith(word.substr(end), link)) continue;
      AddPart({frequency, begin, end, true}, ways[begin], ways[next]);
    }
  }
}

void CompoundSplitter::AddPart(const Way& part, const std::vector<Way>& before,
                               std::vector<Way>& after) {
  for (size_t parts = 0; parts < kMaxParts; ++parts) {
    if (!before[parts].possible) continue;
    Way way = part;
    way.log_frequency += before[parts].log_frequency;
    Way& best = after[parts + 1];
    if (!best.possible || best.log_frequency < way.log_frequency) best = way;
  }
}

std::vector<std::string> CompoundSplitter::BeforeKnownHead(
    absl::string_view word) const {
  for (size_t at = kMinPart; at + kMinPart + 1 < word.size(); ++at) {
    const absl::string_view head = word.substr(at);
    const auto found = counts_.find(head);
    if (found != counts_.end() && found->second >= kMinCountOfHead) {
      return {std::string(word.substr(0, at)), std::string(head)};
    }
  }
  return {std::string(word)};
}

std::vector<std::string> CompoundSplitter::Split(absl::string_view word) const {
  if (word.size() < 2 * kMinPart || word.size() > kMaxWord) {
    return {std::string(word)};
  }
  std::vector<std::vector<Way>> ways(word.size() + 1,
                                     std::vector<Way>(kMaxParts + 1));
  ways[0][0].possible = true;
  for (size_t begin = 0; begin + kMinPart <= word.size(); ++begin) {
    Extend(word, begin, ways);
  }
  size_t best = 0;
  double best_mean = 0;
  for (size_t parts = 1; parts <= kMaxParts; ++parts) {
    const Way& way = ways[word.size()][parts];
    const double mean = way.log_frequency / static_cast<double>(parts);
    if (way.possible && mean > best_mean) {
      best = parts;
      best_mean = mean;
    }
  }
  if (best == 0) return BeforeKnownHead(word);
  std::vector<std::string> split;
  size_t end = word.size();
  for (size_t parts = best; parts > 0; --parts) {
    const Way& way = ways[end][parts];
    split.emplace_back(word.substr(way.begin, way.part_end - way.begin));
    end = way.begin;
  }
  std::reverse(split.begin(), split.end());
  return split;
}

size_t CompoundSplitter::bytes() const {
  size_t bytes = 0;
  for (const auto& [word, count] : counts_) {
    bytes += sizeof(word) + sizeof(count) + 1 +
             (word.capacity() > 15 ? word.capacity() : 0);
  }
  return bytes;
}

}  // namespace heimweg::occupations
