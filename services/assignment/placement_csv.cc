#include "services/assignment/placement_csv.h"

#include <cmath>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/csv_rows.h"

namespace heimweg::assignment {
namespace {

absl::Status TakeHeader(const CsvRow& row, absl::string_view key,
                        NumberTable& table) {
  if (row.cells[0] != key) {
    return CsvError(
        table.file, row.line, 1,
        absl::StrCat(
            "expected the header to begin with \"", key, "\"",
            row.cells.size() == 1 ? " and commas between the columns" : ""));
  }
  for (size_t i = 1; i < row.cells.size(); ++i) {
    const std::string& name = row.cells[i];
    const int64_t column = static_cast<int64_t>(i) + 1;
    if (name.empty()) {
      return CsvError(table.file, row.line, column, "expected a name");
    }
    if (!table.column_of.emplace(name, static_cast<int>(i) - 1).second) {
      return CsvError(table.file, row.line, column,
                      "expected every name once in the header");
    }
    table.columns.push_back(name);
  }
  if (table.columns.empty()) {
    return CsvError(table.file, row.line, 0,
                    absl::StrCat("expected columns after \"", key, "\""));
  }
  return absl::OkStatus();
}

absl::Status TakeRow(const CsvRow& row, absl::string_view key,
                     NumberTable& table) {
  if (row.cells.size() != table.columns.size() + 1) {
    return CsvError(
        table.file, row.line, 0,
        absl::StrCat("expected ", table.columns.size() + 1,
                     " columns as in the header, found ", row.cells.size()));
  }
  if (row.cells[0].empty()) {
    return CsvError(table.file, row.line, 1,
                    absl::StrCat("expected the name of a ", key));
  }
  const auto [seen, is_new] =
      table.row_of.emplace(row.cells[0], static_cast<int>(table.rows.size()));
  if (!is_new) {
    return CsvError(
        table.file, row.line, 1,
        absl::StrCat("expected every ", key, " once; this one stands in line ",
                     table.lines[seen->second], ", too"));
  }
  for (size_t i = 1; i < row.cells.size(); ++i) {
    const std::string& cell = row.cells[i];
    double number = std::numeric_limits<double>::quiet_NaN();
    if (!cell.empty() && !absl::EqualsIgnoreCase(cell, "NA") &&
        (!absl::SimpleAtod(cell, &number) || !std::isfinite(number))) {
      return CsvError(table.file, row.line, static_cast<int64_t>(i) + 1,
                      absl::StrCat("(", table.columns[i - 1],
                                   "): expected a number with a decimal point, "
                                   "an empty cell or NA"));
    }
    table.cells.push_back(number);
  }
  table.rows.push_back(row.cells[0]);
  table.lines.push_back(row.line);
  return absl::OkStatus();
}

// Amounts of a table by rows and dimensions of others.
absl::Status TakeAmounts(const NumberTable& table,
                         const std::vector<std::string>& rows,
                         const std::vector<std::string>& dimensions,
                         absl::string_view named_in, absl::string_view key,
                         std::vector<double>& amounts) {
  for (const std::string& name : rows) {
    const auto row = table.row_of.find(name);
    if (row == table.row_of.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat(table.file, ": expected a row for the ", key, " \"",
                       name, "\", which ", named_in, " names"));
    }
    for (const std::string& dimension : dimensions) {
      const int column = table.column_of.at(dimension);
      const double amount = table.cell(row->second, column);
      // Not a number is none of these either.
      if (!(amount >= 0)) {
        return CsvError(
            table.file, table.lines[row->second], column + 2,
            absl::StrCat("(", dimension, "): expected a number of 0 or more"));
      }
      amounts.push_back(amount);
    }
  }
  return absl::OkStatus();
}

absl::Status CheckColumns(const NumberTable& table,
                          const std::vector<std::string>& needed,
                          absl::string_view named_in) {
  for (const std::string& name : needed) {
    if (!table.column_of.contains(name)) {
      return absl::InvalidArgumentError(
          absl::StrCat(table.file, ": expected a column \"", name, "\", which ",
                       named_in, " has"));
    }
  }
  return absl::OkStatus();
}

bool Compatible(const NumberTable* table, const std::string& household,
                const std::string& place) {
  if (table == nullptr) return true;
  const double cell =
      table->cell(table->row_of.at(household), table->column_of.at(place));
  return !std::isnan(cell) && cell != 0;
}

absl::Status CheckCompatibility(const NumberTable& table,
                                const NumberTable& weights) {
  for (const std::string& household : weights.rows) {
    if (!table.row_of.contains(household)) {
      return absl::InvalidArgumentError(
          absl::StrCat(table.file, ": expected a row for the household \"",
                       household, "\", which ", weights.file, " names"));
    }
  }
  return CheckColumns(table, weights.columns, weights.file);
}

}  // namespace

absl::StatusOr<NumberTable> ReadNumberTable(std::istream& in,
                                            absl::string_view file,
                                            absl::string_view key) {
  NumberTable table;
  table.file = std::string(file);
  bool has_header = false;
  const absl::Status status = ReadCsv(in, file, [&](const CsvRow& row) {
    if (has_header) return TakeRow(row, key, table);
    has_header = true;
    return TakeHeader(row, key, table);
  });
  if (!status.ok()) return status;
  if (!has_header) {
    return CsvError(file, 1, 0,
                    absl::StrCat("expected a header that begins with \"", key,
                                 "\"; the file is empty"));
  }
  return table;
}

absl::StatusOr<PlacementProblem> JoinPlacement(
    const NumberTable& weights, const NumberTable& sizes,
    const NumberTable& capacities, const NumberTable* compatibility) {
  PlacementProblem problem;
  problem.households = weights.rows;
  problem.places = weights.columns;
  problem.dimensions = sizes.columns;
  absl::Status status = CheckColumns(capacities, sizes.columns, sizes.file);
  if (status.ok())
    status = CheckColumns(sizes, capacities.columns, capacities.file);
  if (status.ok() && compatibility != nullptr) {
    status = CheckCompatibility(*compatibility, weights);
  }
  if (status.ok()) {
    status = TakeAmounts(sizes, weights.rows, problem.dimensions, weights.file,
                         "household", problem.sizes);
  }
  if (status.ok()) {
    status = TakeAmounts(capacities, weights.columns, problem.dimensions,
                         weights.file, "place", problem.capacities);
  }
  if (!status.ok()) return status;
  for (size_t i = 0; i < weights.rows.size(); ++i) {
    for (size_t k = 0; k < weights.columns.size(); ++k) {
      const int household = static_cast<int>(i);
      const int place = static_cast<int>(k);
      const double weight = weights.cell(household, place);
      if (std::isnan(weight) ||
          !Compatible(compatibility, weights.rows[i], weights.columns[k])) {
        continue;
      }
      problem.pairs.push_back({household, place, weight});
    }
  }
  return problem;
}

}  // namespace heimweg::assignment
