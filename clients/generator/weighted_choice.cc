#include "clients/generator/weighted_choice.h"

#include <algorithm>

namespace heimweg::generator {

WeightedChoice::WeightedChoice(std::span<const uint32_t> weights) {
  sums_.reserve(weights.size());
  uint32_t sum = 0;
  for (const uint32_t weight : weights) sums_.push_back(sum += weight);
}

size_t WeightedChoice::Draw(Random& random) const {
  const auto at = static_cast<uint32_t>(random.Below(sums_.back()));
  return static_cast<size_t>(std::upper_bound(sums_.begin(), sums_.end(), at) -
                             sums_.begin());
}

std::vector<uint32_t> ZipfWeights(size_t count, uint32_t flatness) {
  constexpr uint32_t kScale = 100'000'000;
  std::vector<uint32_t> weights;
  weights.reserve(count);
  for (uint32_t rank = 0; rank < count; ++rank) {
    weights.push_back(kScale / (rank + flatness));
  }
  return weights;
}

}  // namespace heimweg::generator
