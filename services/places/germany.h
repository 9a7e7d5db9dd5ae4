// What is fixed about Germany: its extent and its 16 states, and the shape of
// its keys.
#ifndef HEIMWEG_SERVICES_PLACES_GERMANY_H_
#define HEIMWEG_SERVICES_PLACES_GERMANY_H_

#include <span>

#include "absl/strings/string_view.h"
#include "services/places/distance.h"

namespace heimweg::places {

struct State {
  absl::string_view ags;   // 2 digits
  absl::string_view name;  // "Brandenburg"
};

// The 16 states (Laender), ordered by AGS.
std::span<const State> States();

// The name of the state that an AGS of 2 to 8 digits belongs to, or empty.
absl::string_view StateName(absl::string_view ags);

// True for exactly `count` digits.
bool IsDigits(absl::string_view text, size_t count);

// Within the rectangle around Germany plus half a degree (35 to 55 km), which
// leaves room for jobs just beyond the border.
bool IsInOrNearGermany(LatLng where);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GERMANY_H_
