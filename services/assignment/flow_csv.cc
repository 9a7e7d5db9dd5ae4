#include "services/assignment/flow_csv.h"

#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/csv_rows.h"

namespace heimweg::assignment {
namespace {

constexpr int32_t kNone = -1;

// Names and their numbers, in the order in which they come.
struct Names {
  std::vector<std::string> names;
  absl::flat_hash_map<std::string, int32_t> number_of;

  // Its number, and whether it is new.
  std::pair<int32_t, bool> Add(const std::string& name) {
    const auto [it, is_new] =
        number_of.try_emplace(name, static_cast<int32_t>(names.size()));
    if (is_new) names.push_back(name);
    return {it->second, is_new};
  }
};

// A whole number of a cell; kNone for empty and NA; INVALID_ARGUMENT else.
absl::StatusOr<int32_t> WholeNumber(absl::string_view file, const CsvRow& row,
                                    size_t column, int32_t most,
                                    bool may_miss) {
  const std::string& cell = row.cells[column];
  if (may_miss && (cell.empty() || absl::EqualsIgnoreCase(cell, "NA"))) {
    return kNone;
  }
  int32_t number = 0;
  if (!absl::SimpleAtoi(cell, &number) || number < 0 || number > most) {
    return CsvError(file, row.line, static_cast<int64_t>(column) + 1,
                    absl::StrCat("expected a whole number from 0 to ", most,
                                 may_miss ? ", an empty cell or NA" : ""));
  }
  return number;
}

// Takes the header, then every row with as many cells.
absl::Status ReadColumns(std::istream& in, absl::string_view file,
                         const std::vector<std::string>& header,
                         absl::FunctionRef<absl::Status(const CsvRow&)> take) {
  bool has_header = false;
  const auto text = [&header] {
    std::string names;
    for (const std::string& name : header) {
      absl::StrAppend(&names, names.empty() ? "" : ",", name);
    }
    return names;
  };
  absl::Status status = ReadCsv(in, file, [&](const CsvRow& row) {
    if (!has_header) {
      has_header = true;
      if (row.cells == header) return absl::OkStatus();
      return CsvError(file, row.line, 0,
                      absl::StrCat("expected the header ", text()));
    }
    if (row.cells.size() != header.size()) {
      return CsvError(file, row.line, 0,
                      absl::StrCat("expected ", header.size(),
                                   " columns, found ", row.cells.size()));
    }
    return take(row);
  });
  if (!status.ok() || has_header) return status;
  return CsvError(
      file, 1, 0,
      absl::StrCat("expected the header ", text(), "; the file is empty"));
}

absl::Status ReadCapacities(std::istream& in, absl::string_view file,
                            Names& offers, std::vector<int32_t>& capacities) {
  return ReadColumns(in, file, {"offer", "capacity"}, [&](const CsvRow& row) {
    if (row.cells[0].empty() || !offers.Add(row.cells[0]).second) {
      return CsvError(file, row.line, 1, "expected every offer once");
    }
    const auto capacity =
        WholeNumber(file, row, 1, std::numeric_limits<int32_t>::max(), false);
    if (capacity.ok()) capacities.push_back(*capacity);
    return capacity.status();
  });
}

struct Row {
  int32_t person;
  FlowEdge edge;
};

// Sorts the rows by person, in the order of the file.
void Group(const std::vector<Row>& rows, size_t people, FlowProblem& problem) {
  problem.first.assign(people + 1, 0);
  for (const Row& row : rows) ++problem.first[row.person + 1];
  for (size_t i = 0; i < people; ++i) problem.first[i + 1] += problem.first[i];
  problem.edges.resize(rows.size());
  std::vector<int64_t> next(problem.first.begin(), problem.first.end() - 1);
  for (const Row& row : rows) problem.edges[next[row.person]++] = row.edge;
}

}  // namespace

absl::StatusOr<NamedFlowProblem> ReadFlowProblem(
    std::istream& edges, absl::string_view edges_file, std::istream& capacities,
    absl::string_view capacities_file) {
  NamedFlowProblem named;
  Names people;
  Names offers;
  absl::Status status = ReadCapacities(capacities, capacities_file, offers,
                                       named.problem.capacities);
  if (!status.ok()) return status;
  std::vector<Row> rows;
  absl::flat_hash_set<std::pair<int32_t, int32_t>> seen;
  status = ReadColumns(
      edges, edges_file, {"person", "offer", "score"}, [&](const CsvRow& row) {
        if (row.cells[0].empty()) {
          return CsvError(edges_file, row.line, 1, "expected a person");
        }
        const auto offer = offers.number_of.find(row.cells[1]);
        if (offer == offers.number_of.end()) {
          return CsvError(
              edges_file, row.line, 2,
              absl::StrCat("expected an offer that ", capacities_file, " has"));
        }
        const auto score = WholeNumber(edges_file, row, 2, 1'000'000, true);
        if (!score.ok()) return score.status();
        const int32_t person = people.Add(row.cells[0]).first;
        if (*score == kNone) return absl::OkStatus();
        if (!seen.insert({person, offer->second}).second) {
          return CsvError(edges_file, row.line, 0,
                          "expected every pair of person and offer once");
        }
        rows.push_back({person, {offer->second, *score}});
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  Group(rows, people.names.size(), named.problem);
  named.people = std::move(people.names);
  named.offers = std::move(offers.names);
  return named;
}

}  // namespace heimweg::assignment
