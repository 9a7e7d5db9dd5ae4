#include "services/occupations/part_translation.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace heimweg::occupations {
namespace {

uint64_t KeyOf(PartId from, PartId to) { return (uint64_t{from} << 32) | to; }

using Probabilities = absl::flat_hash_map<uint64_t, float>;

void Count(const PartPair& pair, const Probabilities& known,
           Probabilities& counts, absl::flat_hash_map<PartId, float>& sums) {
  constexpr float kFirst = 1e-3F;
  const auto probability = [&known](PartId from, PartId to) {
    if (known.empty()) return kFirst;
    const auto found = known.find(KeyOf(from, to));
    return found == known.end() ? 0.0F : found->second;
  };
  for (const PartId to : pair.second) {
    float all = 0;
    for (const PartId from : pair.first) all += probability(from, to);
    if (all <= 0) continue;
    for (const PartId from : pair.first) {
      const float share = probability(from, to) / all;
      counts[KeyOf(from, to)] += share;
      sums[from] += share;
    }
  }
}

}  // namespace

std::vector<Translation> LearnTranslations(const std::vector<PartPair>& pairs,
                                           int rounds, float least) {
  Probabilities known;
  for (int round = 0; round < rounds; ++round) {
    Probabilities counts;
    absl::flat_hash_map<PartId, float> sums;
    for (const PartPair& pair : pairs) Count(pair, known, counts, sums);
    // Half a count of doubt: a pair that was seen once proves little.
    for (auto& [key, count] : counts) {
      count /= sums[static_cast<PartId>(key >> 32)] + 0.5F;
    }
    known = std::move(counts);
  }
  std::vector<Translation> learned;
  for (const auto& [key, probability] : known) {
    const auto from = static_cast<PartId>(key >> 32);
    const auto to = static_cast<PartId>(key & 0xFFFFFFFF);
    if (from != to && probability >= least) {
      learned.push_back({from, to, probability});
    }
  }
  std::sort(learned.begin(), learned.end(),
            [](const Translation& a, const Translation& b) {
              if (a.from != b.from) return a.from < b.from;
              if (a.probability != b.probability) {
                return a.probability > b.probability;
              }
              return a.to < b.to;
            });
  return learned;
}

}  // namespace heimweg::occupations
