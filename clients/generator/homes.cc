// Homes and building plots.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/generator/world.h"

namespace heimweg::generator {
namespace {

using housing::v1::Home;

constexpr absl::string_view kDescriptions[] = {
    "Ruhige Lage, Schule und Einkauf sind zu Fuß zu erreichen.",
    "Frisch renoviert; die Besichtigung ist auch am Wochenende möglich.",
    "Die Nachbarschaft ist gemischt und freut sich über Familien.",
    "Zum Bahnhof sind es zehn Minuten, zum Wald fünf.",
    "Die Eigentümer wohnen im Haus und helfen beim Ankommen.",
    "Wird im Auftrag der Gemeinde vermittelt, ohne Provision."};

// Cents a square metre and month (cold), and euros a square metre to buy, by
// size class of the town.
constexpr int64_t kRentCents[] = {560, 650, 800, 1050, 1400};
constexpr int64_t kPriceEur[] = {1100, 1500, 2300, 3600, 5200};
constexpr int64_t kPlotEur[] = {25, 60, 140, 350, 800};

void DrawTenure(Random& random, Home& home) {
  const int64_t drawn = random.Below(100);
  home.set_tenure(drawn < 62   ? housing::v1::TENURE_RENT
                  : drawn < 86 ? housing::v1::TENURE_BUY
                  : drawn < 95 ? housing::v1::TENURE_PLOT
                               : housing::v1::TENURE_TRIAL);
}

void DrawType(const Town& town, Random& random, Home& home) {
  const int64_t drawn = random.Below(100);
  const bool let = home.tenure() == housing::v1::TENURE_RENT ||
                   home.tenure() == housing::v1::TENURE_TRIAL;
  const int64_t flats = (let ? 70 : 25) + 5 * town.size_class();
  if (home.tenure() == housing::v1::TENURE_PLOT) {
    home.set_home_type(housing::v1::HOME_TYPE_PLOT);
  } else if (drawn < flats) {
    home.set_home_type(housing::v1::HOME_TYPE_FLAT);
  } else if (let && drawn >= 95) {
    home.set_home_type(housing::v1::HOME_TYPE_ROOM);
  } else {
    constexpr housing::v1::HomeType kHouses[] = {
        housing::v1::HOME_TYPE_DETACHED,
        housing::v1::HOME_TYPE_DETACHED,
        housing::v1::HOME_TYPE_SEMI_DETACHED,
        housing::v1::HOME_TYPE_TERRACED,
        housing::v1::HOME_TYPE_FARMHOUSE,
        housing::v1::HOME_TYPE_UNSPECIFIED};
    home.set_home_type(random.Pick(kHouses));
  }
}

// Rooms in halves and the living space that goes with them.
struct Size {
  int64_t half_rooms;
  int64_t area_sqm;
};

Size DrawSize(const Home& home, Random& random) {
  const bool flat = home.home_type() == housing::v1::HOME_TYPE_FLAT;
  const bool room = home.home_type() == housing::v1::HOME_TYPE_ROOM;
  const int64_t half_rooms = room   ? 2
                             : flat ? random.Between(2, 9)
                                    : random.Between(6, 14);
  const int64_t each = random.Between(20, 27);
  return {half_rooms, std::max<int64_t>(12, half_rooms * each / 2)};
}

void FillRent(const Size& size, const Town& town, Random& random, Home& home) {
  const int64_t luck = random.Between(85, 120);
  const int64_t running = random.Between(240, 340);
  const int64_t east = town.in_east() ? 92 : 100;
  const int64_t cold = kRentCents[town.size_class()] * size.area_sqm * luck /
                       100 * east / 100 / 500 * 500;
  if (random.Percent(85)) home.set_monthly_cold_rent_cents(cold);
  if (random.Percent(85)) {
    home.set_monthly_warm_rent_cents(cold + size.area_sqm * running);
  }
  if (random.Percent(60)) home.set_deposit_cents(3 * cold);
}

void FillPrice(int64_t area_sqm, const int64_t (&by_size)[5], const Town& town,
               Random& random, Home& home) {
  const int64_t luck = random.Between(70, 130);
  const int64_t east = town.in_east() ? 85 : 100;
  const int64_t eur =
      by_size[town.size_class()] * area_sqm * luck / 100 * east / 100;
  if (random.Percent(88)) home.set_price_cents(eur / 500 * 500 * 100);
}

void FillBuilding(const Setting& setting, const Size& size, Random& random,
                  Home& home) {
  if (random.Percent(88)) {
    home.set_rooms(static_cast<double>(size.half_rooms) / 2);
  }
  if (random.Percent(90)) {
    home.set_living_area_sqm(static_cast<double>(size.area_sqm));
  }
  const int64_t plot = random.Between(200, 2500);
  if (home.home_type() != housing::v1::HOME_TYPE_FLAT &&
      home.home_type() != housing::v1::HOME_TYPE_ROOM && random.Percent(80)) {
    home.set_plot_area_sqm(static_cast<double>(plot));
  }
  const int64_t days = random.Between(-60, 400);
  if (random.Percent(80)) {
    *home.mutable_available_from() =
        DayAfter(setting.options.reference_time, days);
  }
  if (random.Percent(75)) {
    home.set_broadband_mbps(
        static_cast<int32_t>(16 << random.Below(7)));  // 16 to 1,024
  }
  home.set_energy_class(
      static_cast<housing::v1::EnergyClass>(random.Below(10)));
}

void FillAccess(Random& random, Home& home) {
  const int64_t drawn = random.Below(100);
  if (drawn < 55) return;  // not said
  if (drawn < 80) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_NONE);
    return;
  }
  home.add_accessibility(housing::v1::ACCESSIBILITY_STEP_FREE);
  if (drawn >= 88) home.add_accessibility(housing::v1::ACCESSIBILITY_LIFT);
  if (drawn >= 92) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_LEVEL_SHOWER);
  }
  if (drawn >= 96) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_WHEELCHAIR);
  }
}

void FillLetting(const Size& size, Random& random, Home& home) {
  const auto most = static_cast<int32_t>(size.half_rooms / 2 + 1);
  if (random.Percent(40)) home.set_max_occupants(most);
  if (random.Percent(10)) home.set_min_occupants(std::min(2, most));
  home.set_wbs_required(DrawAnswer(9, 70, random));
  home.set_pets_allowed(DrawAnswer(45, 30, random));
  home.set_furnished(DrawAnswer(
      home.tenure() == housing::v1::TENURE_TRIAL ? 90 : 10, 10, random));
}

std::string Title(const Home& home, const Size& size, const Town& town) {
  if (home.tenure() == housing::v1::TENURE_PLOT) {
    return absl::StrCat("Baugrundstück in ", town.name);
  }
  const absl::string_view what =
      home.home_type() == housing::v1::HOME_TYPE_FLAT        ? "-Zimmer-Wohnung"
      : home.home_type() == housing::v1::HOME_TYPE_ROOM      ? " Zimmer"
      : home.home_type() == housing::v1::HOME_TYPE_FARMHOUSE ? "-Zimmer-Hof"
                                                             : "-Zimmer-Haus";
  return absl::StrCat(
      home.tenure() == housing::v1::TENURE_TRIAL ? "Probewohnen: " : "",
      size.half_rooms / 2, size.half_rooms % 2 == 1 ? ",5" : "", what, " in ",
      town.name);
}

}  // namespace

void FillHome(const Setting& setting, Random& random, Home& home) {
  const Town& town = setting.world.towns.Draw(random);
  *home.mutable_place() =
      Towns::PlaceIn(town, setting.options.as_stored, random);
  DrawTenure(random, home);
  DrawType(town, random, home);
  const Size size = DrawSize(home, random);
  home.set_title(Title(home, size, town));
  home.set_description(std::string(random.Pick(kDescriptions)));
  if (home.tenure() == housing::v1::TENURE_PLOT) {
    const int64_t plot = random.Between(350, 2500);
    home.set_plot_area_sqm(static_cast<double>(plot));
    FillPrice(plot, kPlotEur, town, random, home);
    return;
  }
  FillBuilding(setting, size, random, home);
  FillAccess(random, home);
  home.set_garden(DrawAnswer(40, 40, random));
  home.set_fitted_kitchen(DrawAnswer(45, 35, random));
  home.set_parking(DrawAnswer(50, 30, random));
  if (home.tenure() == housing::v1::TENURE_BUY) {
    FillPrice(size.area_sqm, kPriceEur, town, random, home);
  } else {
    FillRent(size, town, random, home);
    FillLetting(size, random, home);
  }
}

}  // namespace heimweg::generator
