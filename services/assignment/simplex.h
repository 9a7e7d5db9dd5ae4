// A linear programme that is solved again and again while columns come and go:
// it keeps its basis. With integer_program.h the only file that knows the
// solver (CLP).
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_SIMPLEX_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_SIMPLEX_H_

#include <memory>
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

  // Columns count from 0 in the order in which they came.
  void AddColumn(const std::vector<IntegerProgram::Entry>& entries,
                 double objective, double upper);
  // Rising numbers; those behind them move up.
  void RemoveColumns(const std::vector<int>& columns);
  void SetObjective(int column, double objective);
  void SetBounds(int column, double lower, double upper);

  // False if nothing keeps the rows and bounds.
  bool Solve();

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
