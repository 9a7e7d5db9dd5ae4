#include "clients/generator/employers.h"

#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace heimweg::generator {
namespace {

constexpr absl::string_view kNames[] = {
    "Ahornblatt",  "Bachstelze", "Birkenau",    "Brombeer",      "Buchfink",
    "Dachsbau",    "Distelfink", "Drosselhof",  "Eichkater",     "Eisvogel",
    "Erlengrund",  "Feldlerche", "Ginster",     "Goldammer",     "Graureiher",
    "Hagebutte",   "Heidekraut", "Igelkamp",    "Kiebitz",       "Kleiber",
    "Kornrade",    "Kranich",    "Lerchenfeld", "Luchs",         "Mauersegler",
    "Mohnfeld",    "Otterbach",  "Pirol",       "Rauchschwalbe", "Rebhuhn",
    "Schafgarbe",  "Sperling",   "Steinkauz",   "Sumpfdotter",   "Trollblume",
    "Wiesenknopf", "Wildrose",   "Zeisig"};
constexpr absl::string_view kTrades[] = {"Metallbau",
                                         "Maschinenbau",
                                         "Elektrotechnik",
                                         "Haustechnik",
                                         "Tischlerei",
                                         "Bau",
                                         "Logistik",
                                         "Lebensmittel",
                                         "Bäckereien",
                                         "Landtechnik",
                                         "Agrar",
                                         "Forst",
                                         "Kunststoff",
                                         "Medizintechnik",
                                         "Kliniken",
                                         "Pflege",
                                         "Kindertagesstätten",
                                         "Bildung",
                                         "Software",
                                         "Systemhaus",
                                         "Energie",
                                         "Wasserwerke",
                                         "Handel",
                                         "Möbel",
                                         "Hotels",
                                         "Gastronomie",
                                         "Verkehr",
                                         "Steuerberatung",
                                         "Ingenieure",
                                         "Druck",
                                         "Textil",
                                         "Gartenbau"};
constexpr absl::string_view kForms[] = {"GmbH", "GmbH & Co. KG", "AG",
                                        "eG",   "e. K.",         "gGmbH"};

constexpr int kSmallestRankBits = 4;
constexpr int kLargestRankBits = 15;

// Zipf's law without a table: each doubling of the rank is equally frequent.
uint32_t DrawRank(Random& random) {
  const int64_t bits = random.Between(kSmallestRankBits, kLargestRankBits);
  return static_cast<uint32_t>((int64_t{1} << bits) +
                               random.Below(int64_t{1} << bits));
}

// Neighbours in rank share nothing but the shape of their names.
std::string NameOf(uint32_t rank) {
  const size_t names = std::size(kNames);
  const size_t trades = std::size(kTrades);
  const absl::string_view name = kNames[rank % names];
  const absl::string_view trade = kTrades[rank / names % trades];
  const size_t partner = rank / (names * trades);
  const absl::string_view form = kForms[Scatter(rank) % std::size(kForms)];
  if (partner == 0) return absl::StrCat(name, " ", trade, " ", form);
  return absl::StrCat(name, " & ", kNames[partner % names], " ", trade, " ",
                      form);
}

}  // namespace

jobs::v1::Employer DrawEmployer(Random& random) {
  const uint32_t rank = DrawRank(random);
  Random employer(rank);
  jobs::v1::Employer made;
  made.set_display_name(NameOf(rank));
  const auto largest = static_cast<int64_t>(400'000 / rank);
  if (employer.Percent(80)) {
    made.set_employee_count(
        static_cast<int32_t>(employer.Between(largest / 2 + 1, largest + 4)));
  }
  const int64_t certificate = employer.Below(100);
  if (certificate < 12) {
    made.set_family_friendly_certificate(type::v1::ANSWER_YES);
  } else if (certificate < 55) {
    made.set_family_friendly_certificate(type::v1::ANSWER_NO);
  }
  if (employer.Percent(60)) {
    made.set_website_uri(absl::StrCat("https://firma-", rank, ".example/"));
  }
  return made;
}

std::string DrawEmployerName(Random& random) {
  return NameOf(DrawRank(random));
}

std::string DrawLandlordName(Random& random) {
  constexpr absl::string_view kHousing[] = {
      "Wohnbau eG", "Wohnungsgesellschaft mbH", "Immobilien GmbH",
      "Hausverwaltung GmbH"};
  const absl::string_view name = random.Pick(kNames);
  return absl::StrCat(name, " ", random.Pick(kHousing));
}

}  // namespace heimweg::generator
