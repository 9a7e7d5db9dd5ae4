// Draws one of several things, each as often as its weight says.
#ifndef HEIMWEG_CLIENTS_GENERATOR_WEIGHTED_CHOICE_H_
#define HEIMWEG_CLIENTS_GENERATOR_WEIGHTED_CHOICE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "clients/generator/random.h"

namespace heimweg::generator {

// Immutable. Thread-safe.
class WeightedChoice {
 public:
  // At least one weight above 0; their sum below 2^32.
  explicit WeightedChoice(std::span<const uint32_t> weights);

  // An index of `weights`, with a binary search.
  size_t Draw(Random& random) const;

 private:
  std::vector<uint32_t> sums_;  // of the weights up to and with each
};

// `count` weights that fall as 1 / (rank + flatness): Zipf's law with an
// exponent of 1, its head cut down by `flatness` (1 or more).
std::vector<uint32_t> ZipfWeights(size_t count, uint32_t flatness);

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_WEIGHTED_CHOICE_H_
