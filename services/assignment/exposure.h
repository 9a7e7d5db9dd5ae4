// How evenly lists of offers spread people's eyes, so that one flat is not
// shown to everybody.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_EXPOSURE_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_EXPOSURE_H_

#include <cstdint>

#include "services/assignment/flow.h"

namespace heimweg::assignment {

struct Exposure {
  // How many people the offers are shown to: the most and the mean.
  int32_t most = 0;
  double mean = 0;
  // Gini coefficient of that number over all offers: 0 all alike, towards 1
  // one offer has everything. (2 sum(i x_i) / (n sum(x_i))) - (n + 1) / n with
  // x ascending and i from 1; 0 if nothing is shown.
  double gini = 0;
  // Part of the offers that somebody sees.
  double coverage = 0;
  int64_t total = 0;
};

// Of the chosen edges of `result`.
Exposure MeasureExposure(const FlowProblem& problem, const FlowResult& result);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_EXPOSURE_H_
