// What limits on numbers of households cost: how far the bound fell where one
// was tried. The same number is open in many nodes, so that few trials tell
// which is best to branch on.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_LIMIT_COSTS_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_LIMIT_COSTS_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "services/assignment/household_types.h"

namespace heimweg::assignment {

// Thread-compatible.
class LimitCosts {
 public:
  // The limit moved the number by `part`, which lowered the bound by `cost`.
  struct Trial {
    CountLimit limit;
    double part = 0;
    double cost = 0;
  };

  LimitCosts(size_t places, size_t types)
      : types_(types), sums_((places + 1) * types * 2) {}

  void Learn(const Trial& trial);

  // What the limit costs if it moves the number by `part`; nothing if it was
  // not tried often enough.
  std::optional<double> Expect(const CountLimit& limit, double part) const;

 private:
  struct Sum {
    double cost_per_part = 0;
    int trials = 0;
  };
  size_t Index(const CountLimit& limit) const {
    const size_t number = (limit.place + 1) * types_ + limit.type;
    return 2 * number + (limit.kind == CountLimit::Kind::kAtMost ? 0 : 1);
  }

  size_t types_;
  // By place (all of them first), type and kind.
  std::vector<Sum> sums_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_LIMIT_COSTS_H_
