// Households of the same sizes are of one type: any of them leaves a place the
// same room. What the search branches on is how many of a type go to a place;
// which of them goes where is then easy, while a single household that is kept
// away from a place is merely replaced by its like.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_HOUSEHOLD_TYPES_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_HOUSEHOLD_TYPES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/assignment/placement.h"
#include "services/assignment/whole_amounts.h"

namespace heimweg::assignment {

// At most (at least) so many households of a type go to a place, or to all
// places together.
struct CountLimit {
  enum class Kind : int8_t { kAtMost, kAtLeast };
  static constexpr int kAnywhere = -1;
  int place = 0;
  int type = 0;
  Kind kind = Kind::kAtMost;
  int count = 0;

  // Either kind is: the sign times the number is at most the sign times count.
  int sign() const { return kind == Kind::kAtMost ? 1 : -1; }
  bool Covers(int of_place) const {
    return place == kAnywhere || place == of_place;
  }
  // What holds if it does not.
  CountLimit Opposite() const {
    return kind == Kind::kAtMost
               ? CountLimit{place, type, Kind::kAtLeast, count + 1}
               : CountLimit{place, type, Kind::kAtMost, count - 1};
  }
};

// A number that is not whole: the whole one below as a limit, and what is above
// it. The score is high for large households and parts near a half.
struct OpenCount {
  CountLimit below;
  double part = 0;
  double score = 0;
};

// Immutable.
class HouseholdTypes {
 public:
  HouseholdTypes(const PlacementProblem& problem, const WholeAmounts& amounts);

  int TypeOf(int household) const { return types_[household]; }
  size_t types() const { return rooms_.size(); }
  // The place's (or all) pairs with households of the type, rising.
  const std::vector<int>& Pairs(int place, int type) const {
    return pairs_[(place + 1) * rooms_.size() + type];
  }

  // By pair: what it costs at these prices, by household and then by limit.
  std::vector<double> PairPrices(const std::vector<double>& prices,
                                 const std::vector<CountLimit>& limits) const;
  // What households and limits pay together.
  double SumOfPrices(const std::vector<double>& prices,
                     const std::vector<CountLimit>& limits) const;

  // The numbers that these parts of pairs leave open, the highest score first;
  // at most so many.
  std::vector<OpenCount> MostOpen(const std::vector<double>& pair_values,
                                  size_t most) const;

  // What a household takes, as a part of all demand, summed over dimensions.
  double RoomOf(int household) const { return rooms_[types_[household]]; }

 private:
  std::vector<int> households_of_pairs_;
  // By household.
  std::vector<int> types_;
  // By type.
  std::vector<double> rooms_;
  // By place and type; those of all places are first.
  std::vector<std::vector<int>> pairs_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_HOUSEHOLD_TYPES_H_
