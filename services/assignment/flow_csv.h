// A flow problem from plain CSV files: edges `person,offer,score` in any order,
// capacities `offer,capacity`; joined by name.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_FLOW_CSV_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_FLOW_CSV_H_

#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/flow.h"

namespace heimweg::assignment {

struct NamedFlowProblem {
  FlowProblem problem;
  // In the order in which they come first.
  std::vector<std::string> people;
  std::vector<std::string> offers;
};

// Scores are whole millionths from 0 to 1,000,000, as rankings print them; a
// row whose score is empty or NA is no pair, but its person counts. A person's
// edges keep the order of the file. INVALID_ARGUMENT naming file, line and
// column.
absl::StatusOr<NamedFlowProblem> ReadFlowProblem(
    std::istream& edges, absl::string_view edges_file, std::istream& capacities,
    absl::string_view capacities_file);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_FLOW_CSV_H_
