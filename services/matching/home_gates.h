// HomeGates: what 256 stored wishes ask of a home, field by field, so that a
// home is compared with several at once. Who misses a limit for certain, or
// cannot be worth enough to the home or it to them, is not looked at further;
// of all others all facts decide (wish_bounds.h).
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_GATES_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_GATES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "services/matching/feature.h"
#include "services/matching/home_columns.h"
#include "services/matching/wish_cells.h"
#include "services/matching/wish_facts.h"

namespace heimweg::matching {

inline constexpr uint32_t kChunkSlots = 256;

// Of the wishes in a chunk, a bit for each.
using ChunkBits = std::array<uint64_t, kChunkSlots / 64>;

// A home as wishes are compared with it; without what it does not say they
// pass.
struct GatedHome {
  GatedHome(const HomeColumns& homes, uint32_t row, FeatureValue freshness_at);

  // Whether fields have bits for what it is.
  bool is_common = true;
  int32_t tenure = -1;  // its bit by enum; -1: all bits
  int32_t home_type = -1;
  int32_t missing = 0;  // bits of HomeGates::needs that it does not meet
  int32_t available_day;
  int32_t fewest_people;
  int32_t most_people;
  int32_t room_halves;   // 0: not said
  int32_t enough_rooms;  // the same; if not said, more than anybody needs
  bool rented = false;   // the amount is a rent…
  bool sold = false;     // …or a price; neither: it is not said
  float amount_cents = 0;
  float area_centi_sqm;  // 0: not said
  int32_t has_equipment;
  int32_t said_equipment;
  int32_t mbps;  // -1: not said
  places::GeoPoint point;
  float place_known;        // 0 or 1
  float distance_at_least;  // what DISTANCE is if the place is not known
  float dates;              // of who comes after it is free
  float freshness;
};

class HomeGates {
 public:
  void Set(size_t at, const StoredWish& wish);

  // Leaves those of `wishes` out for whom the home is not enough for certain:
  // both scores have to be `least` and, if `told`, the threshold of the wish.
  // The two give the same; the first takes what the processor has.
  void LeaveOut(const GatedHome& home, int32_t least, bool told,
                ChunkBits& wishes) const;
  void LeaveOutOneByOne(const GatedHome& home, int32_t least, bool told,
                        ChunkBits& wishes) const;

  // Whether the fields hold all that is asked of the home but for its place and
  // rent or price: then who is left by LeaveOut passes all other limits.
  bool Holds(size_t at) const { return (open_[at / 64] >> (at % 64) & 1) == 0; }

  // Bits of `needs` above those of accessibility.
  static constexpr int32_t kPets = 1 << 8;
  static constexpr int32_t kHasNoWbs = 1 << 9;

  template <typename Number>
  using Field = std::array<Number, kChunkSlots>;

  // Bits by enum; none: nothing can be ranked.
  Field<uint8_t> tenures{};
  Field<uint16_t> home_types{};
  Field<uint16_t> needs{};
  Field<uint8_t> equipment{};
  Field<int16_t> people{};       // 0: not said
  Field<int16_t> room_halves{};  // -1: not said
  Field<int16_t> mbps{};         // -1: not said
  Field<int32_t> latest_day{};
  Field<float> threshold{};
  // What PRICE loses by a cent of rent or price, and SPACE gains by the
  // hundredth of a square metre. 0: no limit, or no wish.
  Field<float> rent_fall{};
  Field<float> price_fall{};
  Field<float> area_rise{};
  // By HomeQuery::kFeatures.
  std::array<Field<uint8_t>, HomeFacts::kFeatures> weights{};
  // One anchor. DISTANCE is at most rest + near * exp(-fall * chord).
  Field<int32_t> x{};
  Field<int32_t> y{};
  Field<int32_t> z{};
  Field<float> within{};  // greatest squared chord
  Field<float> fall{};
  Field<float> near{};
  Field<float> rest{};

 private:
  bool SetLimits(size_t at, const StoredWish& wish);
  void SetPlace(size_t at, const std::vector<Anchor>& anchors);

  // Those of whom a number does not fit into its field.
  ChunkBits open_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_GATES_H_
