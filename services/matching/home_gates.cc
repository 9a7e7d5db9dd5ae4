#include "services/matching/home_gates.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/constraints/home.h"
#include "services/matching/features/distance.h"
#include "services/matching/home_query.h"
#include "services/matching/weights.h"
#include "services/places/commute.h"

namespace heimweg::matching {
namespace {

// Sets `fits` to false if it does not.
template <typename Number>
Number InField(int64_t number, bool& fits) {
  fits = fits && std::in_range<Number>(number);
  return static_cast<Number>(number);
}

template <typename Number>
Number AllIfNone(uint32_t set, bool& fits) {
  return set == 0 ? std::numeric_limits<Number>::max()
                  : InField<Number>(set, fits);
}

// What PRICE loses by each cent, see features/price.h.
float FallOf(std::optional<int64_t> budget_cents) {
  constexpr float kSteep = 1e30F;
  if (!budget_cents) return 0;
  if (*budget_cents <= 0) return kSteep;
  return static_cast<float>(4.0 * kOne /
                            (3 * static_cast<double>(*budget_cents)));
}

// How DISTANCE falls with the way to an anchor: it is at most
// top * exp(-fall * metres), within the limit if the offer has to be there.
struct Decline {
  double top = 1;
  double fall = 0;
};

// The time for a way never grows less than by its mean up to a kilometre, and
// up to the limit, as all speeds rise or all fall with the length.
Decline DeclineWithMinutes(const Anchor& anchor) {
  constexpr double kRounding = 0.1;  // of a minute, or by a metre
  constexpr int32_t kShort = 1'000;
  const int32_t reach = places::ReachMeters(anchor.minutes, anchor.mode);
  if (reach <= 0 || reach >= places::kMaxDistanceMeters) return {};
  const int32_t start = places::CommuteMinutes(0, anchor.mode);
  const int32_t after = places::CommuteMinutes(kShort, anchor.mode);
  const double minutes = anchor.minutes;
  const double rise = std::min((minutes - kRounding - start) / reach,
                               (after - 1.0 - start) / kShort);
  return {std::exp(-2 * start / minutes), 2 * std::max(rise, 0.0) / minutes};
}

Decline DeclineOf(const Anchor& anchor, bool must) {
  switch (anchor.limit) {
    case Anchor::Limit::kNone:
      return {1, 1.0 / kOpenScaleMeters};
    case Anchor::Limit::kRadius:
      if (anchor.radius_m <= 0) return {};
      return {1, 2.0 / anchor.radius_m};
    case Anchor::Limit::kMinutes:
      break;
  }
  return must ? DeclineWithMinutes(anchor) : Decline();
}

}  // namespace

GatedHome::GatedHome(const HomeColumns& homes, uint32_t row,
                     FeatureValue freshness_at)
    : available_day(homes.available_day[row]),
      fewest_people(homes.min_occupants[row]),
      most_people(homes.max_occupants[row]),
      room_halves(homes.room_halves[row]),
      enough_rooms(room_halves),
      area_centi_sqm(static_cast<float>(homes.area_centi_sqm[row])),
      has_equipment(homes.has_equipment[row]),
      said_equipment(homes.has_equipment[row] | homes.lacks_equipment[row]),
      mbps(homes.broadband_mbps[row]),
      point(homes.common.point[row]),
      place_known(IsKnown(point) ? 1.0F : 0.0F),
      distance_at_least(IsKnown(point) ? 0.0F : static_cast<float>(kNeutral)),
      dates(static_cast<float>(available_day == kNoDay ? kNeutral : kOne)),
      freshness(static_cast<float>(freshness_at.OrNeutral())) {
  constexpr int32_t kMost = std::numeric_limits<int32_t>::max();
  if (most_people == 0) most_people = kMost;
  if (room_halves == 0) enough_rooms = kMost;
  // Others than a field has bits for are as good as not said.
  const auto bit_of = [this](uint8_t value, int bits) {
    is_common = is_common && value < bits;
    return value == 0 || value >= bits ? -1 : 1 << value;
  };
  tenure = bit_of(homes.tenure[row], 8);
  home_type = bit_of(homes.home_type[row], 16);
  if (homes.amount_cents[row] >= 0) {
    rented = IsRented(homes.tenure[row]);
    sold = IsSold(homes.tenure[row]);
    amount_cents = static_cast<float>(homes.amount_cents[row]);
  }
  if (homes.accessibility[row] != 0) {
    missing =
        static_cast<int32_t>(~WithImplied(homes.accessibility[row]) & 0xffU);
  }
  const auto fails = [](Outcome outcome) {
    return outcome == Outcome::kFailed;
  };
  if (fails(PetsConstraint(true, homes.pets_allowed[row]))) {
    missing |= HomeGates::kPets;
  }
  if (fails(WbsConstraint(type::v1::ANSWER_NO, homes.wbs_required[row]))) {
    missing |= HomeGates::kHasNoWbs;
  }
}

void HomeGates::Set(size_t at, const StoredWish& wish) {
  const uint64_t bit = uint64_t{1} << (at % 64);
  uint64_t& open = open_[at / 64];
  open = SetLimits(at, wish) ? open & ~bit : open | bit;
  SetPlace(at, wish.anchors);
}

// False if a number does not fit.
bool HomeGates::SetLimits(size_t at, const StoredWish& wish) {
  const HomeFacts& facts = wish.home;
  const HomeWish& asked = facts.wish;
  if (!facts.can_be_ranked) {
    tenures[at] = 0;
    return true;
  }
  bool fits = true;
  tenures[at] = AllIfNone<uint8_t>(asked.tenures, fits);
  home_types[at] = AllIfNone<uint16_t>(asked.home_types, fits);
  const auto answer = asked.has_wbs;
  const bool no_wbs =
      answer != type::v1::ANSWER_UNSPECIFIED && answer != type::v1::ANSWER_YES;
  needs[at] = static_cast<uint16_t>(
      InField<uint8_t>(asked.accessibility, fits) | (asked.pets ? kPets : 0) |
      (no_wbs ? kHasNoWbs : 0));
  equipment[at] = InField<uint8_t>(asked.equipment, fits);
  people[at] = InField<int16_t>(asked.people, fits);
  room_halves[at] = InField<int16_t>(asked.min_room_halves.value_or(-1), fits);
  mbps[at] = InField<int16_t>(asked.broadband_mbps.value_or(-1), fits);
  latest_day[at] =
      facts.latest_day.value_or(std::numeric_limits<int32_t>::max());
  threshold[at] = static_cast<float>(wish.settings.threshold);
  rent_fall[at] = FallOf(asked.max_rent_cents);
  price_fall[at] = FallOf(asked.max_price_cents);
  area_rise[at] = 0;
  if (asked.area_centi_sqm) {
    fits = fits && *asked.area_centi_sqm > 0;
    area_rise[at] = static_cast<float>(
        static_cast<double>(kOne) / static_cast<double>(*asked.area_centi_sqm));
  }
  for (size_t i = 0; i < weights.size(); ++i) {
    weights[i][at] = InField<uint8_t>(facts.weights[i], fits);
  }
  return fits;
}

// That of the anchor that says most: one whose limit has to be met, or else the
// heaviest.
void HomeGates::SetPlace(size_t at, const std::vector<Anchor>& anchors) {
  constexpr double kMetersOfAUnit =
      places::kEarthRadiusMeters / 1'073'741'824.0;
  constexpr float kWider = 1.00001F;  // than all roundings
  const auto choices =
      std::count_if(anchors.begin(), anchors.end(), [](const Anchor& anchor) {
        return anchor.limit != Anchor::Limit::kNone && !anchor.required;
      });
  const auto must = [choices](const Anchor& anchor) {
    return anchor.limit != Anchor::Limit::kNone &&
           (anchor.required || choices == 1);
  };
  const auto best = std::max_element(
      anchors.begin(), anchors.end(), [&](const Anchor& a, const Anchor& b) {
        return std::pair(must(a), a.weight) < std::pair(must(b), b.weight);
      });
  int64_t of = 0;
  for (const Anchor& anchor : anchors) of += anchor.weight;
  within[at] = std::numeric_limits<float>::max();
  fall[at] = 0;
  near[at] = 0;
  rest[at] = static_cast<float>(of == 0 ? kNeutral : kOne);
  if (best == anchors.end()) return;
  x[at] = best->point.x;
  y[at] = best->point.y;
  z[at] = best->point.z;
  if (must(*best) && best->chord_within <= places::kQuarterTurn) {
    // Where the place of a home is not known, even a limit that nothing is
    // within does not count.
    within[at] =
        static_cast<float>(std::max<int64_t>(best->chord_within, 0)) * kWider;
  }
  if (best->weight == 0) return;
  const Decline decline = DeclineOf(*best, must(*best));
  const double share =
      static_cast<double>(best->weight) / static_cast<double>(of);
  fall[at] = static_cast<float>(decline.fall * kMetersOfAUnit);
  near[at] = static_cast<float>(kOne * share * decline.top);
  rest[at] = static_cast<float>(kOne * (1 - share));
}

}  // namespace heimweg::matching
