#include "services/matching/home_losses.h"

#include <algorithm>
#include <bit>

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

int32_t LossByPrice(int32_t weight, std::optional<int64_t> budget_cents,
                    int64_t least) {
  if (budget_cents && least > *budget_cents) return HomeLosses::kFails;
  return LossOf(weight, PriceFeature(budget_cents, least));
}

int32_t LossBySpace(int32_t weight, const HomeWish& asked, int32_t rooms,
                    int32_t area) {
  const bool most = rooms == HomeCode::kLastHalf;
  if (asked.min_room_halves && rooms != 0 && !most &&
      rooms < *asked.min_room_halves) {
    return HomeLosses::kFails;
  }
  const int64_t largest = area == 0 ? 0
                          : area == HomeCode::kLastHalf
                              ? INT32_MAX
                              : area * HomeCode::kArea - 1;
  return LossOf(weight,
                SpaceFeature(asked.min_room_halves, most ? INT16_MAX : rooms,
                             asked.area_centi_sqm, largest));
}

// Of a byte of which each half fails for itself or not.
template <typename LowFails, typename HighFails>
void FillHalves(LowFails low_fails, HighFails high_fails,
                std::array<int32_t, 256>& losses, HalfTables& tables) {
  for (uint32_t half = 0; half < kHalfByte; ++half) {
    const bool by_low = low_fails(half);
    const bool by_high = high_fails(half);
    for (uint32_t other = 0; other < kHalfByte; ++other) {
      if (by_low) losses[half + other * kHalfByte] = HomeLosses::kFails;
      if (by_high) losses[other + half * kHalfByte] = HomeLosses::kFails;
    }
    // A register holds the table twice.
    for (const uint32_t at : {half, half + kHalfByte}) {
      tables.low[at] = by_low ? UINT8_MAX : 0;
      tables.high[at] = by_high ? UINT8_MAX : 0;
    }
  }
}

}  // namespace

HomeLosses::HomeLosses(const HomeQuery& query)
    : HomeLosses(query, WeightsOf(query.wish(), HomeQuery::kFeatures)) {}

HomeLosses::HomeLosses(const HomeQuery& query, const Weights& weights)
    : fresh_(query.wish().evaluation_seconds, kFreshnessDecaySeconds,
             weights[kFreshness]),
      unsaid_date_(weights[kDates] * kUnsaid),
      latest_day_(query.wish().latest_day) {
  const HomeWish& asked = query.wish().home;
  FillPrice(asked, weights[kPrice]);
  FillSpace(asked, weights[kSpace]);
  FillEquipment(asked, weights[kEquipment]);
  FillBroadband(asked, weights[kEquipment]);
  FillKind(asked);
  FillRules(asked);
}

void HomeLosses::FillPrice(const HomeWish& asked, int32_t weight) {
  ByByte& losses = At(HomeCode::kPrice);
  losses[0] = weight * kUnsaid;
  for (int64_t step = 0; step < HomeCode::kRentSteps; ++step) {
    losses[static_cast<size_t>(1 + step)] =
        LossByPrice(weight, asked.max_rent_cents, step << HomeCode::kRentShift);
  }
  for (int64_t step = 0; step < HomeCode::kPriceSteps; ++step) {
    losses[static_cast<size_t>(HomeCode::kFirstPrice + step)] = LossByPrice(
        weight, asked.max_price_cents, step << HomeCode::kPriceShift);
  }
}

void HomeLosses::FillSpace(const HomeWish& asked, int32_t weight) {
  for (int32_t rooms = 0; rooms <= HomeCode::kLastHalf; ++rooms) {
    for (int32_t area = 0; area <= HomeCode::kLastHalf; ++area) {
      At(HomeCode::kSpace)[static_cast<size_t>(rooms | area << 4)] =
          LossBySpace(weight, asked, rooms, area);
    }
  }
}

void HomeLosses::FillEquipment(const HomeWish& asked, int32_t weight) {
  ByByte& losses = At(HomeCode::kEquipment);
  if (asked.equipment == 0 && !asked.broadband_mbps) {
    losses.fill(weight * kUnsaid);
    return;
  }
  for (uint32_t code = 0; code < losses.size(); ++code) {
    const uint32_t has = code % kHalfByte;
    const uint32_t lacks = code / kHalfByte;
    if ((has & lacks) != 0) continue;  // No home has such a code.
    const auto with = [&](int32_t mbps) {
      return LossOf(weight,
                    EquipmentFeature(asked.equipment, has << 1U, lacks << 1U,
                                     asked.broadband_mbps, mbps));
    };
    losses[code] = with(-1);
    // Broadband has a byte of its own.
    if (asked.broadband_mbps) {
      losses[code] = std::min(losses[code], with(INT32_MAX));
    }
  }
}

// What is left to lose beside the equipment's best: said and too slow is one
// wished item more that is said, at most one of all, and not there.
void HomeLosses::FillBroadband(const HomeWish& asked, int32_t weight) {
  if (!asked.broadband_mbps) return;
  ByByte& losses = At(HomeCode::kBroadband);
  if (asked.equipment == 0) losses[0] = weight * kUnsaid;
  const int32_t too_slow =
      weight * (kOne / (1 + std::popcount(asked.equipment)));
  for (int32_t byte = 1; byte < UINT8_MAX; ++byte) {
    const int32_t fastest = (byte << HomeCode::kMbpsShift) - 1;
    if (fastest >= *asked.broadband_mbps) break;
    losses[static_cast<size_t>(byte)] = too_slow;
  }
}

void HomeLosses::FillKind(const HomeWish& asked) {
  // The last half byte may be anything, as what is not said.
  const auto failed = [&](uint32_t tenure, uint32_t home_type) {
    constexpr uint32_t kAny = HomeCode::kLastHalf;
    return HomeTypeConstraint(
               asked.tenures, static_cast<uint8_t>(tenure % kAny),
               asked.home_types,
               static_cast<uint8_t>(home_type % kAny)) == Outcome::kFailed;
  };
  FillHalves([&](uint32_t tenure) { return failed(tenure, 0); },
             [&](uint32_t home_type) { return failed(0, home_type); },
             At(HomeCode::kKind), kind_);
}

void HomeLosses::FillRules(const HomeWish& asked) {
  const auto by_answers = [&](uint32_t half) {
    const auto wbs = static_cast<uint8_t>(half & HomeCode::kAnswer);
    const auto pets = static_cast<uint8_t>(half >> HomeCode::kPetsShift);
    return WbsConstraint(static_cast<uint8_t>(asked.has_wbs), wbs) ==
               Outcome::kFailed ||
           PetsConstraint(asked.pets, pets) == Outcome::kFailed;
  };
  const auto by_occupants = [&](uint32_t most) {
    return most != HomeCode::kLastHalf &&
           OccupantsConstraint(asked.people, 0, static_cast<int32_t>(most)) ==
               Outcome::kFailed;
  };
  FillHalves(by_answers, by_occupants, At(HomeCode::kRules), rules_);
}

void HomeLosses::FillDays(int64_t newest) {
  const int64_t base = HomeColumns::DayOfNewest(newest);
  ByByte& losses = At(HomeCode::kDay);
  losses[0] = unsaid_date_;
  for (int64_t byte = HomeCode::kFirstDay; byte <= UINT8_MAX; ++byte) {
    const int64_t first = base + (byte - HomeCode::kFirstDay) * HomeCode::kDays;
    losses[static_cast<size_t>(byte)] =
        latest_day_ && first > *latest_day_ ? kFails : 0;
  }
}

void HomeLosses::EnterNewest(int64_t newest) {
  if (newest_ == newest) return;
  newest_ = newest;
  FillDays(newest);
  AgeByte::Fill(fresh_, newest, At(HomeCode::kAge));
  Scale(HomeCode::kDay);
  Scale(HomeCode::kAge);
}

void HomeLosses::Fit(int64_t budget) {
  if (!unit_.Fit(budget)) return;
  for (size_t i = 0; i < losses_.size(); ++i) {
    if (i != HomeCode::kKind && i != HomeCode::kRules) Scale(i);
  }
}

uint64_t HomeLosses::Filter(const Block& block, int64_t budget) const {
  if (budget < 0) return 0;
  LossSums sums{};
  AddHalves(block[HomeCode::kKind], kind_, sums);
  AddHalves(block[HomeCode::kRules], rules_, sums);
  for (size_t i = 0; i < scaled_.size(); ++i) {
    if (scaled_[i].any()) AddLosses(block[i], scaled_[i], sums);
  }
  return RowsAtMost(sums, unit_.Of(budget));
}

int64_t HomeLosses::Of(const Block& block, uint32_t place) const {
  int64_t loss = 0;
  for (size_t i = 0; i < losses_.size(); ++i) {
    loss += losses_[i][block[i][place]];
  }
  return loss;
}

}  // namespace heimweg::matching
