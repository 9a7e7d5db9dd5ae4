#include "services/matching/home_losses.h"

#include <algorithm>

#include "services/matching/features/equipment.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/price.h"
#include "services/matching/features/space.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

// By HomeQuery::kFeatures.
constexpr size_t kDates = 1;
constexpr size_t kPrice = 2;
constexpr size_t kSpace = 3;
constexpr size_t kEquipment = 4;
constexpr size_t kFreshness = 5;
static_assert(HomeQuery::kFeatures[kDates] == v1::FEATURE_DATES);
static_assert(HomeQuery::kFeatures[kPrice] == v1::FEATURE_PRICE);
static_assert(HomeQuery::kFeatures[kSpace] == v1::FEATURE_SPACE);
static_assert(HomeQuery::kFeatures[kEquipment] == v1::FEATURE_EQUIPMENT);
static_assert(HomeQuery::kFeatures[kFreshness] == v1::FEATURE_FRESHNESS);

constexpr int32_t kUnsaid = kOne - kNeutral;
constexpr uint32_t kHalfByte = 16;

int32_t LossOf(int32_t weight, FeatureValue value) {
  return weight * (kOne - value.OrNeutral());
}

}  // namespace

HomeLosses::HomeLosses(const HomeQuery& query)
    : query_(query),
      weights_(WeightsOf(query.wish(), HomeQuery::kFeatures)),
      fresh_(query.wish().evaluation_seconds, kFreshnessDecaySeconds,
             weights_[kFreshness]),
      unsaid_date_(weights_[kDates] * kUnsaid),
      latest_day_(std::max(query.wish().latest_day.value_or(INT32_MAX), 1)) {
  FillPrice();
  FillSpace();
  FillEquipment();
  FillKind();
}

int32_t HomeLosses::PriceOf(std::optional<int64_t> budget_cents,
                            int64_t least) const {
  if (budget_cents && least > *budget_cents) return kFails;
  return LossOf(weights_[kPrice], PriceFeature(budget_cents, least));
}

void HomeLosses::FillPrice() {
  const HomeWish& asked = query_.wish().home;
  price_[0] = weights_[kPrice] * kUnsaid;
  for (int64_t step = 0; step < HomeCode::kRentSteps; ++step) {
    price_[static_cast<size_t>(1 + step)] =
        PriceOf(asked.max_rent_cents, step << HomeCode::kRentShift);
  }
  for (int64_t step = 0; step < HomeCode::kPriceSteps; ++step) {
    price_[static_cast<size_t>(HomeCode::kFirstPrice + step)] =
        PriceOf(asked.max_price_cents, step << HomeCode::kPriceShift);
  }
}

int32_t HomeLosses::SpaceOf(int32_t rooms, int32_t area) const {
  const HomeWish& asked = query_.wish().home;
  const bool most = rooms == HomeCode::kLastHalf;
  if (asked.min_room_halves && rooms != 0 && !most &&
      rooms < *asked.min_room_halves) {
    return kFails;
  }
  const int64_t largest = area == 0 ? 0
                          : area == HomeCode::kLastHalf
                              ? INT32_MAX
                              : area * HomeCode::kArea - 1;
  return LossOf(weights_[kSpace],
                SpaceFeature(asked.min_room_halves, most ? INT16_MAX : rooms,
                             asked.area_centi_sqm, largest));
}

void HomeLosses::FillSpace() {
  for (int32_t rooms = 0; rooms <= HomeCode::kLastHalf; ++rooms) {
    for (int32_t area = 0; area <= HomeCode::kLastHalf; ++area) {
      space_[static_cast<size_t>(rooms | area << 4)] = SpaceOf(rooms, area);
    }
  }
}

void HomeLosses::FillEquipment() {
  const HomeWish& asked = query_.wish().home;
  const int32_t weight = weights_[kEquipment];
  if (asked.equipment == 0 && !asked.broadband_mbps) {
    equipment_.fill(weight * kUnsaid);
    return;
  }
  for (uint32_t code = 0; code < equipment_.size(); ++code) {
    const uint32_t has = code % kHalfByte;
    const uint32_t lacks = code / kHalfByte;
    if ((has & lacks) != 0) continue;  // No home has such a code.
    const auto with = [&](int32_t mbps) {
      return LossOf(weight,
                    EquipmentFeature(asked.equipment, has << 1U, lacks << 1U,
                                     asked.broadband_mbps, mbps));
    };
    equipment_[code] = with(-1);
    // Broadband is not in the code.
    if (asked.broadband_mbps) {
      equipment_[code] = std::min(equipment_[code], with(INT32_MAX));
    }
  }
}

void HomeLosses::FillKind() {
  const HomeWish& asked = query_.wish().home;
  // The last half byte may be anything, as what is not said.
  const auto failed = [&](uint32_t tenure, uint32_t home_type) {
    constexpr uint32_t kAny = HomeCode::kLastHalf;
    return HomeTypeConstraint(
               asked.tenures, static_cast<uint8_t>(tenure % kAny),
               asked.home_types,
               static_cast<uint8_t>(home_type % kAny)) == Outcome::kFailed;
  };
  for (uint32_t half = 0; half < kHalfByte; ++half) {
    const bool by_tenure = failed(half, 0);
    const bool by_type = failed(0, half);
    for (uint32_t other = 0; other < kHalfByte; ++other) {
      if (by_tenure) kind_[half + other * kHalfByte] = kFails;
      if (by_type) kind_[other + half * kHalfByte] = kFails;
    }
  }
}

}  // namespace heimweg::matching
