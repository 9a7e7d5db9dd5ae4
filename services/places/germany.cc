#include "services/places/germany.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace heimweg::places {
namespace {

// The extreme points: Haldenwanger Eck, Sylt, Selfkant, Neisseaue.
constexpr double kSouthDeg = 47.27;
constexpr double kNorthDeg = 55.06;
constexpr double kWestDeg = 5.86;
constexpr double kEastDeg = 15.05;
constexpr double kMarginDeg = 0.5;

constexpr State kStates[] = {
    {"01", "Schleswig-Holstein"},
    {"02", "Hamburg"},
    {"03", "Niedersachsen"},
    {"04", "Bremen"},
    {"05", "Nordrhein-Westfalen"},
    {"06", "Hessen"},
    {"07", "Rheinland-Pfalz"},
    {"08", "Baden-Württemberg"},
    {"09", "Bayern"},
    {"10", "Saarland"},
    {"11", "Berlin"},
    {"12", "Brandenburg"},
    {"13", "Mecklenburg-Vorpommern"},
    {"14", "Sachsen"},
    {"15", "Sachsen-Anhalt"},
    {"16", "Thüringen"},
};

}  // namespace

std::span<const State> States() { return kStates; }

absl::string_view StateName(absl::string_view ags) {
  for (const State& state : States()) {
    if (ags.substr(0, 2) == state.ags) return state.name;
  }
  return {};
}

bool IsDigits(absl::string_view text, size_t count) {
  return text.size() == count &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsInOrNearGermany(LatLng where) {
  return where.lat_deg >= kSouthDeg - kMarginDeg &&
         where.lat_deg <= kNorthDeg + kMarginDeg &&
         where.lng_deg >= kWestDeg - kMarginDeg &&
         where.lng_deg <= kEastDeg + kMarginDeg;
}

}  // namespace heimweg::places
