#include "clients/cli/assign_input.h"

#include <cmath>
#include <fstream>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/byte_source.h"
#include "services/assignment/csv_rows.h"
#include "services/assignment/placement_csv.h"

namespace heimweg::cli {
namespace {

using assignment::CsvError;
using assignment::CsvRow;
using assignment::kUnplaced;
using assignment::NumberTable;
using assignment::PlacementLock;
using assignment::PlacementProblem;

absl::StatusOr<NumberTable> ReadTable(const std::string& path, std::istream& in,
                                      absl::string_view key) {
  absl::StatusOr<NumberTable> table = NumberTable();
  const absl::Status status = ReadFile(path, in, [&](std::istream& file) {
    table = assignment::ReadNumberTable(file, path, key);
    return table.status();
  });
  if (!status.ok()) return status;
  return table;
}

absl::flat_hash_map<std::string, int> Indices(
    const std::vector<std::string>& names) {
  absl::flat_hash_map<std::string, int> indices;
  for (size_t i = 0; i < names.size(); ++i) {
    indices.emplace(names[i], static_cast<int>(i));
  }
  return indices;
}

// Rows of a locks file. Thread-compatible.
class LockReader {
 public:
  LockReader(std::string file, const PlacementProblem& problem)
      : file_(std::move(file)),
        households_(Indices(problem.households)),
        places_(Indices(problem.places)),
        seen_(problem.households.size(), false) {}

  absl::Status Take(const CsvRow& row) {
    if (row.cells.size() != 2) {
      return CsvError(file_, row.line, 0, "expected two columns");
    }
    if (!has_header_) {
      has_header_ = true;
      if (row.cells[0] == "household" && row.cells[1] == "place") {
        return absl::OkStatus();
      }
      return CsvError(file_, row.line, 0,
                      "expected the header household,place");
    }
    const auto household = households_.find(row.cells[0]);
    if (household == households_.end()) {
      return CsvError(file_, row.line, 1,
                      "expected a household that the weights name");
    }
    if (seen_[household->second]) {
      return CsvError(file_, row.line, 1, "expected every household once");
    }
    seen_[household->second] = true;
    PlacementLock lock{household->second, kUnplaced};
    const std::string& name = row.cells[1];
    if (!name.empty() && !absl::EqualsIgnoreCase(name, "NA")) {
      const auto place = places_.find(name);
      if (place == places_.end()) {
        return CsvError(file_, row.line, 2,
                        "expected a place that the weights name, an empty cell "
                        "or NA");
      }
      lock.place = place->second;
    }
    locks_.push_back(lock);
    return absl::OkStatus();
  }

  std::vector<PlacementLock> locks() && { return std::move(locks_); }

 private:
  const std::string file_;
  const absl::flat_hash_map<std::string, int> households_;
  const absl::flat_hash_map<std::string, int> places_;
  bool has_header_ = false;
  std::vector<bool> seen_;
  std::vector<PlacementLock> locks_;
};

}  // namespace

absl::Status ReadFile(const std::string& path, std::istream& in,
                      absl::FunctionRef<absl::Status(std::istream&)> read) {
  if (path == "-") return read(in);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return importers::CannotRead(path, "a CSV file");
  }
  return read(file);
}

std::pair<CLI::Option*, CLI::Option*> AddFlowFiles(CLI::App& command,
                                                   FlowFiles& files) {
  CLI::Option* edges =
      command
          .add_option("--edges", files.edges,
                      "Header person,offer,score: scores in millionths; empty "
                      "or NA: no pair")
          ->type_name("FILE");
  CLI::Option* capacities =
      command
          .add_option("--capacities", files.capacities, "Header offer,capacity")
          ->type_name("FILE");
  return {edges, capacities};
}

absl::StatusOr<assignment::NamedFlowProblem> ReadFlow(const FlowFiles& files,
                                                      std::istream& in) {
  absl::StatusOr<assignment::NamedFlowProblem> named =
      assignment::NamedFlowProblem();
  const absl::Status status =
      ReadFile(files.capacities, in, [&](std::istream& capacities) {
        return ReadFile(files.edges, in, [&](std::istream& edges) {
          named = assignment::ReadFlowProblem(edges, files.edges, capacities,
                                              files.capacities);
          return named.status();
        });
      });
  if (!status.ok()) return status;
  return named;
}

absl::StatusOr<PlacementProblem> ReadPlacement(const PlacementFiles& files,
                                               std::istream& in) {
  const auto weights = ReadTable(files.weights, in, "household");
  if (!weights.ok()) return weights.status();
  const auto sizes = ReadTable(files.sizes, in, "household");
  if (!sizes.ok()) return sizes.status();
  const auto capacities = ReadTable(files.capacities, in, "place");
  if (!capacities.ok()) return capacities.status();
  if (files.compatibility.empty()) {
    return assignment::JoinPlacement(*weights, *sizes, *capacities, nullptr);
  }
  const auto compatibility = ReadTable(files.compatibility, in, "household");
  if (!compatibility.ok()) return compatibility.status();
  return assignment::JoinPlacement(*weights, *sizes, *capacities,
                                   &*compatibility);
}

absl::StatusOr<std::vector<PlacementLock>> ReadLocks(
    const std::string& path, std::istream& in,
    const PlacementProblem& problem) {
  LockReader reader(path, problem);
  const absl::Status status = ReadFile(path, in, [&](std::istream& file) {
    return assignment::ReadCsv(
        file, path, [&reader](const CsvRow& row) { return reader.Take(row); });
  });
  if (!status.ok()) return status;
  return std::move(reader).locks();
}

absl::StatusOr<std::vector<double>> ReadPreferences(
    const std::string& path, std::istream& in,
    const PlacementProblem& problem) {
  const auto table = ReadTable(path, in, "household");
  if (!table.ok()) return table.status();
  std::vector<double> wishes;
  for (const assignment::PlacementPair& pair : problem.pairs) {
    const auto row = table->row_of.find(problem.households[pair.household]);
    const auto column = table->column_of.find(problem.places[pair.place]);
    const bool said =
        row != table->row_of.end() && column != table->column_of.end();
    const double wish = said ? table->cell(row->second, column->second) : 0;
    wishes.push_back(std::isnan(wish) ? 0 : wish);
  }
  return wishes;
}

absl::StatusOr<PlacementProblem> ReadPast(const std::string& weights,
                                          const std::string& sizes,
                                          std::istream& in,
                                          const PlacementProblem& now) {
  const auto weight_table = ReadTable(weights, in, "household");
  if (!weight_table.ok()) return weight_table.status();
  const auto size_table = ReadTable(sizes, in, "household");
  if (!size_table.ok()) return size_table.status();
  // Capacities without a limit of their own: only names are joined.
  NumberTable capacities;
  capacities.file = "the capacities";
  capacities.columns = now.dimensions;
  capacities.column_of = Indices(now.dimensions);
  for (const std::string& place : weight_table->columns) {
    capacities.row_of.emplace(place, static_cast<int>(capacities.rows.size()));
    capacities.rows.push_back(place);
    capacities.lines.push_back(1);
    capacities.cells.resize(capacities.cells.size() + now.dimensions.size(), 0);
  }
  const auto joined = assignment::JoinPlacement(*weight_table, *size_table,
                                                capacities, nullptr);
  if (!joined.ok()) return joined.status();
  PlacementProblem past;
  past.households = joined->households;
  past.places = now.places;
  past.dimensions = now.dimensions;
  past.capacities = now.capacities;
  const auto dimension_of = Indices(joined->dimensions);
  for (size_t i = 0; i < past.households.size(); ++i) {
    for (const std::string& dimension : now.dimensions) {
      past.sizes.push_back(
          joined->size(static_cast<int>(i), dimension_of.at(dimension)));
    }
  }
  const auto place_of = Indices(now.places);
  for (const assignment::PlacementPair& pair : joined->pairs) {
    const auto place = place_of.find(joined->places[pair.place]);
    if (place == place_of.end()) continue;
    past.pairs.push_back({pair.household, place->second, pair.weight});
  }
  return past;
}

}  // namespace heimweg::cli
