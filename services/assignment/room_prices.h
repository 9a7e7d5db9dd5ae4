// What a unit of each capacity of a knapsack is worth in its linear relaxation:
// a simplex with a row a capacity, since a solver for large programmes takes
// longer to begin than this takes to end.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_ROOM_PRICES_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_ROOM_PRICES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heimweg::assignment {

// Thread-compatible; keeps its tables between calls.
class RoomPrices {
 public:
  // By dimension, 0 or more, for what fills this room, 0 or more, with parts of
  // these items; sizes[item * dimensions + dimension]. Whatever is returned
  // bounds every set (Lagrange); rounding, or steps that lead nowhere, make the
  // bound only looser.
  const std::vector<double>& Solve(const std::vector<int>& room,
                                   const std::vector<int>& sizes,
                                   const std::vector<double>& profits,
                                   const std::vector<int>& items);

 private:
  enum class State : uint8_t { kOut, kIn, kBasic };
  // A column that gains: an item, or behind them the room that stays free.
  struct Entering {
    size_t column = 0;
    double gain = 0;
    // 1 if it rises from 0, -1 if it falls from 1.
    double sign = 1;
  };
  // Where a row's column stops the step.
  struct Stop {
    size_t row = 0;
    double step = 0;
    State state = State::kOut;
  };

  void SetPrices();
  Entering Best() const;
  // By row: what a whole step of the column takes.
  void SetUse(const Entering& entering);
  // No row: the step goes from bound to bound.
  Stop FirstStop(const Entering& entering) const;
  void Exchange(const Entering& entering, const Stop& stop);

  size_t rows_ = 0;
  size_t items_ = 0;
  // By item and dimension, and by item.
  std::vector<double> sizes_;
  std::vector<double> profits_;
  std::vector<State> states_;
  // By row: its column, how much of that is taken, the row of the basis'
  // inverse, and what the step takes.
  std::vector<size_t> basis_;
  std::vector<double> values_;
  std::vector<double> inverse_;
  std::vector<double> use_;
  std::vector<double> prices_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_ROOM_PRICES_H_
