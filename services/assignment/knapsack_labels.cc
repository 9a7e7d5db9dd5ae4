// The dynamic programme over the fillings that lose little to the relaxation.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "services/assignment/knapsack.h"

namespace heimweg::assignment {
namespace {

// Labels that are still fewer than all fillings would be.
constexpr size_t kMostLabels = 1 << 17;
// The first budget against what the set before lost, and against all there is
// to win; and the next one, if nothing is within the last.
constexpr double kFirstBudget = 1.2;
constexpr double kLeastBudget = 5e-5;
constexpr double kNextBudget = 2;

}  // namespace

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

}  // namespace heimweg::assignment
