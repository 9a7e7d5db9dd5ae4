// HomeLosses: what a home loses at least against the best that there could be,
// by all features but DISTANCE, from tables by its code.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_LOSSES_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_LOSSES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/matching/home_code.h"
#include "services/matching/home_query.h"
#include "services/matching/quick_distance.h"
#include "services/matching/time_step.h"

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class HomeLosses {
 public:
  explicit HomeLosses(const HomeQuery& query);

  // In weights times what is missing to kOne; kFails or more: a constraint
  // fails for certain.
  static constexpr int32_t kFails = QuickDistance::kFails;
  int64_t Of(const HomeColumns& homes, uint32_t row) const {
    const HomeCode& code = homes.codes()[row];
    return int64_t{price_[code.price]} + space_[code.space] + kind_[code.kind] +
           equipment_[code.equipment] + fresh_.Since(code.fresh) +
           DateOf(code.day);
  }

 private:
  using ByByte = std::array<int32_t, 256>;

  void FillPrice();
  int32_t PriceOf(std::optional<int64_t> budget_cents, int64_t least) const;
  void FillSpace();
  int32_t SpaceOf(int32_t rooms, int32_t area) const;
  void FillEquipment();
  void FillKind();
  int32_t DateOf(uint16_t day) const {
    if (day == 0) return unsaid_date_;
    return day > latest_day_ ? kFails : 0;
  }

  const HomeQuery& query_;
  const std::array<int32_t, HomeQuery::kFeatures.size()> weights_;
  const DecayLosses fresh_;
  int32_t unsaid_date_ = 0;
  int32_t latest_day_ = 0;
  ByByte price_{};
  ByByte space_{};
  ByByte equipment_{};
  ByByte kind_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_LOSSES_H_
