#include "clients/generator/skills.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace heimweg::generator {
namespace {

// A term is one of the first and one of the second: "Holzbearbeitung".
constexpr absl::string_view kFields[] = {
    "Holz",       "Metall",         "Kunststoff",   "Beton",
    "Stahl",      "Glas",           "Textil",       "Papier",
    "Farb",       "Lebensmittel",   "Getreide",     "Milch",
    "Fleisch",    "Obst",           "Boden",        "Wald",
    "Garten",     "Tier",           "Pflanzen",     "Futter",
    "Maschinen",  "Anlagen",        "Fahrzeug",     "Motoren",
    "Getriebe",   "Hydraulik",      "Pneumatik",    "Sensor",
    "Antriebs",   "Roboter",        "Energie",      "Solar",
    "Windkraft",  "Strom",          "Netz",         "Gas",
    "Wasser",     "Abwasser",       "Wärme",        "Kälte",
    "Klima",      "Heizungs",       "Lüftungs",     "Dach",
    "Fassaden",   "Fenster",        "Tür",          "Treppen",
    "Estrich",    "Straßen",        "Brücken",      "Gleis",
    "Tiefbau",    "Hochbau",        "Gebäude",      "Daten",
    "Datenbank",  "Software",       "Web",          "Cloud",
    "Server",     "Schnittstellen", "Sicherheits",  "System",
    "Prozess",    "Projekt",        "Qualitäts",    "Produktions",
    "Fertigungs", "Montage",        "Lager",        "Transport",
    "Touren",     "Verpackungs",    "Versand",      "Einkaufs",
    "Vertriebs",  "Kunden",         "Lieferanten",  "Markt",
    "Medien",     "Bild",           "Ton",          "Veranstaltungs",
    "Reise",      "Gäste",          "Küchen",       "Pflege",
    "Patienten",  "Wund",           "Medikamenten", "Labor",
    "Diagnose",   "Therapie",       "Bewegungs",    "Sprach",
    "Lern",       "Unterrichts",    "Familien",     "Personal",
};

constexpr absl::string_view kActivities[] = {
    "bearbeitung",   "verarbeitung",    "prüfung",
    "planung",       "steuerung",       "regelung",
    "wartung",       "reparatur",       "instandhaltung",
    "montage",       "demontage",       "reinigung",
    "sanierung",     "modernisierung",  "beschichtung",
    "veredelung",    "trocknung",       "lagerung",
    "kühlung",       "trennung",        "sortierung",
    "mischung",      "dosierung",       "messung",
    "vermessung",    "kontrolle",       "überwachung",
    "dokumentation", "analyse",         "auswertung",
    "berechnung",    "kalkulation",     "bewertung",
    "beratung",      "betreuung",       "begleitung",
    "versorgung",    "entsorgung",      "beschaffung",
    "bestellung",    "verteilung",      "verwaltung",
    "organisation",  "koordination",    "leitung",
    "entwicklung",   "konstruktion",    "gestaltung",
    "modellierung",  "simulation",      "programmierung",
    "konfiguration", "einrichtung",     "inbetriebnahme",
    "bedienung",     "führung",         "sicherung",
    "pflege",        "erfassung",       "aufbereitung",
    "übertragung",   "umstellung",      "anpassung",
    "optimierung",   "automatisierung", "digitalisierung",
    "normung",       "zertifizierung",  "abnahme",
    "freigabe",      "schulung",        "ausbildung",
    "anleitung",     "vermittlung",     "präsentation",
    "werbung",       "akquise",         "verhandlung",
    "abrechnung",    "buchung",         "finanzierung",
    "budgetierung",  "versicherung",    "förderung",
    "forschung",     "erprobung",       "recht",
    "normen",        "technik",         "technologie",
    "kunde",         "physik",          "chemie",
    "statistik",     "ökologie",        "logistik",
    "wirtschaft",    "management",      "controlling",
    "marketing",     "handel",          "design",
    "architektur",   "layout",          "diagnostik",
    "therapie",      "hygiene",         "schutz",
    "werkzeuge",     "geräte",          "systeme",
    "software",      "pläne",           "zeichnungen",
    "statik",        "vorschriften",    "berichte",
    "kennzahlen",    "risiken",         "störungen",
    "verträge",      "ausschreibungen", "inventur",
    "archivierung",  "integration",     "migration",
    "testung",       "visualisierung",  "verschleißprüfung",
    "fehlersuche",
};

struct SoftSkill {
  absl::string_view term;
  int percent;
};

constexpr SoftSkill kSoftSkills[] = {
    {"Teamfähigkeit", 29},      {"Zuverlässigkeit", 25},
    {"Selbstständigkeit", 20},  {"Flexibilität", 15},
    {"Kundenorientierung", 12}, {"Belastbarkeit", 10},
};

std::string Term(size_t index) {
  return absl::StrCat(kFields[index / std::size(kActivities)],
                      kActivities[index % std::size(kActivities)]);
}

}  // namespace

Skills::Skills(size_t groups)
    : in_pool_(ZipfWeights(kPoolSize, 8)),
      in_all_(ZipfWeights(TermCount(), 10)) {
  pools_.reserve(groups * kPoolSize);
  Random random(0x5c111);
  for (size_t i = 0; i < groups * kPoolSize; ++i) {
    pools_.push_back(
        static_cast<uint16_t>(random.Below(static_cast<int64_t>(TermCount()))));
  }
}

size_t Skills::TermCount() {
  return std::size(kFields) * std::size(kActivities);
}

std::vector<std::string> Skills::Draw(uint16_t group, int count,
                                      Random& random) const {
  std::vector<size_t> drawn;
  while (drawn.size() < static_cast<size_t>(count)) {
    size_t term = 0;
    if (random.Percent(70)) {
      term = pools_[group * kPoolSize + in_pool_.Draw(random)];
    } else {
      // 7,919 and the number of terms have no common divisor, so that this
      // spreads the common terms over all fields.
      term = in_all_.Draw(random) * 7919 % TermCount();
    }
    if (std::find(drawn.begin(), drawn.end(), term) == drawn.end()) {
      drawn.push_back(term);
    }
  }
  std::vector<std::string> terms;
  terms.reserve(drawn.size());
  for (const size_t term : drawn) terms.push_back(Term(term));
  return terms;
}

std::vector<absl::string_view> Skills::DrawSoft(Random& random) {
  std::vector<absl::string_view> drawn;
  for (const SoftSkill& soft : kSoftSkills) {
    if (random.Percent(soft.percent)) drawn.push_back(soft.term);
  }
  return drawn;
}

}  // namespace heimweg::generator
