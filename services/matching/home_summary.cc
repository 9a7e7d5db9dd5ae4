#include "services/matching/home_summary.h"

#include <algorithm>

#include "services/matching/constraints/home.h"

namespace heimweg::matching {

HomeSummary::HomeSummary(const HomeColumns& columns,
                         absl::Span<const uint32_t> rows) {
  Summarize(columns.common, rows, common,
            [&](uint32_t row) { Add(columns, row); });
}

HomeSummary::HomeSummary(absl::Span<const HomeSummary> below) {
  Summarize(below, common, [&](const HomeSummary& one) { Add(one); });
}

void HomeSummary::Add(const HomeColumns& columns, uint32_t row) {
  tenures.Add(columns.tenure[row]);
  home_types.Add(columns.home_type[row]);
  if (columns.amount_cents[row] < 0) {
    no_amount = true;
  } else {
    int64_t& least =
        IsRented(columns.tenure[row]) ? least_rent_cents : least_price_cents;
    least = std::min(least, columns.amount_cents[row]);
  }
  if (columns.room_halves[row] == 0) no_rooms = true;
  if (columns.area_centi_sqm[row] == 0) no_area = true;
  if (columns.pets_allowed[row] != type::v1::ANSWER_NO) all_refuse_pets = false;
  if (columns.wbs_required[row] != type::v1::ANSWER_YES) all_ask_wbs = false;
  room_halves = std::max(room_halves, columns.room_halves[row]);
  area_centi_sqm = std::max(area_centi_sqm, columns.area_centi_sqm[row]);
  if (columns.available_day[row] == kNoDay) {
    no_date = true;
  } else {
    available_day = std::min(available_day, columns.available_day[row]);
  }
  if (columns.accessibility[row] == 0) no_accessibility = true;
  accessibility = static_cast<uint8_t>(accessibility |
                                       WithImplied(columns.accessibility[row]));
  has_equipment =
      static_cast<uint8_t>(has_equipment | columns.has_equipment[row]);
  broadband_mbps = std::max(broadband_mbps, columns.broadband_mbps[row]);
}

void HomeSummary::Add(const HomeSummary& other) {
  tenures.Add(other.tenures);
  home_types.Add(other.home_types);
  no_amount = no_amount || other.no_amount;
  no_rooms = no_rooms || other.no_rooms;
  no_area = no_area || other.no_area;
  no_date = no_date || other.no_date;
  all_refuse_pets = all_refuse_pets && other.all_refuse_pets;
  all_ask_wbs = all_ask_wbs && other.all_ask_wbs;
  least_rent_cents = std::min(least_rent_cents, other.least_rent_cents);
  least_price_cents = std::min(least_price_cents, other.least_price_cents);
  room_halves = std::max(room_halves, other.room_halves);
  area_centi_sqm = std::max(area_centi_sqm, other.area_centi_sqm);
  available_day = std::min(available_day, other.available_day);
  accessibility = static_cast<uint8_t>(accessibility | other.accessibility);
  no_accessibility = no_accessibility || other.no_accessibility;
  has_equipment = static_cast<uint8_t>(has_equipment | other.has_equipment);
  broadband_mbps = std::max(broadband_mbps, other.broadband_mbps);
}

}  // namespace heimweg::matching
