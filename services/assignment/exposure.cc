#include "services/assignment/exposure.h"

#include <algorithm>
#include <vector>

namespace heimweg::assignment {

Exposure MeasureExposure(const FlowProblem& problem, const FlowResult& result) {
  Exposure exposure;
  exposure.total = result.total;
  std::vector<int32_t> loads(problem.capacities.size(), 0);
  for (const int64_t i : result.chosen) ++loads[problem.edges[i].offer];
  if (loads.empty()) return exposure;
  std::sort(loads.begin(), loads.end());
  const double offers = static_cast<double>(loads.size());
  double sum = 0;
  double weighted = 0;
  for (size_t i = 0; i < loads.size(); ++i) {
    sum += loads[i];
    weighted += static_cast<double>(i + 1) * loads[i];
    if (loads[i] > 0) exposure.coverage += 1 / offers;
  }
  exposure.most = loads.back();
  exposure.mean = sum / offers;
  if (sum > 0) {
    exposure.gini = 2 * weighted / (offers * sum) - (offers + 1) / offers;
  }
  return exposure;
}

}  // namespace heimweg::assignment
