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
constexpr int32_t kHalfByte = 16;

int32_t LossOf(int32_t weight, FeatureValue value) {
  return weight * (kOne - value.OrNeutral());
}

}  // namespace

HomeLosses::HomeLosses(const HomeQuery& query)
    : query_(query),
      weights_(WeightsOf(query.wish(), HomeQuery::kFeatures)),
      fresh_(query.wish().evaluation_seconds, kFreshnessDecaySeconds,
             weights_[kFreshness]),
      unsaid_fresh_(weights_[kFreshness] * kUnsaid),
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
  for (int32_t rooms = 0; rooms < kHalfByte; ++rooms) {
    for (int32_t area = 0; area < kHalfByte; ++area) {
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
    // Broadband is not in the code.
    const auto with = [&](int32_t mbps) {
      return LossOf(
          weight,
          EquipmentFeature(asked.equipment, code % kHalfByte << 1U,
                           code / kHalfByte << 1U, asked.broadband_mbps, mbps));
    };
    equipment_[code] = std::min(with(-1), with(INT32_MAX));
  }
}

void HomeLosses::FillKind() {
  const HomeWish& asked = query_.wish().home;
  // The last half byte may be anything, as what is not said.
  const auto named = [](uint32_t half) {
    return half == HomeCode::kLastHalf ? uint8_t{0}
                                       : static_cast<uint8_t>(half);
  };
  for (uint32_t code = 0; code < kind_.size(); ++code) {
    const Outcome outcome =
        HomeTypeConstraint(asked.tenures, named(code % kHalfByte),
                           asked.home_types, named(code / kHalfByte));
    kind_[code] = outcome == Outcome::kFailed ? kFails : 0;
  }
}

}  // namespace heimweg::matching
