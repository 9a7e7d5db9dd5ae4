#include "services/assignment/simplex.h"

#include <ClpFactorization.hpp>
#include <ClpSimplex.hpp>
#include <algorithm>

namespace heimweg::assignment {

static_assert(Simplex::kInBasis == ClpSimplex::basic);
static_assert(Simplex::kAtLower == ClpSimplex::atLowerBound);

namespace {

// Of CLP: keep the factors of the basis, and use those that were kept.
constexpr int kKeepFactors = 1 + 2;
// Of CLP: factors as OSL makes them, the quickest for some hundred rows of
// which a column has many.
constexpr int kOslFactors = 3;

}  // namespace

Simplex::Simplex(const std::vector<double>& limits) { Clear(limits); }

void Simplex::Clear(const std::vector<double>& limits) {
  simplex_ = std::make_unique<ClpSimplex>();
  simplex_->setLogLevel(0);
  // Small whole numbers need none.
  simplex_->scaling(0);
  simplex_->factorization()->forceOtherFactorization(kOslFactors);
  simplex_->resize(static_cast<int>(limits.size()), 0);
  for (size_t r = 0; r < limits.size(); ++r) {
    simplex_->rowLower()[r] = -COIN_DBL_MAX;
    simplex_->rowUpper()[r] = limits[r];
  }
}

Simplex::~Simplex() = default;
Simplex::Simplex(Simplex&& other) noexcept = default;
Simplex& Simplex::operator=(Simplex&& other) noexcept = default;

void Simplex::AddColumns(const std::vector<Column>& columns) {
  if (columns.empty()) return;
  std::vector<CoinBigIndex> starts = {0};
  std::vector<int> rows;
  std::vector<double> factors;
  std::vector<double> lower(columns.size(), 0);
  std::vector<double> upper;
  std::vector<double> costs;
  for (const Column& column : columns) {
    for (const IntegerProgram::Entry& entry : column.entries) {
      rows.push_back(entry.row);
      factors.push_back(entry.factor);
    }
    starts.push_back(static_cast<CoinBigIndex>(rows.size()));
    upper.push_back(column.upper);
    costs.push_back(-column.objective);
  }
  simplex_->addColumns(static_cast<int>(columns.size()), lower.data(),
                       upper.data(), costs.data(), starts.data(), rows.data(),
                       factors.data());
}

void Simplex::SetObjective(int column, double objective) {
  simplex_->objective()[column] = -objective;
}

void Simplex::SetBounds(int column, double lower, double upper) {
  simplex_->columnLower()[column] = lower;
  simplex_->columnUpper()[column] = upper;
}

Simplex::Basis Simplex::basis() const {
  Basis basis;
  for (int c = 0; c < simplex_->numberColumns(); ++c) {
    basis.columns.push_back(simplex_->getColumnStatus(c));
  }
  for (int r = 0; r < simplex_->numberRows(); ++r) {
    basis.rows.push_back(simplex_->getRowStatus(r));
  }
  return basis;
}

void Simplex::SetBasis(const Basis& basis) {
  simplex_->createStatus();
  for (size_t c = 0; c < basis.columns.size(); ++c) {
    simplex_->setColumnStatus(
        static_cast<int>(c), static_cast<ClpSimplex::Status>(basis.columns[c]));
  }
  for (size_t r = 0; r < basis.rows.size(); ++r) {
    simplex_->setRowStatus(static_cast<int>(r),
                           static_cast<ClpSimplex::Status>(basis.rows[r]));
  }
}

bool Simplex::SolveAgain() {
  simplex_->dual(0, kKeepFactors);
  return simplex_->isProvenOptimal() || Solve();
}

bool Simplex::Solve() {
  simplex_->primal(0, kKeepFactors);
  return simplex_->isProvenOptimal();
}

std::optional<double> Simplex::ObjectiveWith(const std::vector<Factor>& row,
                                             double limit, int steps) const {
  std::vector<int> columns;
  std::vector<double> factors;
  for (const Factor& factor : row) {
    columns.push_back(factor.column);
    factors.push_back(factor.value);
  }
  ClpSimplex with(*simplex_);
  with.addRow(static_cast<int>(columns.size()), columns.data(), factors.data(),
              -COIN_DBL_MAX, limit);
  with.setMaximumIterations(steps);
  with.dual();
  if (with.isProvenPrimalInfeasible()) return std::nullopt;
  return -with.objectiveValue();
}

double Simplex::objective() const { return -simplex_->objectiveValue(); }

double Simplex::value(int column) const {
  return simplex_->primalColumnSolution()[column];
}

double Simplex::price(int row) const {
  return std::max(0.0, -simplex_->dualRowSolution()[row]);
}

}  // namespace heimweg::assignment
