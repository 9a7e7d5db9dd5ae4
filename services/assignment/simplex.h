// A linear programme that is solved again and again while columns come and go:
// it keeps its basis. With integer_program.h the only file that knows the
// solver (CLP).
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_SIMPLEX_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_SIMPLEX_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "services/assignment/integer_program.h"

class ClpSimplex;

namespace heimweg::assignment {

// Maximise the sum of objective x column; every row's sum is at most its limit,
// every column between 0 or more and its upper bound. Thread-compatible.
class Simplex {
 public:
  explicit Simplex(const std::vector<double>& limits);
  ~Simplex();
  Simplex(Simplex&& other) noexcept;
  Simplex& operator=(Simplex&& other) noexcept;

  struct Column {
    std::vector<IntegerProgram::Entry> entries;
    double objective = 0;
    double upper = 0;
  };
  // These rows, and no columns.
  void Clear(const std::vector<double>& limits);
  // Columns count from 0 in the order in which they came.
  void AddColumns(const std::vector<Column>& columns);
  void SetObjective(int column, double objective);
  void SetBounds(int column, double lower, double upper);

  // Where columns and rows are, each in the basis or at which bound: as much as
  // it takes to go on from here in another object.
  struct Basis {
    std::vector<uint8_t> columns;
    std::vector<uint8_t> rows;
  };
  static constexpr uint8_t kInBasis = 1;
  static constexpr uint8_t kAtLower = 3;
  Basis basis() const;
  // Rows that it does not know are in the basis.
  void SetBasis(const Basis& basis);

  // False if nothing keeps the rows and bounds.
  bool Solve();
  // As Solve; quicker if the basis was the best before rows came or bounds
  // changed.
  bool SolveAgain();

  struct Factor {
    int column = 0;
    double value = 0;
  };
  // After Solve: what the objective falls to with one more row whose sum is at
  // most the limit, or on its way there after so many steps. Nothing if the
  // columns cannot keep it.
  std::optional<double> ObjectiveWith(const std::vector<Factor>& row,
                                      double limit, int steps) const;

  // After Solve: what holds until the next change.
  double objective() const;
  double value(int column) const;
  // What a unit more of the row's limit is worth, 0 or more.
  double price(int row) const;

 private:
  std::unique_ptr<ClpSimplex> simplex_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_SIMPLEX_H_
