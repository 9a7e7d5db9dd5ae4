// What is branched on at a node.
#include <algorithm>
#include <optional>
#include <vector>

#include "services/assignment/pattern_node.h"

namespace heimweg::assignment {
namespace {

// Mixtures this close to 0 or 1 are not branched on.
constexpr double kUnsure = 1e-4;
// Open numbers that are looked at before one is branched on, and what costs so
// small a part of what is to be decided that it counts for nothing.
constexpr size_t kTriedCounts = 20;
constexpr double kLeastCost = 1e-3;

}  // namespace

double PatternNodes::CostOf(const CountLimit& limit, double part, double most) {
  const auto expected = costs_.Expect(limit, part);
  if (expected.has_value()) return std::min(most, *expected);
  const auto objective = master_.GuessWith(limit);
  const double cost = objective.has_value()
                          ? std::max(0.0, master_.objective() - *objective)
                          : most;
  trials_.push_back({limit, part, cost});
  return std::min(cost, most);
}

std::optional<CountLimit> PatternNodes::BestCount(const PatternNode& node) {
  std::optional<CountLimit> best;
  double best_score = -1;
  const double most = node.bound - Limit();
  for (const OpenCount& open : types_.MostOpen(node.values, kTriedCounts)) {
    const double few = CostOf(open.below, open.part, most);
    const double many = CostOf(open.below.Opposite(), 1 - open.part, most);
    const double score = (few + kLeastCost * most) * (many + kLeastCost * most);
    if (score <= best_score) continue;
    best_score = score;
    best = open.below;
  }
  return best;
}

void PatternNodes::Choose(PatternNode& node) {
  node.open_count.reset();
  if (node.bound > Limit() && !node.values.empty() && !IsLate()) {
    node.open_count = BestCount(node);
  }
}

void PatternNodes::Learn(const std::vector<LimitCosts::Trial>& trials) {
  for (const LimitCosts::Trial& trial : trials) costs_.Learn(trial);
}

int PatternNodes::OpenPair(const PatternNode& node) const {
  int best = -1;
  double best_score = -1;
  for (size_t i = 0; i < node.takings.size(); ++i) {
    if (node.takings[i] != Taking::kFree) continue;
    const double value = node.values.empty() ? 0 : node.values[i];
    const bool mixed = value > kUnsure && value < 1 - kUnsure;
    const double room = types_.RoomOf(problem_.pairs[i].household);
    const double score = mixed ? value * (1 - value) * room : 0;
    if (score > best_score) {
      best_score = score;
      best = static_cast<int>(i);
    }
  }
  return best;
}

}  // namespace heimweg::assignment
