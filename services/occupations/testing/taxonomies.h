// Small files in the shape of the official downloads, written for tests: KldB
// 2010 with every area, main group and group of the built-in table and a few
// types, ESCO with three occupations, and the crosswalk between them.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_TESTING_TAXONOMIES_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_TESTING_TAXONOMIES_H_

#include <string>
#include <vector>

#include "services/occupations/esco.h"
#include "services/occupations/kldb.h"

namespace heimweg::occupations::testing {

inline constexpr char kCarpenterUri[] =
    "http://data.europa.eu/esco/occupation/"
    "5a1d2b3c-0000-4000-8000-000000000001";

// A code as spreadsheets leave it, without leading zeros.
inline std::string WithoutZeros(const std::string& code) {
  const size_t at = code.find_first_not_of('0');
  return at == std::string::npos ? "0" : code.substr(at);
}

inline std::string KldbCsv() {
  std::string csv =
      "Schlüssel KldB 2010, V. 2020;Ebene;Titel;Kurztitel;Allgemeine "
      "Bemerkungen;Einschlüsse;Umfasst ferner;Ausschlüsse;\n";
  const auto add = [&csv](const std::string& code, const std::string& title,
                          const std::string& included) {
    csv += WithoutZeros(code) + ";" + std::to_string(code.size()) + ";" +
           title + ";" + title + ";;;" + included + ";;\n";
  };
  for (const KldbEntry& entry : KldbEntries()) {
    const std::string code(entry.code);
    const std::string title =
        code == "011" ? "Offiziere" : "\"" + std::string(entry.title) + "\"";
    add(code, title, "");
    if (code.size() != 3) continue;
    if (code == "011") {
      add("0110", "Offiziere", "");
      add("01104", "Offiziere",
          "Zugeordnete Berufe (Beispiele):  01104-102 Offizier - "
          "Truppendienst  01104-104 Sanitätsoffizier");
    } else if (code == "333") {
      add("3332", "Berufe in der Zimmerei", "");
      add("33322",
          "Berufe in der Zimmerei – fachlich ausgerichtete Tätigkeiten",
          "Zugeordnete Berufe (Beispiele):  33322-100 Zimmerer/Zimmerin");
      add("3339", "Aufsichtskräfte – Zimmerei", "");
      add("33393", "Aufsichtskräfte – Zimmerei",
          "Zugeordnete Berufe (Beispiele):  33393-103 "
          "Zimmerermeister/Zimmerermeisterin");
    } else {
      add(code + "0", "Berufe mit der Nummer " + code + "0", "");
      add(code + "02", "Berufe mit der Nummer " + code + "02", "");
    }
  }
  return csv;
}

inline std::vector<NamedFile> EscoFiles() {
  return {{"occupations_de.csv",
           "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,"
           "description\n"
           "Occupation,http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,7115,Zimmerer/Zimmerin,"
           "Bauzimmerer,Zimmerer bauen Dachstühle aus Holz.\n"
           "Occupation,http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000002,5120,Koch/Köchin,,Köche "
           "bereiten Speisen zu.\n"
           "Occupation,http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000003,7512,Bäcker/Bäckerin,,Bäcker "
           "backen Brot.\n"},
          {"skills_de.csv",
           "conceptUri,preferredLabel,altLabels,description\n"
           "http://data.europa.eu/esco/skill/1,Holz sägen,Holz zuschneiden,\n"
           "http://data.europa.eu/esco/skill/2,Baupläne lesen,,\n"
           "http://data.europa.eu/esco/skill/3,Speisen zubereiten,,\n"},
          {"occupationSkillRelations_de.csv",
           "occupationUri,relationType,skillType,skillUri\n"
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,essential,x,"
           "http://data.europa.eu/esco/skill/1\n"
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,essential,x,"
           "http://data.europa.eu/esco/skill/2\n"
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,optional,x,"
           "http://data.europa.eu/esco/skill/3\n"
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000002,essential,x,"
           "http://data.europa.eu/esco/skill/3\n"}};
}

inline std::vector<NamedFile> CrosswalkFiles() {
  constexpr char kColumns[] =
      "Mapping project name,ESCO,,,,\n,,,,,\n"
      "Classification 1 URI,Classification 1 PrefLabel,Classification 2 ID,"
      "Classification 2 PrefLabel,Mapping relation,Editorial note\n";
  return {
      {"BA_occupations.csv",
       std::string(kColumns) +
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,Zimmerer/Zimmerin,"
           "B 33322-100,Zimmerer/Zimmerin,skos:exactMatch,\n"
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,Zimmerer/Zimmerin,"
           "B 33322-101,Treppenbautechniker/in,skos:closeMatch,\n"
           "http://data.europa.eu/esco/occupation/"
           "5a1d2b3c-0000-4000-8000-000000000001,Zimmerer/Zimmerin,"
           "B 33393-103,Zimmerermeister/in,skos:narrowMatch,\n"
           "http://data.europa.eu/esco/isco/C7115,Zimmerleute,BE 7115,"
           "Zimmerleute,skos:exactMatch,\n"},
      {"BA_skills.csv",
       std::string(kColumns) +
           "http://data.europa.eu/esco/skill/1,Holz sägen,K 0100-001,"
           "Sägen von Holz,skos:exactMatch,\n"
           "http://data.europa.eu/esco/skill/9,Dachstühle richten,K 0100-002,"
           "Richten,skos:narrowMatch,\n"
           ",,K 0100-003,Hochzeitsfloristik,,no relation\n"}};
}

}  // namespace heimweg::occupations::testing

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_TESTING_TAXONOMIES_H_
