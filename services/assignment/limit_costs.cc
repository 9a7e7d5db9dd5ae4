#include "services/assignment/limit_costs.h"

namespace heimweg::assignment {
namespace {

// So many trials of a limit are enough.
constexpr int kTrials = 5;

}  // namespace

void LimitCosts::Learn(const Trial& trial) {
  Sum& sum = sums_[Index(trial.limit)];
  sum.cost_per_part += trial.cost / trial.part;
  ++sum.trials;
}

std::optional<double> LimitCosts::Expect(const CountLimit& limit,
                                         double part) const {
  const Sum& sum = sums_[Index(limit)];
  if (sum.trials < kTrials) return std::nullopt;
  return part * sum.cost_per_part / sum.trials;
}

}  // namespace heimweg::assignment
