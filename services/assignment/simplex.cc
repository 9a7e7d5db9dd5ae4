#include "services/assignment/simplex.h"

#include <ClpSimplex.hpp>
#include <algorithm>

namespace heimweg::assignment {

Simplex::Simplex(const std::vector<double>& limits)
    : simplex_(std::make_unique<ClpSimplex>()) {
  simplex_->setLogLevel(0);
  simplex_->resize(0, 0);
  for (const double limit : limits) {
    simplex_->addRow(0, nullptr, nullptr, -COIN_DBL_MAX, limit);
  }
}

Simplex::~Simplex() = default;
Simplex::Simplex(Simplex&& other) noexcept = default;
Simplex& Simplex::operator=(Simplex&& other) noexcept = default;

void Simplex::AddColumn(const std::vector<IntegerProgram::Entry>& entries,
                        double objective, double upper) {
  std::vector<int> rows;
  std::vector<double> factors;
  for (const IntegerProgram::Entry& entry : entries) {
    rows.push_back(entry.row);
    factors.push_back(entry.factor);
  }
  simplex_->addColumn(static_cast<int>(rows.size()), rows.data(),
                      factors.data(), 0, upper, -objective);
}

void Simplex::RemoveColumns(const std::vector<int>& columns) {
  if (columns.empty()) return;
  simplex_->deleteColumns(static_cast<int>(columns.size()), columns.data());
}

void Simplex::SetObjective(int column, double objective) {
  simplex_->objective()[column] = -objective;
}

void Simplex::SetBounds(int column, double lower, double upper) {
  simplex_->columnLower()[column] = lower;
  simplex_->columnUpper()[column] = upper;
}

bool Simplex::Solve() {
  simplex_->primal();
  return simplex_->isProvenOptimal();
}

double Simplex::objective() const { return -simplex_->objectiveValue(); }

double Simplex::value(int column) const {
  return simplex_->primalColumnSolution()[column];
}

double Simplex::price(int row) const {
  return std::max(0.0, -simplex_->dualRowSolution()[row]);
}

}  // namespace heimweg::assignment
