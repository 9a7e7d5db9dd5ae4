// Households of the same sizes are of one type: any of them leaves a place the
// same room. What the search branches on is how many of a type go to a place;
// which of them goes where is then easy, while a single household that is kept
// away from a place is merely replaced by its like.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_HOUSEHOLD_TYPES_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_HOUSEHOLD_TYPES_H_

#include <optional>
#include <vector>

#include "services/assignment/placement.h"
#include "services/assignment/whole_amounts.h"

namespace heimweg::assignment {

// At most (at least) so many households of a type go to a place.
struct CountLimit {
  enum class Kind : int8_t { kAtMost, kAtLeast };
  int place = 0;
  int type = 0;
  Kind kind = Kind::kAtMost;
  int count = 0;

  // Either kind is: the sign times the number is at most the sign times count.
  int sign() const { return kind == Kind::kAtMost ? 1 : -1; }
};

// Immutable.
class HouseholdTypes {
 public:
  HouseholdTypes(const PlacementProblem& problem, const WholeAmounts& amounts);

  int TypeOf(int household) const { return types_[household]; }
  // The place's pairs with households of the type, rising.
  const std::vector<int>& Pairs(int place, int type) const {
    return pairs_[place * rooms_.size() + type];
  }

  // By pair: what it costs at these prices, by household and then by limit.
  std::vector<double> PairPrices(const std::vector<double>& prices,
                                 const std::vector<CountLimit>& limits) const;
  // What households and limits pay together.
  double SumOfPrices(const std::vector<double>& prices,
                     const std::vector<CountLimit>& limits) const;

  // The type and place whose number these parts of pairs leave open most, with
  // the whole number below; large households first. Nothing if all are whole.
  std::optional<CountLimit> MostOpen(
      const std::vector<double>& pair_values) const;

  // What a household takes, as a part of all demand, summed over dimensions.
  double RoomOf(int household) const { return rooms_[types_[household]]; }

 private:
  std::vector<int> households_of_pairs_;
  // By household.
  std::vector<int> types_;
  // By type.
  std::vector<double> rooms_;
  // By place and type.
  std::vector<std::vector<int>> pairs_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_HOUSEHOLD_TYPES_H_
