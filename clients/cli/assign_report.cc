#include "clients/cli/assign_report.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/output.h"
#include "clients/importers/json_syntax.h"

namespace heimweg::cli {
namespace {

using assignment::kUnplaced;
using assignment::Placement;
using assignment::PlacementProblem;
using importers::JsonQuoted;

double Parsed(const std::string& text) {
  double value = 0;
  return absl::SimpleAtod(text, &value) ? value : 0;
}

// The digits that bring the same number back.
std::string Number(double value) {
  for (int digits = 15; digits < 17; ++digits) {
    std::string text = absl::StrFormat("%.*g", digits, value);
    if (Parsed(text) == value) return text;
  }
  return absl::StrFormat("%.17g", value);
}

std::string ResultJson(const PlacementProblem& problem,
                       const AssignReport& result) {
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
  if (result.greedy.has_value()) {
    absl::StrAppend(&json, ",\"greedy\":", Number(*result.greedy));
  }
  if (result.what_if.has_value()) {
    absl::StrAppend(&json, ",\"whatIfObjective\":", Number(*result.what_if));
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

}  // namespace

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

void PrintAssignment(const PlacementProblem& problem,
                     const AssignReport& result, Session& session) {
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
  if (result.what_if.has_value()) {
    out << absl::StrFormat("With the changed capacity %.6f: %+.6f\n",
                           *result.what_if,
                           *result.what_if - placement.objective);
  }
  if (!placement.place_of.empty()) PrintUse(problem, placement, session);
}

// What there is, nothing solved.
void PrintDemand(const PlacementProblem& problem, Session& session) {
  std::ostream& out = session.console().out;
  if (session.json()) {
    out << "{\"households\":" << problem.households.size()
        << ",\"places\":" << problem.places.size()
        << ",\"pairs\":" << problem.pairs.size() << ",\"dimensions\":[";
  } else {
    out << problem.households.size() << " households, " << problem.places.size()
        << " places, " << problem.pairs.size() << " pairs\n";
  }
  const size_t dimensions = problem.dimensions.size();
  for (size_t d = 0; d < dimensions; ++d) {
    double demand = 0;
    double capacity = 0;
    for (size_t i = d; i < problem.sizes.size(); i += dimensions) {
      demand += problem.sizes[i];
    }
    for (size_t i = d; i < problem.capacities.size(); i += dimensions) {
      capacity += problem.capacities[i];
    }
    if (session.json()) {
      out << (d == 0 ? "" : ",")
          << "{\"dimension\":" << JsonQuoted(problem.dimensions[d])
          << ",\"demand\":" << Number(demand)
          << ",\"capacity\":" << Number(capacity) << "}";
    } else {
      out << Printable(problem.dimensions[d]) << ": demand " << demand
          << ", capacity " << capacity << "\n";
    }
  }
  if (session.json()) out << "]}\n";
}

}  // namespace heimweg::cli
