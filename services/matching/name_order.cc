#include "services/matching/name_order.h"

#include <algorithm>

namespace heimweg::matching {
namespace {

constexpr size_t kSteps = 255;
// Names of which the steps are taken, for each step.
constexpr size_t kSampled = 8;

}  // namespace

void NameOrder::Build(const Cards& cards) {
  const uint32_t rows = cards.rows();
  if (rows <= kTooFew) return;
  std::vector<absl::string_view> sample;
  const uint64_t names = std::min<uint64_t>(rows, kSteps * kSampled);
  for (uint64_t i = 0; i < names; ++i) {
    sample.push_back(cards.NameAt(static_cast<uint32_t>(i * rows / names)));
  }
  std::sort(sample.begin(), sample.end());
  const size_t steps = std::min(sample.size(), kSteps);
  steps_.reserve(steps);
  for (size_t i = 0; i < steps; ++i) {
    steps_.emplace_back(sample[i * sample.size() / steps]);
  }
  numbers_.reserve(rows);
  for (uint32_t row = 0; row < rows; ++row) {
    numbers_.push_back(NumberOf(cards.NameAt(row)));
  }
}

uint8_t NameOrder::NumberOf(absl::string_view name) const {
  return static_cast<uint8_t>(
      std::upper_bound(steps_.begin(), steps_.end(), name) - steps_.begin());
}

int64_t NameOrder::Bytes() const {
  size_t bytes = numbers_.capacity() + steps_.capacity() * sizeof(std::string);
  for (const std::string& step : steps_) bytes += step.capacity();
  return static_cast<int64_t>(bytes);
}

}  // namespace heimweg::matching
