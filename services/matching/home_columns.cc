#include "services/matching/home_columns.h"

#include <algorithm>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/sphere.h"
#include "services/matching/time_step.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kMostRoomHalves = 200;
constexpr int32_t kMostAreaCentiSqm = 1'000'000;
constexpr int64_t kMostHomeCents = 100'000'000'000;

int64_t Amount(int64_t cents) {
  return std::clamp<int64_t>(cents, 0, kMostHomeCents);
}

int64_t AmountOf(const housing::v1::Home& home) {
  const auto tenure = static_cast<uint8_t>(home.tenure());
  if (IsRented(tenure)) {
    if (home.has_monthly_warm_rent_cents()) {
      return Amount(home.monthly_warm_rent_cents());
    }
    if (home.has_monthly_cold_rent_cents()) {
      return Amount(home.monthly_cold_rent_cents());
    }
  }
  if (IsSold(tenure) && home.has_price_cents()) {
    return Amount(home.price_cents());
  }
  return -1;
}

uint8_t Bit(int value) { return static_cast<uint8_t>(1U << value); }

uint8_t AccessibilityOf(const housing::v1::Home& home) {
  uint8_t set = 0;
  for (int value : home.accessibility()) {
    if (value > 0 && value <= housing::v1::ACCESSIBILITY_NONE) {
      set |= Bit(value);
    }
  }
  return set;
}

// The equipment of which the home says `answer`.
uint8_t EquipmentOf(const housing::v1::Home& home, type::v1::Answer answer) {
  uint8_t set = 0;
  if (home.furnished() == answer) set |= Bit(profiles::v1::EQUIPMENT_FURNISHED);
  if (home.garden() == answer) set |= Bit(profiles::v1::EQUIPMENT_GARDEN);
  if (home.fitted_kitchen() == answer) {
    set |= Bit(profiles::v1::EQUIPMENT_FITTED_KITCHEN);
  }
  if (home.parking() == answer) set |= Bit(profiles::v1::EQUIPMENT_PARKING);
  return set;
}

}  // namespace

Card HomeColumns::CardOf(const Offer& home) {
  return {home.name(), home.title(), MunicipalityOf(home.place()),
          PostalCodeOf(home.place()), home.landlord()};
}

void HomeColumns::Append(const Offer& home, Dictionaries& terms) {
  common.Append(home, terms);
  tenure.push_back(static_cast<uint8_t>(home.tenure()));
  home_type.push_back(static_cast<uint8_t>(home.home_type()));
  amount_cents.push_back(AmountOf(home));
  room_halves.push_back(
      static_cast<int16_t>(Scaled(home.rooms(), 2, kMostRoomHalves)));
  area_centi_sqm.push_back(
      Scaled(home.living_area_sqm(), 100, kMostAreaCentiSqm));
  available_day.push_back(
      home.has_available_from() ? DayNumber(home.available_from()) : kNoDay);
  min_occupants.push_back(
      static_cast<uint8_t>(std::clamp(home.min_occupants(), 0, 255)));
  max_occupants.push_back(
      static_cast<uint8_t>(std::clamp(home.max_occupants(), 0, 255)));
  wbs_required.push_back(static_cast<uint8_t>(home.wbs_required()));
  pets_allowed.push_back(static_cast<uint8_t>(home.pets_allowed()));
  accessibility.push_back(AccessibilityOf(home));
  has_equipment.push_back(EquipmentOf(home, type::v1::ANSWER_YES));
  lacks_equipment.push_back(EquipmentOf(home, type::v1::ANSWER_NO));
  broadband_mbps.push_back(
      home.has_broadband_mbps() ? std::max(home.broadband_mbps(), 0) : -1);
  landlord.push_back(terms.landlords.Intern(FoldCase(home.landlord())));
}

void HomeColumns::AppendFrom(const HomeColumns& other, uint32_t row) {
  common.AppendFrom(other.common, row);
  tenure.push_back(other.tenure[row]);
  home_type.push_back(other.home_type[row]);
  amount_cents.push_back(other.amount_cents[row]);
  room_halves.push_back(other.room_halves[row]);
  area_centi_sqm.push_back(other.area_centi_sqm[row]);
  available_day.push_back(other.available_day[row]);
  min_occupants.push_back(other.min_occupants[row]);
  max_occupants.push_back(other.max_occupants[row]);
  wbs_required.push_back(other.wbs_required[row]);
  pets_allowed.push_back(other.pets_allowed[row]);
  accessibility.push_back(other.accessibility[row]);
  has_equipment.push_back(other.has_equipment[row]);
  lacks_equipment.push_back(other.lacks_equipment[row]);
  broadband_mbps.push_back(other.broadband_mbps[row]);
  landlord.push_back(other.landlord[row]);
}

uint64_t HomeColumns::PlaceInOrder(uint32_t row) const {
  const uint64_t kind = IsRented(tenure[row]) ? 0 : IsSold(tenure[row]) ? 1 : 2;
  const uint64_t unplaced = IsKnown(common.point[row]) ? 0 : 1;
  return (kind * 2 + unplaced) << 32 | HilbertPosition(common.point[row]);
}

int64_t HomeColumns::DayOfNewest(int64_t newest) {
  constexpr int64_t kSecondsPerDay = 86'400;
  return (newest << kTimeStepShift) / kSecondsPerDay;
}

HomeCode::Bytes HomeColumns::CodeOf(uint32_t row) const {
  HomeCode::Bytes code{};
  if (amount_cents[row] >= 0) {
    uint8_t& price = code[HomeCode::kPrice];
    if (IsRented(tenure[row])) price = HomeCode::Rent(amount_cents[row]);
    if (IsSold(tenure[row])) price = HomeCode::Price(amount_cents[row]);
  }
  code[HomeCode::kSpace] =
      HomeCode::Space(room_halves[row], area_centi_sqm[row]);
  code[HomeCode::kEquipment] =
      HomeCode::Equipment(has_equipment[row], lacks_equipment[row]);
  code[HomeCode::kBroadband] = HomeCode::Broadband(broadband_mbps[row]);
  code[HomeCode::kRules] =
      HomeCode::Rules(wbs_required[row], pets_allowed[row], max_occupants[row]);
  code[HomeCode::kKind] = HomeCode::Kind(tenure[row], home_type[row]);
  if (available_day[row] != kNoDay) {
    code[HomeCode::kDay] =
        HomeCode::Day(available_day[row] - DayOfNewest(newest_));
  }
  code[HomeCode::kAge] = AgeByte::Of(common.fresh[row], newest_);
  return code;
}

void HomeColumns::Seal() {
  grid_.Build(common.point, [](uint32_t /*row*/) { return 0; });
  newest_ = AgeByte::Newest(common.Freshest());
  planes_.Build(rows(), [this](uint32_t row) { return CodeOf(row); });
}

void HomeColumns::Reserve(size_t rows, size_t /*listed*/) {
  common.Reserve(rows);
  tenure.reserve(rows);
  home_type.reserve(rows);
  amount_cents.reserve(rows);
  room_halves.reserve(rows);
  area_centi_sqm.reserve(rows);
  available_day.reserve(rows);
  min_occupants.reserve(rows);
  max_occupants.reserve(rows);
  wbs_required.reserve(rows);
  pets_allowed.reserve(rows);
  accessibility.reserve(rows);
  has_equipment.reserve(rows);
  lacks_equipment.reserve(rows);
  broadband_mbps.reserve(rows);
  landlord.reserve(rows);
}

int64_t HomeColumns::Bytes() const {
  return common.Bytes() + planes_.Bytes() + BytesOf(tenure) +
         BytesOf(home_type) + BytesOf(amount_cents) + BytesOf(room_halves) +
         BytesOf(area_centi_sqm) + BytesOf(available_day) +
         BytesOf(min_occupants) + BytesOf(max_occupants) +
         BytesOf(wbs_required) + BytesOf(pets_allowed) +
         BytesOf(accessibility) + BytesOf(has_equipment) +
         BytesOf(lacks_equipment) + BytesOf(broadband_mbps) +
         BytesOf(landlord) + grid_.Bytes();
}

}  // namespace heimweg::matching
