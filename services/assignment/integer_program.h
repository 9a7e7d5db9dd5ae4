// A mixed integer programme and its solution by CBC: the one file that knows
// the solver.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_INTEGER_PROGRAM_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_INTEGER_PROGRAM_H_

#include <vector>

#include "absl/time/time.h"

namespace heimweg::assignment {

// Maximise the sum of objective x column, subject to rows.
struct IntegerProgram {
  struct Entry {
    int row = 0;
    double factor = 0;
  };
  struct Column {
    double lower = 0;
    double upper = 1;
    double objective = 0;
    bool integer = true;
    std::vector<Entry> entries;
  };
  struct Row {
    double lower = 0;
    double upper = 0;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

struct IntegerOptions {
  absl::Duration time_limit = absl::Seconds(60);
  // Relative gap at which the search ends.
  double relative_gap = 1e-9;
  // Values by column of a feasible solution to begin with; may be empty.
  std::vector<double> start;
};

struct IntegerSolution {
  enum class Status { kOptimal, kFeasible, kInfeasible, kUnknown };
  Status status = Status::kUnknown;
  // By column; empty unless optimal or feasible.
  std::vector<double> values;
  double objective = 0;
  // No solution has more; true whatever the status.
  double bound = 0;
};

// One core, no output, the same result for the same input unless the time limit
// ends it.
IntegerSolution SolveInteger(const IntegerProgram& program,
                             const IntegerOptions& options);

// The linear relaxation.
struct LinearSolution {
  bool optimal = false;
  double objective = 0;
  std::vector<double> values;
  // By column: by how much a unit of it lowers the objective (0 or more where
  // the column is at its lower bound).
  std::vector<double> reduced_costs;
  // By row: what a unit more of its limit is worth.
  std::vector<double> shadow_prices;
};

LinearSolution SolveLinear(const IntegerProgram& program);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_INTEGER_PROGRAM_H_
