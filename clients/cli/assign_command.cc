// heimweg batch assign.
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "clients/cli/assign_input.h"
#include "clients/cli/assign_report.h"
#include "clients/cli/program.h"
#include "services/assignment/online.h"

namespace heimweg::cli {
namespace {

using assignment::Placement;
using assignment::PlacementOptions;
using assignment::PlacementProblem;
using assignment::PlacementStatus;

struct AssignOptions {
  PlacementFiles files;
  std::string time_limit = "60s";
  double floor = 0.95;
  std::string what_if;
  bool dry_run = false;
  bool online = false;
  std::string past_weights;
  std::string past_sizes;
  assignment::OnlineOptions arrivals;
};

// The best placement; with preferences the one that meets them best while the
// outcome keeps `floor` of its optimum.
absl::StatusOr<AssignReport> Solve(const AssignOptions& options,
                                   const PlacementProblem& problem,
                                   PlacementOptions solver, std::istream& in) {
  const absl::Time end = absl::Now() + solver.time_limit;
  std::vector<double> wishes;
  if (!options.files.preferences.empty()) {
    auto read = ReadPreferences(options.files.preferences, in, problem);
    if (!read.ok()) return read.status();
    wishes = *std::move(read);
    solver.time_limit /= 2;
  }
  auto best = SolvePlacement(problem, solver);
  if (!best.ok()) return best.status();
  AssignReport result;
  result.placement = *std::move(best);
  if (wishes.empty() || result.placement.place_of.empty()) return result;
  PlacementProblem wished = problem;
  solver.floor.emplace();
  for (size_t i = 0; i < wishes.size(); ++i) {
    solver.floor->weights.push_back(problem.pairs[i].weight);
    wished.pairs[i].weight = wishes[i];
  }
  result.best_outcome = result.placement.objective;
  solver.floor->least =
      result.best_outcome - (1 - options.floor) * std::abs(result.best_outcome);
  solver.start = result.placement.place_of;
  solver.time_limit = std::max(absl::Seconds(1), end - absl::Now());
  auto kept = SolvePlacement(wished, solver);
  if (!kept.ok()) return kept.status();
  result.placement = *std::move(kept);
  result.outcome = PlacementObjective(problem, result.placement.place_of);
  return result;
}

// Changes a capacity as "PLACE,DIMENSION,+2" says.
absl::Status ChangeCapacity(const std::string& change,
                            PlacementProblem& problem) {
  const std::vector<std::string> parts = absl::StrSplit(change, ',');
  double delta = 0;
  if (parts.size() == 3 && absl::SimpleAtod(parts[2], &delta) &&
      std::isfinite(delta)) {
    for (size_t i = 0; i < problem.capacities.size(); ++i) {
      const size_t dimensions = problem.dimensions.size();
      if (problem.places[i / dimensions] != parts[0] ||
          problem.dimensions[i % dimensions] != parts[1]) {
        continue;
      }
      problem.capacities[i] = std::max(0.0, problem.capacities[i] + delta);
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(
      "--what-if: expected PLACE,DIMENSION,CHANGE with names of the "
      "capacities, e.g. Elsterwerda,adults,+4");
}

// In the order of arrival, beside greedy and what hindsight could have reached.
absl::StatusOr<ExitCode> AssignOnline(const AssignOptions& options,
                                      const PlacementProblem& problem,
                                      const PlacementOptions& solver,
                                      Session& session) {
  const auto past = ReadPast(options.past_weights, options.past_sizes,
                             session.console().in, problem);
  if (!past.ok()) return past.status();
  const auto online = PlaceOnline(problem, *past, options.arrivals);
  if (!online.ok()) return online.status();
  const auto greedy = assignment::PlaceGreedily(problem);
  PlacementOptions hindsight_solver = solver;
  hindsight_solver.start = online->place_of;
  const auto hindsight = SolvePlacement(problem, hindsight_solver);
  if (!hindsight.ok()) return hindsight.status();
  const double bound = std::max(hindsight->bound, 1e-9);
  std::ostream& out = session.console().out;
  if (!session.json()) {
    out << absl::StrFormat(
        "In the order of arrival %.6f, greedy %.6f; of what hindsight can have "
        "at most (%.6f): %.2f %% and %.2f %%\n",
        online->objective, greedy.objective, hindsight->bound,
        100 * online->objective / bound, 100 * greedy.objective / bound);
    Placement placement;
    placement.place_of = online->place_of;
    PrintUse(problem, placement, session);
    return ExitCode::kOk;
  }
  AssignReport result;
  result.placement.status = PlacementStatus::kFeasible;
  result.placement.place_of = online->place_of;
  result.placement.objective = online->objective;
  result.placement.bound = hindsight->bound;
  result.placement.gap = (hindsight->bound - online->objective) /
                         std::max(online->objective, 1e-9);
  result.greedy = greedy.objective;
  PrintAssignment(problem, result, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Assign(const AssignOptions& options,
                                Session& session) {
  std::istream& in = session.console().in;
  PlacementOptions solver;
  if (!absl::ParseDuration(options.time_limit, &solver.time_limit) ||
      solver.time_limit <= absl::ZeroDuration() ||
      solver.time_limit > absl::Hours(24)) {
    return absl::InvalidArgumentError(
        "--time-limit: expected a duration up to 24h, e.g. 60s or 2m30s");
  }
  const auto problem = ReadPlacement(options.files, in);
  if (!problem.ok()) return problem.status();
  if (!options.files.locks.empty()) {
    auto locks = ReadLocks(options.files.locks, in, *problem);
    if (!locks.ok()) return locks.status();
    solver.locks = *std::move(locks);
  }
  if (options.dry_run) {
    PrintDemand(*problem, session);
    return ExitCode::kOk;
  }
  if (options.online) return AssignOnline(options, *problem, solver, session);
  PlacementProblem changed = *problem;
  if (!options.what_if.empty()) {
    const absl::Status status = ChangeCapacity(options.what_if, changed);
    if (!status.ok()) return status;
  }
  auto result = Solve(options, *problem, solver, in);
  if (!result.ok()) return result.status();
  if (!options.what_if.empty()) {
    solver.start = result->placement.place_of;
    const auto then = Solve(options, changed, solver, in);
    if (!then.ok()) return then.status();
    result->what_if = then->placement.objective;
  }
  PrintAssignment(*problem, *result, session);
  return result->placement.place_of.empty() && !problem->households.empty()
             ? ExitCode::kFailed
             : ExitCode::kOk;
}

CLI::Option* AddFile(CLI::App& command, const std::string& name,
                     std::string& file, const std::string& help) {
  return command.add_option(name, file, help)->type_name("FILE");
}

void AddFiles(CLI::App& command, PlacementFiles& files) {
  AddFile(
      command, "--weights", files.weights,
      "Header household,PLACE,…: what a pair is worth; empty or NA: no pair")
      ->required();
  AddFile(command, "--sizes", files.sizes,
          "Header household,DIMENSION,…: what a household takes")
      ->required();
  AddFile(command, "--capacities", files.capacities,
          "Header place,DIMENSION,…: what a place has")
      ->required();
  AddFile(command, "--compatibility", files.compatibility,
          "Header household,PLACE,…: empty, NA or 0: no pair");
  AddFile(command, "--locks", files.locks,
          "Header household,place: who stays where; an empty place: nowhere");
  AddFile(command, "--preferences", files.preferences,
          "Header household,PLACE,…: maximise these instead, while the sum of "
          "weights keeps the floor");
}

void AddOnline(CLI::App& command, AssignOptions& options) {
  CLI::Option* weights =
      AddFile(command, "--past-weights", options.past_weights,
              "Past arrivals, as the weights: what may still come");
  CLI::Option* sizes = AddFile(command, "--past-sizes", options.past_sizes,
                               "Past arrivals, as the sizes");
  command
      .add_flag("--online", options.online,
                "Place households in the order of the weights' rows, each for "
                "good, at prices learnt from the past and from those who came "
                "already; report the share of "
                "what hindsight could have reached, and greedy's")
      ->needs(weights)
      ->needs(sizes);
  command
      .add_option("--refresh", options.arrivals.refresh,
                  "Arrivals until prices are computed again")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->capture_default_str();
  command
      .add_option("--samples", options.arrivals.samples,
                  "Samples of the past whose prices are averaged")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str();
  command.add_option("--seed", options.arrivals.seed, "Of the samples")
      ->type_name("S")
      ->capture_default_str();
}

}  // namespace

void AddAssignCommand(CLI::App& batch, Program& program) {
  CLI::App* command = AddCommand(
      batch, "assign",
      "Give households that move as a whole to places with several capacities, "
      "with the greatest sum of weights; CSV files are joined by name",
      {"batch assign --weights W.csv --sizes S.csv --capacities C.csv",
       "batch assign --weights W.csv --sizes S.csv --capacities C.csv "
       "--locks L.csv --time-limit 5m --json",
       "batch assign --weights W.csv --sizes S.csv --capacities C.csv "
       "--preferences P.csv --floor 0.98",
       "batch assign --weights W.csv --sizes S.csv --capacities C.csv --online "
       "--past-weights PW.csv --past-sizes PS.csv"});
  auto options = std::make_shared<AssignOptions>();
  AddFiles(*command, options->files);
  command
      ->add_option(
          "--floor", options->floor,
          "Part of the best sum of weights that preferences must leave")
      ->type_name("PART")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--what-if", options->what_if,
                   "And what the sum would be with a changed capacity, e.g. "
                   "Elsterwerda,adults,+4")
      ->type_name("PLACE,DIMENSION,CHANGE");
  command->add_flag("--dry-run", options->dry_run,
                    "Read and check the files, solve nothing");
  AddOnline(*command, *options);
  command
      ->add_option("--time-limit", options->time_limit,
                   "The best that is found by then is printed with its bound")
      ->type_name("DURATION")
      ->capture_default_str();
  SetAction(*command, program,
            [options](Session& session) { return Assign(*options, session); });
}

void AddBatchCommands(CLI::App& root, Program& program) {
  CLI::App* batch =
      AddCommandGroup(root, "batch", "Work for many people at once");
  AddAssignCommand(*batch, program);
  AddOffersCommand(*batch, program);
  AddLotteryCommand(*batch, program);
  AddBatchRankCommand(*batch, program);
}

}  // namespace heimweg::cli
