#include "services/assignment/knapsack.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace heimweg::assignment {
namespace {

constexpr double kNoSet = -std::numeric_limits<double>::infinity();
// Items that are settled by trying at first.
constexpr size_t kFirstCore = 12;
constexpr int64_t kDoesNotFit = -1;

}  // namespace

Knapsack::Knapsack(std::vector<int> capacities, std::vector<int> sizes)
    : capacities_(std::move(capacities)),
      sizes_(std::move(sizes)),
      items_(static_cast<int>(sizes_.size() / capacities_.size())) {
  Pack();
}

bool Knapsack::Relax(const std::vector<double>& profits,
                     const std::vector<Taking>& takings) {
  order_.clear();
  std::vector<int> room = capacities_;
  for (int i = 0; i < items_; ++i) {
    if (takings[i] == Taking::kFree && profits[i] > 0) order_.push_back(i);
    if (takings[i] != Taking::kTaken) continue;
    for (size_t d = 0; d < room.size(); ++d) {
      room[d] -= size_of(i)[d];
      if (room[d] < 0) return false;
    }
  }
  unit_prices_ = relaxation_.Solve(room, sizes_, profits, order_);
  bound_ = 0;
  for (size_t d = 0; d < capacities_.size(); ++d) {
    bound_ += unit_prices_[d] * capacities_[d];
  }
  worth_ = profits;
  for (int i = 0; i < items_; ++i) {
    for (size_t d = 0; d < capacities_.size(); ++d) {
      worth_[i] -= unit_prices_[d] * size_of(i)[d];
    }
    if (takings[i] == Taking::kTaken) bound_ += worth_[i];
  }
  for (const int i : order_) bound_ += std::max(0.0, worth_[i]);
  std::sort(order_.begin(), order_.end(), [this](int a, int b) {
    return std::abs(worth_[a]) < std::abs(worth_[b]);
  });
  return true;
}

void Knapsack::AddItem(const int* size, double profit, int64_t offset,
                       uint8_t* taken) {
  const size_t last = room_.size() - 1;
  std::copy(best_.begin(), best_.end(), next_.begin());
  // The last dimension lies together; the others are counted through.
  const int64_t count = room_[last] - size[last] + 1;
  std::vector<int> at(size, size + last);
  for (;;) {
    int64_t row = size[last];
    for (size_t d = 0; d < last; ++d) row += at[d] * strides_[d];
    const double* without = best_.data() + row;
    const double* before = without - offset;
    double* out = next_.data() + row;
    uint8_t* mark = taken + row;
    for (int64_t c = 0; c < count; ++c) {
      const double with = before[c] + profit;
      mark[c] = with > without[c] ? 1 : 0;
      out[c] = with > without[c] ? with : without[c];
    }
    size_t d = last;
    while (d > 0 && ++at[d - 1] > room_[d - 1]) {
      at[d - 1] = size[d - 1];
      --d;
    }
    if (d == 0) break;
  }
  best_.swap(next_);
}

void Knapsack::FillTables(const std::vector<double>& profits, size_t core) {
  strides_.resize(room_.size());
  int64_t fillings = 1;
  for (size_t d = room_.size(); d-- > 0;) {
    // No more than the core can use.
    int64_t use = 0;
    for (size_t k = 0; k < core; ++k) use += size_of(order_[k])[d];
    room_[d] = static_cast<int>(std::min<int64_t>(room_[d], use));
    strides_[d] = fillings;
    fillings *= room_[d] + 1;
  }
  best_.assign(fillings, 0);
  next_.resize(fillings);
  taken_.assign(fillings * core, 0);
  offsets_.assign(core, kDoesNotFit);
  for (size_t k = 0; k < core; ++k) {
    const int* size = size_of(order_[k]);
    int64_t offset = 0;
    for (size_t d = 0; d < room_.size() && offset != kDoesNotFit; ++d) {
      offset =
          size[d] <= room_[d] ? offset + size[d] * strides_[d] : kDoesNotFit;
    }
    if (offset == kDoesNotFit) continue;
    offsets_[k] = offset;
    AddItem(size, profits[order_[k]], offset,
            taken_.data() + static_cast<int64_t>(k) * fillings);
  }
}

void Knapsack::SolveCore(const std::vector<double>& profits,
                         const std::vector<Taking>& takings, size_t core) {
  std::vector<int> set;
  for (int i = 0; i < items_; ++i) {
    if (takings[i] == Taking::kTaken) set.push_back(i);
  }
  for (size_t k = core; k < order_.size(); ++k) {
    if (worth_[order_[k]] > 0) set.push_back(order_[k]);
  }
  room_ = capacities_;
  double value = 0;
  for (const int item : set) {
    value += profits[item];
    for (size_t d = 0; d < room_.size(); ++d) {
      room_[d] -= size_of(item)[d];
      if (room_[d] < 0) return;
    }
  }
  FillTables(profits, core);
  value += best_.back();
  if (value <= value_) return;
  value_ = value;
  const auto fillings = static_cast<int64_t>(best_.size());
  int64_t filling = fillings - 1;
  for (size_t k = core; k-- > 0;) {
    if (offsets_[k] == kDoesNotFit ||
        taken_[static_cast<int64_t>(k) * fillings + filling] == 0) {
      continue;
    }
    set.push_back(order_[k]);
    filling -= offsets_[k];
  }
  std::sort(set.begin(), set.end());
  chosen_ = std::move(set);
}

double Knapsack::Solve(const std::vector<double>& profits,
                       const std::vector<Taking>& takings) {
  value_ = kNoSet;
  chosen_.clear();
  if (items_ == 0) return 0;
  if (!Relax(profits, takings)) return kNoSet;
  if (SolveByLabels(profits, takings)) return value_;
  size_t core = std::min(kFirstCore, order_.size());
  for (;;) {
    SolveCore(profits, takings, core);
    // Who is not settled by the distance to the relaxation must be tried.
    size_t open = core;
    while (open < order_.size() &&
           std::abs(worth_[order_[open]]) <= bound_ - value_ + kWorthRounding) {
      ++open;
    }
    if (open == core) return value_;
    // A better set may settle some of them.
    core = std::min(open, 2 * core);
  }
}

double Knapsack::FlipBound(int item) const {
  return bound_ - std::abs(worth_[item]);
}

}  // namespace heimweg::assignment
