#include "services/assignment/integer_program.h"

#include <Cbc_C_Interface.h>

#include <ClpSimplex.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_format.h"

namespace heimweg::assignment {
namespace {

// COIN_DBL_MAX, which is no constant expression everywhere.
constexpr double kInfinity = std::numeric_limits<double>::max();

// The columns as COIN's libraries take them; they minimise.
struct Packed {
  explicit Packed(const IntegerProgram& program) {
    starts.push_back(0);
    for (const IntegerProgram::Column& column : program.columns) {
      for (const IntegerProgram::Entry& entry : column.entries) {
        rows.push_back(entry.row);
        factors.push_back(entry.factor);
      }
      starts.push_back(static_cast<CoinBigIndex>(rows.size()));
      lower.push_back(column.lower);
      upper.push_back(column.upper);
      costs.push_back(-column.objective);
    }
    for (const IntegerProgram::Row& row : program.rows) {
      row_lower.push_back(std::max(row.lower, -kInfinity));
      row_upper.push_back(std::min(row.upper, kInfinity));
    }
  }

  std::vector<CoinBigIndex> starts;
  std::vector<int> rows;
  std::vector<double> factors, lower, upper, costs, row_lower, row_upper;
};

struct Deleter {
  void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};
using Model = std::unique_ptr<Cbc_Model, Deleter>;

// The objective is scaled so that its weights reach this: the solver's
// tolerances are absolute.
constexpr double kScaledWeight = 1000;

double Scale(const IntegerProgram& program) {
  double largest = 0;
  for (const IntegerProgram::Column& column : program.columns) {
    largest = std::max(largest, std::abs(column.objective));
  }
  return largest > 0 ? kScaledWeight / largest : 1;
}

Model Load(const IntegerProgram& program, const IntegerOptions& options,
           double scale) {
  Packed packed(program);
  for (double& cost : packed.costs) cost *= scale;
  Model model(Cbc_newModel());
  Cbc_setLogLevel(model.get(), 0);
  Cbc_loadProblem(model.get(), static_cast<int>(program.columns.size()),
                  static_cast<int>(program.rows.size()), packed.starts.data(),
                  packed.rows.data(), packed.factors.data(),
                  packed.lower.data(), packed.upper.data(), packed.costs.data(),
                  packed.row_lower.data(), packed.row_upper.data());
  for (size_t i = 0; i < program.columns.size(); ++i) {
    if (program.columns[i].integer) {
      Cbc_setInteger(model.get(), static_cast<int>(i));
    }
  }
  const auto set = [&model](const char* name, double value) {
    Cbc_setParameter(model.get(), name,
                     absl::StrFormat("%.17g", value).c_str());
  };
  Cbc_setParameter(model.get(), "log", "0");
  Cbc_setParameter(model.get(), "timeMode", "elapsed");
  set("seconds", std::max(0.01, absl::ToDoubleSeconds(options.time_limit)));
  set("ratioGap", options.relative_gap);
  set("increment", 1e-7);
  return model;
}

double Objective(const IntegerProgram& program,
                 const std::vector<double>& values) {
  double sum = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    sum += program.columns[i].objective * values[i];
  }
  return sum;
}

}  // namespace

IntegerSolution SolveInteger(const IntegerProgram& program,
                             const IntegerOptions& options) {
  using Status = IntegerSolution::Status;
  const double scale = Scale(program);
  const Model model = Load(program, options, scale);
  IntegerSolution solution;
  const bool started = !options.start.empty();
  if (started) {
    solution.values = options.start;
    solution.objective = Objective(program, solution.values);
    Cbc_setParameter(
        model.get(), "cutoff",
        absl::StrFormat("%.17g", -solution.objective * scale).c_str());
  }
  Cbc_solve(model.get());
  const double* best = Cbc_bestSolution(model.get());
  if (best != nullptr) {
    std::vector<double> values(best, best + program.columns.size());
    for (size_t i = 0; i < values.size(); ++i) {
      if (program.columns[i].integer) values[i] = std::round(values[i]);
    }
    const double objective = Objective(program, values);
    if (!started || objective > solution.objective) {
      solution.values = std::move(values);
      solution.objective = objective;
    }
  }
  const bool none_better = Cbc_isProvenInfeasible(model.get()) != 0;
  if (none_better && !started) {
    solution.status = Status::kInfeasible;
  } else if (none_better || Cbc_isProvenOptimal(model.get()) != 0) {
    solution.status = Status::kOptimal;
  } else {
    solution.status =
        solution.values.empty() ? Status::kUnknown : Status::kFeasible;
  }
  solution.bound =
      none_better ? solution.objective
                  : std::max(solution.objective,
                             -Cbc_getBestPossibleObjValue(model.get()) / scale);
  return solution;
}

LinearSolution SolveLinear(const IntegerProgram& program) {
  const Packed packed(program);
  ClpSimplex simplex;
  simplex.setLogLevel(0);
  simplex.loadProblem(static_cast<int>(program.columns.size()),
                      static_cast<int>(program.rows.size()),
                      packed.starts.data(), packed.rows.data(),
                      packed.factors.data(), packed.lower.data(),
                      packed.upper.data(), packed.costs.data(),
                      packed.row_lower.data(), packed.row_upper.data());
  simplex.dual();
  LinearSolution solution;
  solution.optimal = simplex.isProvenOptimal();
  if (!solution.optimal) return solution;
  solution.objective = -simplex.objectiveValue();
  const int columns = simplex.numberColumns();
  const int rows = simplex.numberRows();
  solution.values.assign(simplex.primalColumnSolution(),
                         simplex.primalColumnSolution() + columns);
  solution.reduced_costs.assign(simplex.dualColumnSolution(),
                                simplex.dualColumnSolution() + columns);
  for (int i = 0; i < rows; ++i) {
    solution.shadow_prices.push_back(-simplex.dualRowSolution()[i]);
  }
  return solution;
}

}  // namespace heimweg::assignment
