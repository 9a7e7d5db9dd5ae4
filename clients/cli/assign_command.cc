// heimweg batch assign.
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/assign_input.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/importers/json_syntax.h"

namespace heimweg::cli {
namespace {

using importers::JsonQuoted;

using assignment::kUnplaced;
using assignment::Placement;
using assignment::PlacementOptions;
using assignment::PlacementProblem;
using assignment::PlacementStatus;

struct Options {
  PlacementFiles files;
  std::string time_limit = "60s";
  double floor = 0.95;
};

// The digits that bring the same number back.
std::string Number(double value) {
  for (int digits = 15; digits < 17; ++digits) {
    const std::string text = absl::StrFormat("%.*g", digits, value);
    if (std::stod(text) == value) return text;
  }
  return absl::StrFormat("%.17g", value);
}

// A placement and the sum of the weights W that it reaches.
struct Result {
  Placement placement;
  // With preferences: the sum of W, its optimum and the floor that was kept.
  std::optional<double> outcome;
  double best_outcome = 0;
};

std::string ResultJson(const PlacementProblem& problem, const Result& result) {
  const Placement& placement = result.placement;
  std::string json =
      absl::StrCat("{\"status\":", JsonQuoted(StatusName(placement.status)),
                   ",\"objective\":", Number(placement.objective),
                   ",\"bound\":", Number(placement.bound),
                   ",\"gap\":", Number(placement.gap));
  if (result.outcome.has_value()) {
    absl::StrAppend(&json, ",\"outcome\":", Number(*result.outcome),
                    ",\"bestOutcome\":", Number(result.best_outcome));
  }
  std::string unplaced;
  absl::StrAppend(&json, ",\"assignments\":[");
  absl::string_view comma;
  for (size_t i = 0; i < placement.place_of.size(); ++i) {
    const std::string household = JsonQuoted(problem.households[i]);
    if (placement.place_of[i] == kUnplaced) {
      absl::StrAppend(&unplaced, unplaced.empty() ? "" : ",", household);
      continue;
    }
    absl::StrAppend(&json, comma, "{\"household\":", household, ",\"place\":",
                    JsonQuoted(problem.places[placement.place_of[i]]), "}");
    comma = ",";
  }
  absl::StrAppend(&json, "],\"unplaced\":[", unplaced, "]}\n");
  return json;
}

void PrintUse(const PlacementProblem& problem, const Placement& placement,
              Session& session) {
  const size_t dimensions = problem.dimensions.size();
  std::vector<double> used(problem.capacities.size(), 0);
  std::vector<int> households(problem.places.size(), 0);
  for (size_t i = 0; i < placement.place_of.size(); ++i) {
    const int place = placement.place_of[i];
    if (place == kUnplaced) continue;
    ++households[place];
    for (size_t d = 0; d < dimensions; ++d) {
      used[place * dimensions + d] +=
          problem.size(static_cast<int>(i), static_cast<int>(d));
    }
  }
  Table table;
  table.AddColumn("Place", Table::Align::kLeft, true);
  table.AddColumn("Households", Table::Align::kRight);
  for (const std::string& dimension : problem.dimensions) {
    table.AddColumn(Printable(dimension), Table::Align::kRight);
  }
  for (size_t k = 0; k < problem.places.size(); ++k) {
    std::vector<std::string> row = {Printable(problem.places[k]),
                                    absl::StrCat(households[k])};
    for (size_t d = 0; d < dimensions; ++d) {
      row.push_back(absl::StrCat(used[k * dimensions + d], " of ",
                                 problem.capacities[k * dimensions + d]));
    }
    table.AddRow(std::move(row));
  }
  PrintTable(table, session);
}

void PrintResult(const PlacementProblem& problem, const Result& result,
                 Session& session) {
  const Placement& placement = result.placement;
  std::ostream& out = session.console().out;
  if (session.json()) {
    out << ResultJson(problem, result);
    return;
  }
  int placed = 0;
  for (const int place : placement.place_of) placed += place != kUnplaced;
  out << StatusName(placement.status) << ": " << placed << " of "
      << problem.households.size() << " households placed, sum "
      << absl::StrFormat("%.6f, bound %.6f, gap %.2g\n", placement.objective,
                         placement.bound, placement.gap);
  if (result.outcome.has_value()) {
    out << absl::StrFormat("Outcome %.6f of %.6f at best\n", *result.outcome,
                           result.best_outcome);
  }
  if (!placement.place_of.empty()) PrintUse(problem, placement, session);
}

// The best placement; with preferences the one that meets them best while the
// outcome keeps `floor` of its optimum.
absl::StatusOr<Result> Solve(const Options& options,
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
  Result result{*std::move(best), std::nullopt, 0};
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

absl::StatusOr<ExitCode> Assign(const Options& options, Session& session) {
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
  const auto result = Solve(options, *problem, std::move(solver), in);
  if (!result.ok()) return result.status();
  PrintResult(*problem, *result, session);
  return result->placement.place_of.empty() && !problem->households.empty()
             ? ExitCode::kFailed
             : ExitCode::kOk;
}

CLI::Option* AddFile(CLI::App& command, const std::string& name,
                     std::string& file, const std::string& help) {
  return command.add_option(name, file, help)->type_name("FILE");
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
       "--preferences P.csv --floor 0.98"});
  auto options = std::make_shared<Options>();
  AddFile(
      *command, "--weights", options->files.weights,
      "Header household,PLACE,…: what a pair is worth; empty or NA: no pair")
      ->required();
  AddFile(*command, "--sizes", options->files.sizes,
          "Header household,DIMENSION,…: what a household takes")
      ->required();
  AddFile(*command, "--capacities", options->files.capacities,
          "Header place,DIMENSION,…: what a place has")
      ->required();
  AddFile(*command, "--compatibility", options->files.compatibility,
          "Header household,PLACE,…: empty, NA or 0: no pair");
  AddFile(*command, "--locks", options->files.locks,
          "Header household,place: who stays where; an empty place: nowhere");
  AddFile(*command, "--preferences", options->files.preferences,
          "Header household,PLACE,…: maximise these instead, while the sum of "
          "weights keeps the floor");
  command
      ->add_option(
          "--floor", options->floor,
          "Part of the best sum of weights that preferences must leave")
      ->type_name("PART")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
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
}

}  // namespace heimweg::cli
