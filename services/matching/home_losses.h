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
#include "services/matching/plane_losses.h"
#include "services/matching/quick_distance.h"
#include "services/matching/time_step.h"

namespace heimweg::matching {

// Thread-compatible.
class HomeLosses {
 public:
  using Block = HomeCode::Planes::Block;

  explicit HomeLosses(const HomeQuery& query);

  // In weights times what is missing to kOne; kFails or more: a constraint
  // fails for certain.
  static constexpr int32_t kFails = QuickDistance::kFails;

  // Before rows of a segment are asked for: HomeColumns::newest.
  void EnterNewest(int64_t newest);
  // Before rows are filtered by no more than `budget`, 0 or more.
  void Fit(int64_t budget);
  // The rows of a block, a bit for each, but for those that lose more than
  // `budget` for certain; none if that is below 0.
  uint64_t Filter(const Block& block, int64_t budget) const;
  // Of one row, more finely.
  int64_t Of(const Block& block, uint32_t place) const;

 private:
  using ByByte = std::array<int32_t, 256>;
  using Weights = std::array<int32_t, HomeQuery::kFeatures.size()>;

  void FillPrice(const HomeWish& asked, int32_t weight);
  void FillSpace(const HomeWish& asked, int32_t weight);
  void FillEquipment(const HomeWish& asked, int32_t weight);
  void FillBroadband(const HomeWish& asked, int32_t weight);
  void FillKind(const HomeWish& asked);
  void FillRules(const HomeWish& asked);
  void FillDays(int64_t newest);
  ByByte& At(HomeCode::Byte byte) { return losses_[byte]; }
  void Scale(size_t byte) { scaled_[byte].Scale(losses_[byte], unit_); }

  HomeLosses(const HomeQuery& query, const Weights& weights);

  const DecayLosses fresh_;
  const int32_t unsaid_date_;
  const std::optional<int32_t> latest_day_;
  std::optional<int64_t> newest_;
  LossUnit unit_;
  std::array<ByByte, HomeCode::kBytes> losses_{};
  // The same in the unit; without the bytes whose halves fail or not.
  std::array<ScaledLosses, HomeCode::kBytes> scaled_{};
  HalfTables kind_;
  HalfTables rules_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_LOSSES_H_
