// A placement problem from plain CSV files, so that published instances can be
// run. Weights and compatibility have the header `household,<place>,…`, sizes
// `household,<dimension>,…`, capacities `place,<dimension>,…`; the files are
// joined by name, never by position.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_CSV_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_CSV_H_

#include <functional>
#include <istream>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

// A named table of numbers. Rows and columns have unique names.
struct NumberTable {
  // As the messages name it.
  std::string file;
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  // Lines of the rows.
  std::vector<int64_t> lines;
  // cells[row * columns + column]; NaN: the cell is empty or NA.
  std::vector<double> cells;
  absl::flat_hash_map<std::string, int> row_of;
  absl::flat_hash_map<std::string, int> column_of;

  double cell(int row, int column) const {
    return cells[row * columns.size() + column];
  }
};

// The first column of the header is called `key`. Numbers have a decimal point,
// empty and NA cells are NaN. INVALID_ARGUMENT naming file, line and column.
absl::StatusOr<NumberTable> ReadNumberTable(std::istream& in,
                                            absl::string_view file,
                                            absl::string_view key);

// Joins the tables. Households are those of `weights` in its order; a household
// or place that it names must stand in the other tables, rows that only the
// others have are left out. `compatibility` may be null; its empty, NA and 0
// cells mean no pair, as empty and NA do in `weights`. INVALID_ARGUMENT for
// names that are missing, dimensions that sizes and capacities do not share,
// and empty or negative sizes and capacities.
absl::StatusOr<PlacementProblem> JoinPlacement(
    const NumberTable& weights, const NumberTable& sizes,
    const NumberTable& capacities, const NumberTable* compatibility);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_CSV_H_
