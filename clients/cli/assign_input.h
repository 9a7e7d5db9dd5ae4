// What `heimweg batch assign` reads.
#ifndef HEIMWEG_CLIENTS_CLI_ASSIGN_INPUT_H_
#define HEIMWEG_CLIENTS_CLI_ASSIGN_INPUT_H_

#include <CLI/App.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/assignment/flow_csv.h"
#include "services/assignment/placement.h"

namespace heimweg::cli {

struct PlacementFiles {
  std::string weights;
  std::string sizes;
  std::string capacities;
  // May be empty.
  std::string compatibility;
  std::string locks;
  std::string preferences;
};

// Files of a flow problem, see flow_csv.h.
struct FlowFiles {
  std::string edges;
  std::string capacities;
};

// --edges and --capacities. `files` outlives the command.
std::pair<CLI::Option*, CLI::Option*> AddFlowFiles(CLI::App& command,
                                                   FlowFiles& files);

// INVALID_ARGUMENT naming file, line and column.
absl::StatusOr<assignment::NamedFlowProblem> ReadFlow(const FlowFiles& files,
                                                      std::istream& in);

// Opens `path`, standard input for "-", and hands it to `read`. As
// importers::CannotRead if it cannot be read.
absl::Status ReadFile(const std::string& path, std::istream& in,
                      absl::FunctionRef<absl::Status(std::istream&)> read);

// INVALID_ARGUMENT naming file, line and column.
absl::StatusOr<assignment::PlacementProblem> ReadPlacement(
    const PlacementFiles& files, std::istream& in);

// A file `household,place`; an empty place or NA: the household gets none.
absl::StatusOr<std::vector<assignment::PlacementLock>> ReadLocks(
    const std::string& path, std::istream& in,
    const assignment::PlacementProblem& problem);

// A file as the weights: how much a household wishes a place; by pair of the
// problem, 0 where it says nothing.
absl::StatusOr<std::vector<double>> ReadPreferences(
    const std::string& path, std::istream& in,
    const assignment::PlacementProblem& problem);

// Past arrivals, from files as the weights and sizes are, with the places,
// dimensions and capacities of `now` in its order; pairs with other places are
// left out.
absl::StatusOr<assignment::PlacementProblem> ReadPast(
    const std::string& weights, const std::string& sizes, std::istream& in,
    const assignment::PlacementProblem& now);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_ASSIGN_INPUT_H_
