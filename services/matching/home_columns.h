// The columns of homes.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_COLUMNS_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_COLUMNS_H_

#include <cstdint>
#include <vector>

#include "heimweg/housing/v1/home_service.pb.h"
#include "services/matching/cards.h"
#include "services/matching/cell_grid.h"
#include "services/matching/common_columns.h"
#include "services/matching/home_code.h"
#include "services/matching/terms.h"

namespace heimweg::matching {

struct HomeSummary;

// Thread-compatible.
class HomeColumns {
 public:
  using Offer = housing::v1::Home;
  using Change = housing::v1::HomeChange;
  using WatchResponse = housing::v1::WatchHomesResponse;
  using Summary = HomeSummary;

  // Ties are broken by a NameOrder.
  static constexpr bool kOrdersNames = true;

  static const Offer* OfferOf(const Change& change) {
    return change.has_home() ? &change.home() : nullptr;
  }
  static Card CardOf(const Offer& home);

  void Append(const Offer& home, Dictionaries& terms);
  void AppendFrom(const HomeColumns& other, uint32_t row);
  void Reserve(size_t rows, size_t listed);
  // Rows in this order lie near those that are like them.
  uint64_t PlaceInOrder(uint32_t row) const;
  void Seal();
  size_t rows() const { return common.rows(); }
  size_t listed() const { return 0; }
  int64_t Bytes() const;

  // By where they are; the label is 0.
  const CellGrid& grid() const { return grid_; }
  // Of HomeCode, once sealed, against the AgeByte::Newest of all rows.
  const HomeCode::Planes& planes() const { return planes_; }
  int64_t newest() const { return newest_; }
  static int64_t DayOfNewest(int64_t newest);

  CommonColumns common;
  std::vector<uint8_t> tenure;
  std::vector<uint8_t> home_type;
  // Rent and trial living: warm rent, else cold rent. Sale: price. -1: not
  // said.
  std::vector<int64_t> amount_cents;
  std::vector<int16_t> room_halves;      // 0: not said
  std::vector<int32_t> area_centi_sqm;   // 0: not said
  std::vector<int32_t> available_day;    // kNoDay: not said
  std::vector<uint8_t> min_occupants;    // 0: not said
  std::vector<uint8_t> max_occupants;    // 0: not said
  std::vector<uint8_t> wbs_required;     // Answer
  std::vector<uint8_t> pets_allowed;     // Answer
  std::vector<uint8_t> accessibility;    // bit by enum; 0: not said
  std::vector<uint8_t> has_equipment;    // bit by profiles.v1.Equipment
  std::vector<uint8_t> lacks_equipment;  // those of which it says "no"
  std::vector<int32_t> broadband_mbps;   // -1: not said
  std::vector<uint32_t> landlord;        // number; 0: not said

 private:
  HomeCode::Bytes CodeOf(uint32_t row) const;

  CellGrid grid_;
  HomeCode::Planes planes_;
  int64_t newest_ = 0;
};

// Rent and trial living are paid by the month, the others once.
inline bool IsRented(uint8_t tenure) {
  return tenure == housing::v1::TENURE_RENT ||
         tenure == housing::v1::TENURE_TRIAL;
}
inline bool IsSold(uint8_t tenure) {
  return tenure == housing::v1::TENURE_BUY ||
         tenure == housing::v1::TENURE_PLOT;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_COLUMNS_H_
