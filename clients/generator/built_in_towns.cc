#include <utility>

#include "clients/generator/towns.h"
#include "services/places/germany.h"

namespace heimweg::generator {
namespace {

struct Row {
  absl::string_view ags;
  absl::string_view name;
  absl::string_view district;
  double lat_deg;
  double lng_deg;
  int thousands;  // inhabitants
};

// Written from general knowledge of the country, to about a kilometre.
constexpr Row kRows[] = {
    {"11000000", "Berlin", "Berlin", 52.518, 13.406, 3669},
    {"02000000", "Hamburg", "Hamburg", 53.551, 9.997, 1847},
    {"09162000", "München", "München", 48.138, 11.576, 1484},
    {"05315000", "Köln", "Köln", 50.938, 6.957, 1088},
    {"06412000", "Frankfurt am Main", "Frankfurt am Main", 50.111, 8.682, 763},
    {"08111000", "Stuttgart", "Stuttgart", 48.776, 9.177, 636},
    {"14713000", "Leipzig", "Leipzig", 51.338, 12.378, 593},
    {"05113000", "Essen", "Essen", 51.456, 7.013, 583},
    {"04011000", "Bremen", "Bremen", 53.076, 8.809, 568},
    {"14612000", "Dresden", "Dresden", 51.052, 13.737, 557},
    {"03241001", "Hannover", "Region Hannover", 52.375, 9.738, 537},
    {"09564000", "Nürnberg", "Nürnberg", 49.451, 11.075, 518},
    {"05515000", "Münster", "Münster", 51.962, 7.627, 315},
    {"15003000", "Magdeburg", "Magdeburg", 52.126, 11.633, 238},
    {"16051000", "Erfurt", "Erfurt", 50.977, 11.027, 214},
    {"13003000", "Rostock", "Rostock", 54.089, 12.136, 209},
    {"07211000", "Trier", "Trier", 49.758, 6.638, 112},
    {"05958004", "Arnsberg", "Hochsauerlandkreis", 51.396, 8.065, 73},
    {"06631009", "Fulda", "Fulda", 50.553, 9.675, 69},
    {"09763000", "Kempten (Allgäu)", "Kempten (Allgäu)", 47.724, 10.318, 69},
    {"08136088", "Aalen", "Ostalbkreis", 48.835, 10.092, 68},
    {"14523320", "Plauen", "Vogtlandkreis", 50.496, 12.135, 65},
    {"14626110", "Görlitz", "Görlitz", 51.155, 14.988, 56},
    {"03454032", "Lingen (Ems)", "Emsland", 52.522, 7.317, 55},
    {"09262000", "Passau", "Passau", 48.569, 13.420, 53},
    {"08436064", "Ravensburg", "Ravensburg", 47.784, 9.615, 51},
    {"03153017", "Goslar", "Goslar", 51.907, 10.429, 51},
    {"09464000", "Hof", "Hof", 50.317, 11.914, 46},
    {"03452001", "Aurich", "Aurich", 53.470, 7.482, 42},
    {"16062041", "Nordhausen", "Nordhausen", 51.502, 10.792, 42},
    {"07317000", "Pirmasens", "Pirmasens", 49.197, 7.608, 40},
    {"15090535", "Stendal", "Stendal", 52.605, 11.859, 39},
    {"16054000", "Suhl", "Suhl", 50.610, 10.687, 37},
    {"05958032", "Meschede", "Hochsauerlandkreis", 51.347, 8.285, 30},
    {"10042113", "Merzig", "Merzig-Wadern", 49.443, 6.643, 30},
    {"05762020", "Höxter", "Höxter", 51.776, 9.382, 29},
    {"05958012", "Brilon", "Hochsauerlandkreis", 51.396, 8.568, 25},
    {"14626610", "Zittau", "Görlitz", 50.896, 14.806, 25},
    {"05958040", "Schmallenberg", "Hochsauerlandkreis", 51.154, 8.285, 25},
    {"08225058", "Mosbach", "Neckar-Odenwald-Kreis", 49.352, 9.147, 23},
    {"06635015", "Korbach", "Waldeck-Frankenberg", 51.272, 8.873, 23},
    {"15081455", "Salzwedel", "Altmarkkreis Salzwedel", 52.853, 11.153, 23},
    {"01054056", "Husum", "Nordfriesland", 54.477, 9.057, 23},
    {"01051044", "Heide", "Dithmarschen", 54.194, 9.091, 22},
    {"03255023", "Holzminden", "Holzminden", 51.829, 9.447, 20},
    {"14521020", "Annaberg-Buchholz", "Erzgebirgskreis", 50.581, 13.003, 20},
    {"12073452", "Prenzlau", "Uckermark", 53.316, 13.862, 19},
    {"13076108", "Parchim", "Ludwigslust-Parchim", 53.426, 11.848, 18},
    {"09372116", "Cham", "Cham", 49.219, 12.667, 17},
    {"12062140", "Finsterwalde", "Elbe-Elster", 51.630, 13.708, 16},
    {"12068468", "Wittstock/Dosse", "Ostprignitz-Ruppin", 53.163, 12.486, 14},
    {"05958048", "Winterberg", "Hochsauerlandkreis", 51.194, 8.533, 13},
    {"13075005", "Anklam", "Vorpommern-Greifswald", 53.855, 13.693, 12},
    {"12062024", "Bad Liebenwerda", "Elbe-Elster", 51.516, 13.394, 9},
    {"12062224", "Herzberg (Elster)", "Elbe-Elster", 51.692, 13.235, 9},
    {"03354018", "Lüchow (Wendland)", "Lüchow-Dannenberg", 52.968, 11.162, 9},
    {"07233501", "Daun", "Vulkaneifel", 50.197, 6.831, 8},
    {"12062124", "Elsterwerda", "Elbe-Elster", 51.461, 13.520, 8},
};

// A town stands for its surroundings: 13 km to the north, 8 to the east.
constexpr int kTownSpread = 12'000;

Town MakeTown(const Row& row) {
  Town town;
  town.ags = std::string(row.ags);
  town.name = std::string(row.name);
  town.population = int64_t{1000} * row.thousands;
  town.spread = kTownSpread;
  Town::Address address;
  address.given.set_ags(town.ags);
  type::v1::ResolvedPlace& resolved = address.resolved;
  resolved.mutable_location()->set_latitude(row.lat_deg);
  resolved.mutable_location()->set_longitude(row.lng_deg);
  resolved.set_ags(town.ags);
  resolved.set_municipality(town.name);
  resolved.set_district(std::string(row.district));
  resolved.set_state(std::string(places::StateName(row.ags)));
  *address.given.mutable_location() = resolved.location();
  town.addresses.push_back(std::move(address));
  return town;
}

}  // namespace

Towns Towns::BuiltIn() {
  std::vector<Town> all;
  for (const Row& row : kRows) all.push_back(MakeTown(row));
  return Towns(std::move(all));
}

}  // namespace heimweg::generator
