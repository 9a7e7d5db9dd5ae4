#include "clients/importers/language_fields.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

using type::v1::CefrLevel;

struct Language {
  absl::string_view code;
  absl::string_view names;  // ISO 639-2 codes, German, English, own name
};

constexpr std::array<Language, 44> kLanguages = {{
    {"de", "deu ger deutsch german"},
    {"en", "eng englisch english"},
    {"pl", "pol polnisch polish polski"},
    {"cs", "ces cze tschechisch czech cestina"},
    {"sk", "slk slo slowakisch slovak"},
    {"fr", "fra fre französisch franzoesisch french français"},
    {"es", "spa spanisch spanish español castellano"},
    {"it", "ita italienisch italian italiano"},
    {"pt", "por portugiesisch portuguese português"},
    {"nl", "nld dut niederländisch niederlaendisch holländisch dutch"},
    {"da", "dan dänisch daenisch danish dansk"},
    {"sv", "swe schwedisch swedish svenska"},
    {"no", "nor norwegisch norwegian norsk"},
    {"nb", "nob bokmål"},
    {"fi", "fin finnisch finnish suomi"},
    {"et", "est estnisch estonian"},
    {"lv", "lav lettisch latvian"},
    {"lt", "lit litauisch lithuanian"},
    {"hu", "hun ungarisch hungarian magyar"},
    {"ro", "ron rum rumänisch rumaenisch romanian română"},
    {"bg", "bul bulgarisch bulgarian"},
    {"el", "ell gre griechisch greek"},
    {"sl", "slv slowenisch slovenian slovene"},
    {"hr", "hrv kroatisch croatian hrvatski"},
    {"bs", "bos bosnisch bosnian"},
    {"sr", "srp serbisch serbian"},
    {"mk", "mkd mac mazedonisch macedonian"},
    {"sq", "sqi alb albanisch albanian shqip"},
    {"tr", "tur türkisch tuerkisch turkish türkçe"},
    {"ru", "rus russisch russian русский"},
    {"uk", "ukr ukrainisch ukrainian українська"},
    {"be", "bel belarussisch belarusian"},
    {"ar", "ara arabisch arabic"},
    {"fa", "fas per persisch farsi persian dari"},
    {"ku", "kur kurdisch kurdish kurmandschi"},
    {"ps", "pus paschtu pashto"},
    {"ti", "tir tigrinya"},
    {"vi", "vie vietnamesisch vietnamese"},
    {"zh", "zho chi chinesisch chinese mandarin"},
    {"ja", "jpn japanisch japanese"},
    {"ko", "kor koreanisch korean"},
    {"hi", "hin hindi"},
    {"ur", "urd urdu"},
    {"la", "lat latein latin"},
}};

struct Skill {
  absl::string_view word;
  CefrLevel level;
  bool assumed;
};

// Looked for in this order, so that "very good" comes before "good".
constexpr std::array<Skill, 24> kSkills = {{
    {"muttersprach", type::v1::CEFR_LEVEL_NATIVE, false},
    {"mother tongue", type::v1::CEFR_LEVEL_NATIVE, false},
    {"erstsprache", type::v1::CEFR_LEVEL_NATIVE, false},
    {"native", type::v1::CEFR_LEVEL_NATIVE, false},
    {"verhandlungssicher", type::v1::CEFR_LEVEL_C1, true},
    {"fließend", type::v1::CEFR_LEVEL_C1, true},
    {"fliessend", type::v1::CEFR_LEVEL_C1, true},
    {"fluent", type::v1::CEFR_LEVEL_C1, true},
    {"business", type::v1::CEFR_LEVEL_C1, true},
    {"full professional", type::v1::CEFR_LEVEL_C1, true},
    {"professional", type::v1::CEFR_LEVEL_C1, true},
    {"sehr gut", type::v1::CEFR_LEVEL_B2, true},
    {"very good", type::v1::CEFR_LEVEL_B2, true},
    {"advanced", type::v1::CEFR_LEVEL_B2, true},
    {"erweitert", type::v1::CEFR_LEVEL_B2, true},
    {"fortgeschritten", type::v1::CEFR_LEVEL_B2, true},
    {"conversational", type::v1::CEFR_LEVEL_B1, true},
    {"intermediate", type::v1::CEFR_LEVEL_B1, true},
    {"good", type::v1::CEFR_LEVEL_B1, true},
    {"gut", type::v1::CEFR_LEVEL_B1, true},
    {"grundkenntnis", type::v1::CEFR_LEVEL_A2, true},
    {"elementary", type::v1::CEFR_LEVEL_A2, true},
    {"basic", type::v1::CEFR_LEVEL_A2, true},
    {"beginner", type::v1::CEFR_LEVEL_A1, true},
}};

constexpr std::array<absl::string_view, 15> kLicences = {
    "B",  "BE", "C1", "C1E", "C", "CE", "D1", "D",
    "DE", "AM", "A1", "A2",  "A", "L",  "T"};

CefrLevel LevelOfCode(absl::string_view code) {
  if (code.size() < 2 || code[1] < '1' || code[1] > '2') {
    return type::v1::CEFR_LEVEL_UNSPECIFIED;
  }
  // "B1", "B1+", "B1 (…)", but not "B12".
  if (code.size() > 2 && absl::ascii_isalnum(code[2])) {
    return type::v1::CEFR_LEVEL_UNSPECIFIED;
  }
  const int letter = code[0] - 'a';
  if (letter < 0 || letter > 2) return type::v1::CEFR_LEVEL_UNSPECIFIED;
  return static_cast<CefrLevel>(type::v1::CEFR_LEVEL_A1 + 2 * letter +
                                (code[1] - '1'));
}

// First word with everything but letters and digits off, in upper case.
std::vector<std::string> UpperWords(absl::string_view text) {
  std::vector<std::string> words;
  for (const absl::string_view word :
       absl::StrSplit(text, absl::ByAnyChar(" ,;/|+&()\t\n:"))) {
    if (!word.empty()) words.push_back(absl::AsciiStrToUpper(word));
  }
  return words;
}

}  // namespace

std::string LanguageCode(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(OneLine(text));
  std::string first(
      absl::string_view(lower).substr(0, lower.find_first_of(" -_(,/")));
  for (const Language& language : kLanguages) {
    if (first == language.code) return first;
    for (const absl::string_view name : absl::StrSplit(language.names, ' ')) {
      if (first == name) return std::string(language.code);
    }
  }
  return "";
}

CefrLevel LanguageLevel(absl::string_view text, bool& assumed) {
  assumed = false;
  const std::string lower = absl::AsciiStrToLower(OneLine(text));
  const CefrLevel code = LevelOfCode(lower);
  if (code != type::v1::CEFR_LEVEL_UNSPECIFIED) return code;
  for (const Skill& skill : kSkills) {
    if (!absl::StrContains(lower, skill.word)) continue;
    assumed = skill.assumed;
    return skill.level;
  }
  return type::v1::CEFR_LEVEL_UNSPECIFIED;
}

void AddLanguage(
    absl::string_view language, absl::string_view level,
    absl::string_view field,
    google::protobuf::RepeatedPtrField<type::v1::LanguageSkill>& languages,
    Draft& draft) {
  const std::string code = LanguageCode(language);
  if (code.empty()) return draft.Unknown("language", language, field);
  bool assumed = false;
  const CefrLevel parsed = LanguageLevel(level, assumed);
  if (parsed == type::v1::CEFR_LEVEL_UNSPECIFIED) {
    draft.Unknown("language-level", level, field);
  }
  if (assumed) draft.Repaired("language-level-assumed", field);
  for (type::v1::LanguageSkill& known : languages) {
    if (known.language_code() != code) continue;
    known.set_level(std::max(known.level(), parsed));
    return;
  }
  if (languages.size() >= 10) return draft.Repaired("list-cut", field);
  type::v1::LanguageSkill& skill = *languages.Add();
  skill.set_language_code(code);
  skill.set_level(parsed);
}

void AddLicences(absl::string_view text, absl::string_view field,
                 google::protobuf::RepeatedPtrField<std::string>& licences,
                 Draft& draft) {
  for (const std::string& word : UpperWords(text)) {
    const bool known =
        std::find(kLicences.begin(), kLicences.end(), word) != kLicences.end();
    if (known) {
      draft.AddTo(licences, 10, word, field);
    } else if (word.size() <= 3 && word != "UND" && word != "PKW" &&
               word != "LKW" && word != "AND") {
      draft.Unknown("licence", word, field);
    }
  }
}

}  // namespace heimweg::importers
