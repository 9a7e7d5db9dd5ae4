// BoundQueue: numbers of what is still to be visited, those with a high bound
// first. Bounds are scores; those within a step of some thousandth come in the
// order in which they were pushed: what is pushed and taken costs the same
// however many wait, and of nodes with the same bound the first has its turn
// first. Names often rise as offers come, and then few of those that tie
// replace the best so far.
#ifndef HEIMWEG_SERVICES_MATCHING_BOUND_QUEUE_H_
#define HEIMWEG_SERVICES_MATCHING_BOUND_QUEUE_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/feature.h"

namespace heimweg::matching {

// Thread-compatible.
class BoundQueue {
 public:
  struct Entry {
    int32_t bound = 0;
    uint32_t item = 0;
  };

  // `bound` is from 0 to kOne.
  void Push(int32_t bound, uint32_t item) {
    const auto at = static_cast<uint32_t>(entries_.size());
    entries_.push_back({{bound, item}, 0});
    const auto step = static_cast<uint32_t>(bound >> kStepBits);
    uint64_t& word = waiting_[step / kBits];
    const uint64_t bit = uint64_t{1} << (step % kBits);
    if ((word & bit) == 0) {
      word |= bit;
      firsts_[step] = at;
    } else {
      entries_[lasts_[step]].next = at;
    }
    lasts_[step] = at;
    top_ = std::max(top_, static_cast<int32_t>(step));
  }

  bool empty() const { return top_ < 0; }
  // No bound is greater; -1 if it is empty.
  int32_t Most() const { return ((top_ + 1) << kStepBits) - 1; }
  // What is not below it comes no later than what is next; -1 if it is empty.
  int32_t Next() const { return empty() ? -1 : top_ << kStepBits; }
  // Who is next. Only if it is not empty.
  const Entry& Front() const { return entries_[firsts_[Top()]].entry; }
  Entry Pop() {
    const uint32_t top = Top();
    const Waiting& taken = entries_[firsts_[top]];
    if (firsts_[top] == lasts_[top]) {
      waiting_[top / kBits] &= ~(uint64_t{1} << (top % kBits));
      FindTop();
    } else {
      firsts_[top] = taken.next;
    }
    return taken.entry;
  }

 private:
  static constexpr int kStepBits = 10;
  static constexpr uint32_t kBits = 64;
  static constexpr uint32_t kSteps =
      (static_cast<uint32_t>(kOne) >> kStepBits) + 1;

  struct Waiting {
    Entry entry;
    uint32_t next = 0;
  };

  uint32_t Top() const { return static_cast<uint32_t>(top_); }
  // At or below what was the top.
  void FindTop() {
    for (uint32_t word = Top() / kBits + 1; word-- > 0;) {
      if (waiting_[word] == 0) continue;
      top_ = static_cast<int32_t>(word * kBits + kBits - 1) -
             std::countl_zero(waiting_[word]);
      return;
    }
    top_ = -1;
  }

  std::vector<Waiting> entries_;  // all that were pushed
  // By step: whether any waits, and then the first and the last of them.
  std::array<uint64_t, kSteps / kBits + 1> waiting_{};
  std::array<uint32_t, kSteps> firsts_;
  std::array<uint32_t, kSteps> lasts_;
  int32_t top_ = -1;  // the highest step at which any waits
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_BOUND_QUEUE_H_
