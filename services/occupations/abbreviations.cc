#include "services/occupations/abbreviations.h"

#include <algorithm>

namespace heimweg::occupations {
namespace {

struct Abbreviation {
  absl::string_view word;
  absl::string_view meaning;
};

// Sorted by word.
constexpr Abbreviation kAbbreviations[] = {
    {"anlagenmech", "anlagenmechaniker"},
    {"ass", "assistent"},
    {"asst", "assistent"},
    {"ata", "anasthesietechnisch assistent"},
    {"azubi", "auszubildender"},
    {"bauing", "bauingenieur"},
    {"biol", "biologisch"},
    {"bk", "berufskraftfahrer"},
    {"bkf", "berufskraftfahrer"},
    {"bta", "biologisch technisch assistent"},
    {"bwl", "betriebswirt"},
    {"chem", "chemisch"},
    {"cta", "chemisch technisch assistent"},
    {"dgkp", "gesundheits krankenpfleger"},
    {"dipling", "ingenieur"},
    {"edv", "ikt"},
    {"eh", "einzelhandel"},
    {"elektroing", "elektroingenieur"},
    {"elt", "elektro"},
    {"eup", "elektrotechnisch unterwiesen person"},
    {"fachkr", "fachkraft"},
    {"fami", "fachangestellt medien informationsdienst"},
    {"feinmech", "feinmechaniker"},
    {"fiae", "fachinformatiker anwendungsentwicklung"},
    {"fisi", "fachinformatiker systemintegration"},
    {"gabelst", "gabelstaplerfahrer"},
    {"galabau", "garten landschaftsbau"},
    {"gf", "geschaftsfuhrer"},
    {"gkkp", "gesundheits kinderkrankenpfleger"},
    {"gkp", "gesundheits krankenpfleger"},
    {"gks", "gesundheits krankenpfleger"},
    {"gukp", "gesundheits krankenpfleger"},
    {"hep", "heilerziehungspfleger"},
    {"hno", "hals nasen ohren"},
    {"hr", "personal"},
    {"hwm", "hauswirtschaftsmeister"},
    {"ing", "ingenieur"},
    {"it", "ikt"},
    {"iuk", "ikt"},
    {"kfm", "kaufmannisch"},
    {"kfz", "kraftfahrzeug"},
    {"kita", "kindertagesstatte"},
    {"konstr", "konstrukteur"},
    {"lkw", "lastkraftwagen"},
    {"logo", "logopade"},
    {"ltg", "leitung"},
    {"mag", "maschinen anlagenfuhrer"},
    {"masch", "maschinen"},
    {"mech", "mechaniker"},
    {"mfa", "medizinisch fachangestellt"},
    {"mta", "medizinisch technisch assistent"},
    {"mtl", "medizinisch technolog laboratoriumsanalytik"},
    {"mtla", "medizinisch technisch laboratoriumsassistent"},
    {"mtr", "medizinisch technolog radiologie"},
    {"mtra", "medizinisch technisch radiologieassistent"},
    {"nfs", "notfallsanitater"},
    {"op", "operationssaal"},
    {"opas", "operationstechnisch assistent"},
    {"opnv", "offentlich personennahverkehr"},
    {"ota", "operationstechnisch assistent"},
    {"pdl", "pflegedienstleitung"},
    {"pfk", "pflegefachkraft"},
    {"pflegefachkr", "pflegefachkraft"},
    {"phk", "pflegehilfskraft"},
    {"pka", "pharmazeutisch kaufmannisch angestellt"},
    {"pkw", "personenkraftwagen"},
    {"pr", "offentlichkeitsarbeit"},
    {"pta", "pharmazeutisch technisch assistent"},
    {"qm", "qualitatsmanagement"},
    {"qmb", "qualitatsmanagementbeauftragt"},
    {"qs", "qualitatssicherung"},
    {"ra", "rechtsanwalt"},
    {"reno", "rechtsanwalts notarfachangestellt"},
    {"rs", "rettungssanitater"},
    {"sb", "sachbearbeiter"},
    {"sek", "sekundarstufe"},
    {"shk", "sanitar heizung klima"},
    {"sozpad", "sozialpadagog"},
    {"sozpaed", "sozialpadagog"},
    {"spa", "sozialpadagogisch assistent"},
    {"sped", "spedition"},
    {"sps", "speicherprogrammierbar steuerung"},
    {"stb", "steuerberater"},
    {"stpl", "stapler"},
    {"techn", "technisch"},
    {"tfa", "tiermedizinisch fachangestellt"},
    {"tga", "gebaudetechnik"},
    {"vk", "verkaufer"},
    {"wb", "weiterbildung"},
    {"wp", "wirtschaftsprufer"},
    {"wtg", "windkraftanlage"},
    {"zfa", "zahnmedizinisch fachangestellt"},
    {"zmf", "zahnmedizinisch fachassistent"},
    {"zmp", "zahnmedizinisch prophylaxeassistent"},
    {"zmv", "zahnmedizinisch verwaltungsassistent"},
};

}  // namespace

absl::string_view ExpandAbbreviation(absl::string_view word) {
  const auto* found = std::lower_bound(
      std::begin(kAbbreviations), std::end(kAbbreviations), word,
      [](const Abbreviation& one, absl::string_view sought) {
        return one.word < sought;
      });
  const bool known = found != std::end(kAbbreviations) && found->word == word;
  return known ? found->meaning : absl::string_view();
}

}  // namespace heimweg::occupations
