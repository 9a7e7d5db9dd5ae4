#include "services/assignment/room_prices.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace heimweg::assignment {
namespace {

// Gains and uses below are rounding.
constexpr double kNoGain = 1e-11;
constexpr double kNoUse = 1e-9;
// Steps by item and row; most end far below.
constexpr size_t kMostSteps = 4;

}  // namespace

const std::vector<double>& RoomPrices::Solve(const std::vector<int>& room,
                                             const std::vector<int>& sizes,
                                             const std::vector<double>& profits,
                                             const std::vector<int>& items) {
  rows_ = room.size();
  items_ = items.size();
  sizes_.clear();
  profits_.clear();
  for (const int item : items) {
    const auto size = sizes.begin() + static_cast<int64_t>(item * rows_);
    sizes_.insert(sizes_.end(), size, size + static_cast<int64_t>(rows_));
    profits_.push_back(profits[item]);
  }
  profits_.resize(items_ + rows_, 0);
  states_.assign(items_, State::kOut);
  states_.resize(items_ + rows_, State::kBasic);
  basis_.clear();
  values_.assign(room.begin(), room.end());
  inverse_.assign(rows_ * rows_, 0);
  for (size_t r = 0; r < rows_; ++r) {
    basis_.push_back(items_ + r);
    inverse_[r * rows_ + r] = 1;
  }
  use_.resize(rows_);
  for (size_t step = 0; step < kMostSteps * (items_ + rows_); ++step) {
    SetPrices();
    const Entering entering = Best();
    if (entering.gain <= kNoGain) break;
    SetUse(entering);
    const Stop stop = FirstStop(entering);
    for (size_t r = 0; r < rows_; ++r) {
      values_[r] -= entering.sign * stop.step * use_[r];
    }
    if (stop.row == rows_) {
      states_[entering.column] = entering.sign > 0 ? State::kIn : State::kOut;
    } else {
      Exchange(entering, stop);
    }
  }
  for (double& price : prices_) price = std::max(0.0, price);
  return prices_;
}

void RoomPrices::SetPrices() {
  prices_.assign(rows_, 0);
  for (size_t r = 0; r < rows_; ++r) {
    const double profit = profits_[basis_[r]];
    for (size_t d = 0; d < rows_; ++d) {
      prices_[d] += profit * inverse_[r * rows_ + d];
    }
  }
}

RoomPrices::Entering RoomPrices::Best() const {
  Entering best;
  const auto look = [&](size_t column, double gain) {
    if (states_[column] == State::kBasic) return;
    const double sign = states_[column] == State::kIn ? -1 : 1;
    if (sign * gain > best.gain) best = {column, sign * gain, sign};
  };
  for (size_t i = 0; i < items_; ++i) {
    double gain = profits_[i];
    for (size_t d = 0; d < rows_; ++d) {
      gain -= prices_[d] * sizes_[i * rows_ + d];
    }
    look(i, gain);
  }
  for (size_t d = 0; d < rows_; ++d) look(items_ + d, -prices_[d]);
  return best;
}

void RoomPrices::SetUse(const Entering& entering) {
  for (size_t r = 0; r < rows_; ++r) {
    const double* row = inverse_.data() + r * rows_;
    use_[r] = 0;
    if (entering.column >= items_) {
      use_[r] = row[entering.column - items_];
      continue;
    }
    const double* size = sizes_.data() + entering.column * rows_;
    for (size_t d = 0; d < rows_; ++d) use_[r] += row[d] * size[d];
  }
}

RoomPrices::Stop RoomPrices::FirstStop(const Entering& entering) const {
  const bool item = entering.column < items_;
  Stop stop{rows_, item ? 1 : std::numeric_limits<double>::infinity(),
            State::kOut};
  for (size_t r = 0; r < rows_; ++r) {
    const double use = entering.sign * use_[r];
    if (std::abs(use) < kNoUse) continue;
    const bool rises = use < 0;
    // Free room has no upper bound.
    if (rises && basis_[r] >= items_) continue;
    const double left = rises ? 1 - values_[r] : values_[r];
    const double step = std::max(0.0, left / std::abs(use));
    if (step < stop.step) {
      stop = {r, step, rises ? State::kIn : State::kOut};
    }
  }
  return stop;
}

void RoomPrices::Exchange(const Entering& entering, const Stop& stop) {
  const size_t row = stop.row;
  states_[basis_[row]] = stop.state;
  states_[entering.column] = State::kBasic;
  basis_[row] = entering.column;
  values_[row] = entering.sign > 0 ? stop.step : 1 - stop.step;
  double* out = inverse_.data() + row * rows_;
  for (size_t d = 0; d < rows_; ++d) out[d] /= use_[row];
  for (size_t r = 0; r < rows_; ++r) {
    if (r == row) continue;
    for (size_t d = 0; d < rows_; ++d) {
      inverse_[r * rows_ + d] -= use_[r] * out[d];
    }
  }
}

}  // namespace heimweg::assignment
