#include "clients/generator/occupations.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heimweg::generator {
namespace {

// A group of KldB: three digits, how often it is looked for (1 to 9), how many
// specialisations it has, the requirement levels that occur, and its field.
struct Group {
  absl::string_view digits;
  int demand;
  int specialisations;
  absl::string_view levels;
  absl::string_view field;
};

constexpr Group kGroups[] = {
    {"111", 4, 2, "1234", "Landwirtschaft"},
    {"112", 3, 3, "123", "Tierhaltung"},
    {"113", 1, 2, "123", "Pferdewirtschaft"},
    {"114", 1, 1, "123", "Fischerei"},
    {"115", 2, 2, "123", "Tierpflege"},
    {"116", 1, 1, "123", "Weinbau"},
    {"117", 3, 2, "1234", "Forst und Landschaftspflege"},
    {"121", 5, 4, "1234", "Gartenbau"},
    {"122", 2, 1, "123", "Floristik"},
    {"211", 1, 2, "1234", "Bergbau"},
    {"212", 2, 3, "123", "Steine und Baustoffe"},
    {"213", 1, 2, "123", "Glas"},
    {"214", 1, 2, "123", "Keramik"},
    {"221", 4, 2, "1234", "Kunststoff"},
    {"222", 3, 2, "123", "Lacktechnik"},
    {"223", 5, 4, "1234", "Holz und Möbel"},
    {"231", 2, 2, "123", "Papier und Verpackung"},
    {"232", 2, 2, "234", "Mediengestaltung"},
    {"233", 1, 2, "23", "Fotografie"},
    {"234", 1, 3, "123", "Druck"},
    {"241", 3, 3, "1234", "Metallerzeugung"},
    {"242", 6, 3, "123", "Zerspanung"},
    {"243", 3, 2, "123", "Oberflächentechnik"},
    {"244", 7, 3, "123", "Metallbau und Schweißen"},
    {"245", 4, 3, "234", "Werkzeugbau"},
    {"251", 8, 3, "1234", "Maschinenbau"},
    {"252", 6, 5, "234", "Fahrzeugtechnik"},
    {"261", 6, 2, "234", "Mechatronik und Automation"},
    {"262", 6, 4, "1234", "Energietechnik"},
    {"263", 6, 3, "1234", "Elektrotechnik"},
    {"271", 4, 2, "234", "Forschung und Entwicklung"},
    {"272", 4, 3, "234", "Technisches Zeichnen und Konstruktion"},
    {"273", 5, 2, "234", "Fertigungsplanung"},
    {"281", 1, 3, "123", "Textilproduktion"},
    {"282", 2, 3, "123", "Schneiderei"},
    {"283", 1, 3, "123", "Leder und Schuhe"},
    {"291", 2, 3, "123", "Brauerei und Getränke"},
    {"292", 6, 5, "123", "Bäckerei, Fleischerei und Lebensmittel"},
    {"293", 7, 2, "123", "Küche"},
    {"311", 5, 4, "234", "Bauplanung"},
    {"312", 2, 2, "234", "Vermessung"},
    {"321", 6, 5, "123", "Hochbau"},
    {"322", 5, 4, "123", "Tiefbau"},
    {"331", 2, 3, "123", "Bodenverlegung"},
    {"332", 4, 3, "123", "Malerei und Lackiererei"},
    {"333", 5, 4, "123", "Zimmerei und Trockenbau"},
    {"341", 4, 2, "123", "Gebäudetechnik"},
    {"342", 7, 3, "123", "Sanitär, Heizung und Klima"},
    {"343", 4, 3, "1234", "Ver- und Entsorgung"},
    {"411", 1, 2, "234", "Mathematik und Statistik"},
    {"412", 2, 2, "234", "Biologie"},
    {"413", 4, 2, "1234", "Chemie"},
    {"414", 2, 3, "234", "Physik und Werkstoffprüfung"},
    {"421", 1, 2, "34", "Geologie und Geografie"},
    {"422", 2, 1, "234", "Umweltschutztechnik"},
    {"423", 2, 1, "34", "Umweltberatung"},
    {"431", 6, 3, "234", "Informatik"},
    {"432", 5, 2, "34", "IT-Beratung"},
    {"433", 5, 4, "234", "IT-Administration"},
    {"434", 7, 2, "234", "Softwareentwicklung"},
    {"511", 2, 3, "1234", "Technischer Verkehrsbetrieb"},
    {"512", 2, 3, "123", "Straßen- und Gleiswartung"},
    {"513", 9, 3, "1234", "Lager, Post und Umschlag"},
    {"514", 2, 3, "123", "Fahrgastbetreuung"},
    {"515", 2, 3, "234", "Verkehrssteuerung"},
    {"516", 4, 3, "234", "Spedition und Logistik"},
    {"521", 8, 4, "123", "Fahren im Straßenverkehr"},
    {"522", 3, 1, "23", "Fahren auf der Schiene"},
    {"523", 1, 2, "34", "Fliegen"},
    {"524", 1, 2, "1234", "Schifffahrt"},
    {"525", 4, 3, "123", "Führen von Bau- und Landmaschinen"},
    {"531", 5, 5, "1234", "Schutz und Sicherheit"},
    {"532", 3, 4, "234", "Polizei und Justizvollzug"},
    {"533", 1, 3, "234", "Gesundheitsaufsicht"},
    {"541", 8, 4, "123", "Reinigung"},
    {"611", 7, 3, "234", "Einkauf und Vertrieb"},
    {"612", 5, 3, "234", "Handel"},
    {"613", 4, 3, "234", "Immobilien"},
    {"621", 9, 2, "123", "Verkauf"},
    {"622", 5, 5, "23", "Fachverkauf"},
    {"623", 6, 3, "123", "Lebensmittelverkauf"},
    {"624", 3, 3, "23", "Verkauf in Drogerie und Sanitätshaus"},
    {"625", 1, 3, "23", "Buchhandel"},
    {"631", 3, 3, "234", "Tourismus und Sport"},
    {"632", 5, 2, "123", "Hotel"},
    {"633", 6, 3, "123", "Gastronomie"},
    {"634", 2, 1, "234", "Veranstaltungen"},
    {"711", 3, 1, "4", "Geschäftsführung"},
    {"712", 1, 2, "4", "Verbände"},
    {"713", 7, 3, "234", "Unternehmensorganisation"},
    {"714", 8, 4, "1234", "Büro und Sekretariat"},
    {"715", 4, 2, "234", "Personalwesen"},
    {"721", 5, 3, "234", "Bank und Versicherung"},
    {"722", 6, 2, "234", "Rechnungswesen"},
    {"723", 4, 1, "234", "Steuerberatung"},
    {"731", 3, 4, "234", "Recht"},
    {"732", 7, 4, "1234", "Verwaltung"},
    {"733", 2, 3, "234", "Archiv und Bibliothek"},
    {"811", 6, 4, "23", "Arztpraxis"},
    {"812", 3, 3, "234", "Labor"},
    {"813", 9, 5, "1234", "Krankenpflege und Rettungsdienst"},
    {"814", 4, 4, "4", "Medizin"},
    {"815", 1, 1, "24", "Tiermedizin"},
    {"816", 2, 3, "4", "Psychologie"},
    {"817", 5, 4, "234", "Therapie"},
    {"818", 3, 2, "24", "Pharmazie"},
    {"821", 9, 2, "1234", "Altenpflege"},
    {"822", 2, 2, "234", "Ernährungsberatung"},
    {"823", 4, 3, "123", "Friseurhandwerk und Kosmetik"},
    {"824", 1, 1, "123", "Bestattung"},
    {"825", 3, 4, "234", "Augenoptik, Hörakustik und Zahntechnik"},
    {"831", 9, 4, "1234", "Erziehung und Soziales"},
    {"832", 4, 2, "123", "Hauswirtschaft"},
    {"833", 1, 2, "34", "Gemeindearbeit"},
    {"841", 6, 4, "4", "Schule"},
    {"842", 3, 2, "34", "Berufliche Bildung"},
    {"843", 2, 2, "34", "Hochschule"},
    {"844", 2, 4, "34", "Musikschule und Erwachsenenbildung"},
    {"845", 3, 3, "23", "Fahr- und Sportunterricht"},
    {"911", 1, 2, "34", "Sprachen"},
    {"912", 1, 2, "4", "Geschichte"},
    {"913", 1, 2, "4", "Sozialforschung"},
    {"914", 1, 1, "4", "Wirtschaftsforschung"},
    {"921", 5, 2, "234", "Marketing"},
    {"922", 2, 1, "34", "Öffentlichkeitsarbeit"},
    {"923", 1, 2, "234", "Verlag"},
    {"924", 2, 2, "34", "Redaktion"},
    {"931", 1, 2, "34", "Produktgestaltung"},
    {"932", 2, 3, "234", "Raumausstattung"},
    {"933", 1, 3, "234", "Kunsthandwerk"},
    {"934", 1, 2, "23", "Glas- und Porzellanmalerei"},
    {"935", 1, 2, "23", "Goldschmiede"},
    {"936", 1, 3, "23", "Instrumentenbau"},
    {"941", 1, 3, "34", "Musik"},
    {"942", 1, 2, "34", "Tanz und Schauspiel"},
    {"943", 1, 1, "34", "Moderation"},
    {"944", 1, 2, "34", "Film und Theater"},
    {"945", 2, 3, "234", "Veranstaltungstechnik"},
    {"946", 1, 1, "23", "Bühnenbild"},
    {"947", 1, 1, "34", "Museum"},
};

constexpr absl::string_view kLevelTitles[] = {"Aushilfe", "Fachkraft",
                                              "Fachleitung", "Leitung"};

// The codes of one group. In KldB the fourth digit 0 stands for no
// specialisation and 9 for supervision and management.
void AppendGroup(uint16_t row, std::vector<DrawnOccupation>& all) {
  const Group& group = kGroups[row];
  const auto append = [&](int fourth, char level) {
    DrawnOccupation made;
    std::copy(group.digits.begin(), group.digits.end(), made.digits.begin());
    made.digits[3] = static_cast<char>('0' + fourth);
    made.digits[4] = level;
    made.group = row;
    made.title = absl::StrCat(group.field, ": ", kLevelTitles[level - '1']);
    all.push_back(std::move(made));
  };
  for (const char level : group.levels) append(0, level);
  for (int fourth = 1; fourth <= group.specialisations; ++fourth) {
    for (const char level : group.levels) {
      if (level == '1') continue;
      if (level == '4' && fourth > 1 && group.levels.size() > 2) continue;
      append(fourth, level);
    }
  }
  append(9, '4');
}

std::vector<DrawnOccupation> AllOccupations() {
  std::vector<DrawnOccupation> all;
  for (size_t row = 0; row < std::size(kGroups); ++row) {
    AppendGroup(static_cast<uint16_t>(row), all);
  }
  return all;
}

// Skilled workers are most asked for; otherwise the order within neighbouring
// demands is random.
std::vector<uint32_t> Demand(const std::vector<DrawnOccupation>& all) {
  std::vector<std::pair<uint64_t, size_t>> order;
  for (size_t i = 0; i < all.size(); ++i) {
    const int demand = 100 * kGroups[all[i].group].demand +
                       (all[i].level() == 2   ? 350
                        : all[i].level() == 1 ? 300
                                              : 0) -
                       (all[i].digits[3] == '9' ? 400 : 0);
    order.emplace_back(2000 - demand + Scatter(i) % 250, i);
  }
  std::sort(order.begin(), order.end());
  const std::vector<uint32_t> by_rank = ZipfWeights(all.size(), 4);
  std::vector<uint32_t> weights(all.size());
  for (size_t rank = 0; rank < order.size(); ++rank) {
    weights[order[rank].second] = by_rank[rank];
  }
  return weights;
}

}  // namespace

Occupations::Occupations() : all_(AllOccupations()), choice_(Demand(all_)) {}

const DrawnOccupation& Occupations::Neighbour(const DrawnOccupation& one,
                                              Random& random) const {
  const int64_t here = &one - all_.data();
  const int64_t there = here + random.Between(1, 4);
  const auto size = static_cast<int64_t>(all_.size());
  return all_[static_cast<size_t>(there < size ? there : here - 1)];
}

size_t Occupations::GroupCount() { return std::size(kGroups); }

}  // namespace heimweg::generator
