// The best set of items that fits into several small whole-numbered capacities
// at once, exact. The prices of the linear relaxation settle most items: one
// that is worth clearly more than its room is taken, one that is worth clearly
// less is left, where "clearly" is the distance between the relaxation and the
// best set known. Dynamic programming settles the rest: over the fillings of
// the room that a set which loses little to the relaxation can reach, or over
// all of them if these are many.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_KNAPSACK_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_KNAPSACK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/assignment/room_prices.h"

namespace heimweg::assignment {

// What is settled about an item beforehand.
enum class Taking : int8_t { kFree, kTaken, kLeft };

// Rounding of the relaxation, in units of profit.
inline constexpr double kWorthRounding = 1e-9;

// Thread-compatible; keeps its tables between calls.
class Knapsack {
 public:
  // Capacities by dimension, at least one; sizes[item * dimensions +
  // dimension]; all 0 or more.
  Knapsack(std::vector<int> capacities, std::vector<int> sizes);

  // The best profit with these items taken or left, by item; minus infinity if
  // those that must be taken do not fit.
  double Solve(const std::vector<double>& profits,
               const std::vector<Taking>& takings);

  // After Solve: the items of a best set, rising.
  const std::vector<int>& chosen() const { return chosen_; }

  // After Solve: no set that takes a free item which the best set leaves, or
  // leaves one which it takes, has more than this.
  double FlipBound(int item) const;

 private:
  // Sets worth_, bound_ and order_; false if nothing fits.
  bool Relax(const std::vector<double>& profits,
             const std::vector<Taking>& takings);
  // The best set among those that lose at most `budget` to bound_; false if
  // there is none. Sets value_ and chosen_.
  bool SolveWithin(const std::vector<double>& profits,
                   const std::vector<Taking>& takings, double budget);
  // Looks with growing budgets; false if that takes too many labels.
  bool SolveByLabels(const std::vector<double>& profits,
                     const std::vector<Taking>& takings);
  // A label for each filling that the labels from `begin` on reach when the
  // item is left or taken, the one that loses least. The items that follow can
  // take `later` at most.
  void AddLabels(size_t begin, int item, double budget,
                 const std::vector<int>& later);
  // The best of the labels from `begin` on; its items join the set.
  bool TakeBest(const std::vector<double>& profits, size_t begin, size_t core,
                std::vector<int> set);
  // Sets shifts_, guards_ and packed_.
  void Pack();
  // The least that these fillings lose by room that stays free.
  double LeastIdle(uint64_t room, const std::vector<int>& later) const;
  // The best set if all but the first `core` of order_ are taken exactly where
  // their worth is above 0; sets value_ and chosen_ if it is better.
  void SolveCore(const std::vector<double>& profits,
                 const std::vector<Taking>& takings, size_t core);
  // Fills the tables for the first `core` items in the room.
  void FillTables(const std::vector<double>& profits, size_t core);
  void AddItem(const int* size, double profit, int64_t offset, uint8_t* taken);
  const int* size_of(int item) const {
    return sizes_.data() + item * capacities_.size();
  }

  std::vector<int> capacities_;
  std::vector<int> sizes_;
  int items_;
  RoomPrices relaxation_;
  // By item: its profit less the price of its room.
  std::vector<double> worth_;
  // What the relaxation reaches.
  double bound_ = 0;
  // Free items with a profit, those first whose worth is nearest to 0.
  std::vector<int> order_;
  double value_ = 0;
  std::vector<int> chosen_;
  // Of the labels: by dimension where its room begins in a word, with a bit
  // above it that tells whether it is overfilled; empty if a word is too small.
  std::vector<int> shifts_;
  uint64_t guards_ = 0;
  // By item.
  std::vector<uint64_t> packed_;
  // The price of a unit of room, by dimension.
  std::vector<double> unit_prices_;
  struct Label {
    // Room left.
    uint64_t room = 0;
    double loss = 0;
    // Twice the label before, and 1 if the item is taken.
    uint64_t before = 0;
  };
  std::vector<Label> labels_;
  // What the last best set lost.
  double last_loss_ = 0;
  // Of the dynamic programming: room by dimension and the step of a unit of it,
  // the best value of each filling, and by item and filling whether it is in.
  std::vector<int> room_;
  std::vector<int64_t> strides_;
  std::vector<int64_t> offsets_;
  std::vector<double> best_;
  std::vector<double> next_;
  std::vector<uint8_t> taken_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_KNAPSACK_H_
