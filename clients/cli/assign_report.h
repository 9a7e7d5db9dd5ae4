// How `heimweg batch assign` shows what it found.
#ifndef HEIMWEG_CLIENTS_CLI_ASSIGN_REPORT_H_
#define HEIMWEG_CLIENTS_CLI_ASSIGN_REPORT_H_

#include <optional>

#include "clients/cli/session.h"
#include "services/assignment/placement.h"

namespace heimweg::cli {

// A placement and the sum of the weights W that it reaches.
struct AssignReport {
  assignment::Placement placement;
  // With preferences: the sum of W, its optimum and the floor that was kept.
  std::optional<double> outcome;
  double best_outcome = 0;
  // Online: the sum that greedy reaches.
  std::optional<double> greedy;
  // With a changed capacity: the sum then.
  std::optional<double> what_if;
};

// A JSON object in a line, or for eyes the sum and what each place takes.
void PrintAssignment(const assignment::PlacementProblem& problem,
                     const AssignReport& result, Session& session);

// What each place takes, as a table.
void PrintUse(const assignment::PlacementProblem& problem,
              const assignment::Placement& placement, Session& session);

// Demand and capacity of each dimension; nothing is solved.
void PrintDemand(const assignment::PlacementProblem& problem, Session& session);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_ASSIGN_REPORT_H_
