#include "services/assignment/knapsack.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace heimweg::assignment {
namespace {

constexpr double kNoSet = -std::numeric_limits<double>::infinity();
// Rounding of the relaxation, in units of profit.
constexpr double kWorthRounding = 1e-9;
// Items that are settled by trying at first.
constexpr size_t kFirstCore = 12;
constexpr int64_t kDoesNotFit = -1;
// Labels that are still fewer than all fillings would be.
constexpr size_t kMostLabels = 1 << 17;
// The first budget against what the set before lost, and against all there is
// to win; and the next one, if nothing is within the last.
constexpr double kFirstBudget = 1.2;
constexpr double kLeastBudget = 5e-5;
constexpr double kNextBudget = 2;

std::vector<double> Limits(const std::vector<int>& capacities) {
  return {capacities.begin(), capacities.end()};
}

}  // namespace

Knapsack::Knapsack(std::vector<int> capacities, std::vector<int> sizes)
    : capacities_(std::move(capacities)),
      sizes_(std::move(sizes)),
      items_(static_cast<int>(sizes_.size() / capacities_.size())),
      relaxation_(Limits(capacities_)) {
  std::vector<Simplex::Column> columns;
  for (int item = 0; item < items_; ++item) {
    std::vector<IntegerProgram::Entry> entries;
    for (size_t d = 0; d < capacities_.size(); ++d) {
      const int size = size_of(item)[d];
      if (size > 0) {
        entries.push_back({static_cast<int>(d), static_cast<double>(size)});
      }
    }
    columns.push_back({std::move(entries), 0, 1});
  }
  relaxation_.AddColumns(columns);
  Pack();
}

void Knapsack::Pack() {
  int bits = 0;
  for (const int capacity : capacities_) {
    shifts_.push_back(bits);
    bits += static_cast<int>(std::bit_width(static_cast<uint32_t>(capacity)));
    if (bits > 62) {
      shifts_.clear();
      return;
    }
    guards_ |= uint64_t{1} << bits;
    ++bits;
  }
  for (int item = 0; item < items_; ++item) {
    uint64_t packed = 0;
    bool fits = true;
    for (size_t d = 0; d < capacities_.size(); ++d) {
      fits = fits && size_of(item)[d] <= capacities_[d];
      packed |= static_cast<uint64_t>(size_of(item)[d]) << shifts_[d];
    }
    // The guards themselves fit into no room.
    packed_.push_back(fits ? packed : guards_);
  }
}

bool Knapsack::Relax(const std::vector<double>& profits,
                     const std::vector<Taking>& takings) {
  for (int i = 0; i < items_; ++i) {
    const bool taken = takings[i] == Taking::kTaken;
    const bool open = takings[i] == Taking::kFree && profits[i] > 0;
    relaxation_.SetObjective(i, profits[i]);
    relaxation_.SetBounds(i, taken ? 1 : 0, taken || open ? 1 : 0);
  }
  if (!relaxation_.Solve()) return false;
  bound_ = 0;
  unit_prices_.clear();
  for (size_t d = 0; d < capacities_.size(); ++d) {
    unit_prices_.push_back(relaxation_.price(static_cast<int>(d)));
    bound_ += relaxation_.price(static_cast<int>(d)) * capacities_[d];
  }
  worth_ = profits;
  order_.clear();
  for (int i = 0; i < items_; ++i) {
    for (size_t d = 0; d < capacities_.size(); ++d) {
      worth_[i] -= relaxation_.price(static_cast<int>(d)) * size_of(i)[d];
    }
    const bool open = takings[i] == Taking::kFree && profits[i] > 0;
    if (open) order_.push_back(i);
    if (takings[i] == Taking::kTaken || (open && worth_[i] > 0)) {
      bound_ += worth_[i];
    }
  }
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

double Knapsack::LeastIdle(uint64_t room, const std::vector<int>& later) const {
  double loss = 0;
  for (size_t d = 0; d < capacities_.size(); ++d) {
    const uint64_t mask =
        (uint64_t{1} << std::bit_width(static_cast<uint32_t>(capacities_[d]))) -
        1;
    const int idle = static_cast<int>((room >> shifts_[d]) & mask) - later[d];
    if (idle > 0) loss += idle * unit_prices_[d];
  }
  return loss;
}

void Knapsack::AddLabels(size_t begin, int item, double budget,
                         const std::vector<int>& later) {
  const size_t end = labels_.size();
  const double worth = worth_[item];
  const double taken_loss = std::max(0.0, -worth);
  const double left_loss = std::max(0.0, worth);
  const uint64_t size = packed_[item];
  const auto add = [&](uint64_t room, double loss, uint64_t before) {
    if (loss + LeastIdle(room, later) > budget) return;
    labels_.push_back({room, loss, before});
  };
  // Both lists fall in room; so does what they are merged to.
  size_t left = begin;
  size_t taken = begin;
  while (left < end || taken < end) {
    if (taken < end &&
        (((labels_[taken].room | guards_) - size) & guards_) != guards_) {
      ++taken;
      continue;
    }
    const Label& a = labels_[std::min(left, end - 1)];
    const Label& b = labels_[std::min(taken, end - 1)];
    const uint64_t room = b.room - size;
    if (taken >= end || (left < end && a.room > room)) {
      add(a.room, a.loss + left_loss, 2 * left++);
    } else if (left >= end || room > a.room) {
      add(room, b.loss + taken_loss, 2 * taken++ + 1);
    } else if (a.loss + left_loss <= b.loss + taken_loss) {
      add(room, a.loss + left_loss, 2 * left++);
      ++taken;
    } else {
      add(room, b.loss + taken_loss, 2 * taken++ + 1);
      ++left;
    }
  }
}

bool Knapsack::SolveWithin(const std::vector<double>& profits,
                           const std::vector<Taking>& takings, double budget) {
  labels_.clear();
  size_t core = 0;
  while (core < order_.size() && std::abs(worth_[order_[core]]) <= budget) {
    ++core;
  }
  std::vector<int> set;
  for (int i = 0; i < items_; ++i) {
    if (takings[i] == Taking::kTaken) set.push_back(i);
  }
  for (size_t k = core; k < order_.size(); ++k) {
    if (worth_[order_[k]] > 0) set.push_back(order_[k]);
  }
  std::vector<int> room = capacities_;
  for (const int item : set) {
    for (size_t d = 0; d < room.size(); ++d) {
      room[d] -= size_of(item)[d];
      if (room[d] < 0) return false;
    }
  }
  uint64_t packed = 0;
  std::vector<int> later(room.size(), 0);
  for (size_t d = 0; d < room.size(); ++d) {
    packed |= static_cast<uint64_t>(room[d]) << shifts_[d];
    for (size_t k = 0; k < core; ++k) later[d] += size_of(order_[k])[d];
  }
  labels_.push_back({packed, 0, 0});
  size_t begin = 0;
  // Those first that cost most to settle otherwise.
  for (size_t k = core; k-- > 0;) {
    for (size_t d = 0; d < room.size(); ++d) later[d] -= size_of(order_[k])[d];
    const size_t end = labels_.size();
    AddLabels(begin, order_[k], budget, later);
    begin = end;
    if (labels_.size() > kMostLabels) return false;
  }
  return TakeBest(profits, begin, core, std::move(set));
}

bool Knapsack::TakeBest(const std::vector<double>& profits, size_t begin,
                        size_t core, std::vector<int> set) {
  const std::vector<int> nothing(capacities_.size(), 0);
  size_t best = labels_.size();
  for (size_t i = begin; i < labels_.size(); ++i) {
    Label& label = labels_[i];
    label.loss += LeastIdle(label.room, nothing);
    if (best == labels_.size() || label.loss < labels_[best].loss) best = i;
  }
  if (best == labels_.size()) return false;
  last_loss_ = labels_[best].loss;
  for (size_t k = 0; k < core; ++k) {
    const uint64_t before = labels_[best].before;
    if (before % 2 == 1) set.push_back(order_[k]);
    best = before / 2;
  }
  std::sort(set.begin(), set.end());
  value_ = 0;
  for (const int item : set) value_ += profits[item];
  chosen_ = std::move(set);
  return true;
}

bool Knapsack::SolveByLabels(const std::vector<double>& profits,
                             const std::vector<Taking>& takings) {
  if (shifts_.empty()) return false;
  double total = kWorthRounding;
  for (size_t d = 0; d < capacities_.size(); ++d) {
    total += unit_prices_[d] * capacities_[d];
  }
  for (const int item : order_) total += std::abs(worth_[item]);
  double budget = std::max({kFirstBudget * last_loss_,
                            kLeastBudget * std::abs(bound_), kWorthRounding});
  for (;;) {
    if (SolveWithin(profits, takings, budget + kWorthRounding)) return true;
    if (labels_.size() > kMostLabels || budget > total) return false;
    budget *= kNextBudget;
  }
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
