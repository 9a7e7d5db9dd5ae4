// HomeSummary: what the published homes of a group can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_SUMMARY_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_SUMMARY_H_

#include <cstdint>

#include "absl/types/span.h"
#include "services/matching/block_tree.h"
#include "services/matching/common_summary.h"
#include "services/matching/home_columns.h"

namespace heimweg::matching {

struct HomeSummary {
  using Siblings = SiblingSpheres;

  HomeSummary(const HomeColumns& columns, absl::Span<const uint32_t> rows);
  explicit HomeSummary(absl::Span<const HomeSummary> below);

  CommonSummary common;
  RoughSet tenures;
  RoughSet home_types;
  bool no_amount = false;       // a home that does not say rent or price
  bool no_rooms = false;        // or its rooms
  bool no_area = false;         // or its area
  bool no_date = false;         // or from when it is free
  bool all_refuse_pets = true;  // of which it is known
  bool all_ask_wbs = true;
  // The least that is said of homes paid by the month, and of others.
  int64_t least_rent_cents = INT64_MAX;
  int64_t least_price_cents = INT64_MAX;
  int16_t room_halves = 0;            // the most
  int32_t area_centi_sqm = 0;         // the largest
  int32_t available_day = INT32_MAX;  // the first
  // Accessibility that at least one has, and whether one says nothing of it.
  uint8_t accessibility = 0;
  bool no_accessibility = false;
  uint8_t has_equipment = 0;    // that any has
  int32_t broadband_mbps = -1;  // the fastest

 private:
  void Add(const HomeColumns& columns, uint32_t row);
  void Add(const HomeSummary& other);
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_SUMMARY_H_
