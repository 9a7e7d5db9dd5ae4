#include "services/matching/home_comparison.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace heimweg::matching {
namespace {

bool MissesLimit(const HomeComparison& by, size_t at) {
  const HomeGates& gates = by.gates;
  const GatedHome& home = by.home;
  const int32_t people = gates.people[at];
  return (gates.tenures[at] & home.tenure) == 0 ||
         (gates.home_types[at] & home.home_type) == 0 ||
         (gates.needs[at] & home.missing) != 0 ||
         home.available_day > gates.latest_day[at] ||
         gates.room_halves[at] > home.enough_rooms ||
         (people != 0 &&
          (home.fewest_people > people || people > home.most_people));
}

float SpaceOf(const HomeComparison& by, size_t at) {
  const HomeGates& gates = by.gates;
  const GatedHome& home = by.home;
  const bool rooms = gates.room_halves[at] >= 0 && home.room_halves > 0;
  const bool area = gates.area_rise[at] > 0 && home.area_centi_sqm > 0;
  float sum = 0;
  if (rooms) {
    const int32_t more = home.room_halves - gates.room_halves[at];
    sum += std::min(
        by.kRoomsAreEnough + by.kHalfRoom * static_cast<float>(more), by.kUnit);
  }
  if (area) {
    sum += std::min(home.area_centi_sqm * gates.area_rise[at], by.kUnit);
  }
  if (!rooms && !area) return by.kUnsaid;
  return rooms && area ? sum * by.kHalf : sum;
}

float EquipmentOf(const HomeComparison& by, size_t at) {
  const HomeGates& gates = by.gates;
  const GatedHome& home = by.home;
  const uint32_t wished = gates.equipment[at];
  int there = std::popcount(wished & static_cast<uint32_t>(home.has_equipment));
  int said = std::popcount(wished & static_cast<uint32_t>(home.said_equipment));
  if (gates.mbps[at] >= 0 && home.mbps >= 0) {
    ++said;
    if (home.mbps >= gates.mbps[at]) ++there;
  }
  if (said == 0) return by.kUnsaid;
  return static_cast<float>(there) * by.kUnit / static_cast<float>(said);
}

float Difference(int32_t a, int32_t b) {
  // From one end of the Earth to the other it wraps, to the same square.
  return static_cast<float>(static_cast<int32_t>(static_cast<uint32_t>(a) -
                                                 static_cast<uint32_t>(b)));
}

float DistanceOf(const HomeComparison& by, size_t at, float chord_squared) {
  const float chord = std::max(std::sqrt(chord_squared) - by.kRoundedBy, 0.0F);
  const float way = chord * by.gates.fall[at];
  float exp = by.kTerm5 + by.kTerm6 * way;
  exp = by.kTerm4 + exp * way;
  exp = by.kTerm3 + exp * way;
  exp = by.kTerm2 + exp * way;
  exp = 1 + exp * way;
  exp = 1 + exp * way;
  return std::max(by.gates.rest[at] + by.gates.near[at] / exp,
                  by.home.distance_at_least);
}

bool MayBeEnough(const HomeComparison& by, size_t at) {
  const HomeGates& gates = by.gates;
  const GatedHome& home = by.home;
  if (MissesLimit(by, at)) return false;
  const float fall = by.Falls()[at];
  const float price =
      fall == 0
          ? by.kUnsaid
          : std::min(by.kPriceOfNothing - home.amount_cents * fall, by.kUnit);
  const float dx = Difference(home.point.x, gates.x[at]);
  const float dy = Difference(home.point.y, gates.y[at]);
  const float dz = Difference(home.point.z, gates.z[at]);
  const float chord_squared = (dx * dx + dy * dy + dz * dz) * home.place_known;
  if (price < by.kLeastPrice || chord_squared > gates.within[at]) return false;
  const float space = SpaceOf(by, at);
  const std::array<float, HomeFacts::kFeatures> values = {
      DistanceOf(by, at, chord_squared),
      home.dates,
      price,
      space,
      EquipmentOf(by, at),
      home.freshness};
  float sum = 0;
  float of = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto weight = static_cast<float>(gates.weights[i][at]);
    sum += weight * values[i];
    of += weight;
  }
  const float needed =
      std::max(by.least, gates.threshold[at] * by.own) - by.kSlack;
  const LetterWeights& letter = by.letter;
  return sum >= needed * std::max(of, 1.0F) &&
         letter.dates * home.dates + letter.price * price +
                 letter.space * space >=
             needed * (letter.dates + letter.price + letter.space);
}

HomeComparison ComparisonOf(const HomeGates& gates, const GatedHome& home,
                            int32_t least, bool told) {
  return {gates, home, static_cast<float>(least), told ? 1.0F : 0.0F};
}

}  // namespace

void HomeGates::LeaveOut(const GatedHome& home, int32_t least, bool told,
                         ChunkBits& wishes) const {
  if (!LeaveOutByAvx2(ComparisonOf(*this, home, least, told), open_, wishes)) {
    LeaveOutOneByOne(home, least, told, wishes);
  }
}

void HomeGates::LeaveOutOneByOne(const GatedHome& home, int32_t least,
                                 bool told, ChunkBits& wishes) const {
  const HomeComparison by = ComparisonOf(*this, home, least, told);
  for (size_t at = 0; at < kChunkSlots; ++at) {
    const uint64_t bit = uint64_t{1} << (at % 64);
    if ((wishes[at / 64] & ~open_[at / 64] & bit) == 0) continue;
    if (!MayBeEnough(by, at)) wishes[at / 64] &= ~bit;
  }
}

}  // namespace heimweg::matching
