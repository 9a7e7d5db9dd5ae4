#include "services/occupations/gender_marks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/occupations/folded_text.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {
namespace {

bool IsLetter(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool IsLower(char c) {
  return IsLetter(c) && !absl::ascii_isupper(static_cast<unsigned char>(c));
}

bool WordEndsAt(absl::string_view text, size_t at) {
  return at >= text.size() || !IsLetter(text[at]);
}

// "m/w/d", "w|m|x", "gn", "all genders": `text` is what stands in brackets.
bool NamesGenders(absl::string_view text) {
  std::string letters;
  for (const char c : absl::AsciiStrToLower(text)) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      letters += c;
    } else if (absl::string_view(" /|,.*+:;-&").find(c) ==
               absl::string_view::npos) {
      return false;
    }
  }
  if (letters == "gn" || letters == "allgenders" || letters == "divers" ||
      letters == "gnstar" || letters == "alle") {
    return true;
  }
  // Only "m" and "w" or "f" make it one: "(D)" may be a country.
  return letters.size() >= 2 && letters.size() <= 5 &&
         letters.find('m') != std::string::npos &&
         letters.find_first_of("wf") != std::string::npos &&
         letters.find_first_not_of("mwfdxiga") == std::string::npos;
}

// Size of a bracket that names genders at `at`, 0 for none.
size_t BracketOfGenders(absl::string_view title, size_t at) {
  if (title[at] != '(' && title[at] != '[') return 0;
  const size_t end = title.find_first_of(")]", at);
  if (end == absl::string_view::npos || end - at > 16) return 0;
  return NamesGenders(title.substr(at + 1, end - at - 1)) ? end + 1 - at : 0;
}

// Size of "m/w/d" at `at`, which begins a word; 0 for none.
size_t BareGenders(absl::string_view title, size_t at) {
  if (at > 0 && title[at - 1] != ' ') return 0;
  size_t end = at;
  while (end < title.size() && title[end] != ' ' && title[end] != ',') ++end;
  const absl::string_view word = title.substr(at, end - at);
  const bool parted = word.size() >= 3 && word.size() <= 9 &&
                      !IsLetter(word[1]) && word[1] != '.';
  return parted && NamesGenders(word) ? end - at : 0;
}

// Size of "/in", "*innen", "(in)", "/-frau", "(r)" behind a word; 0 for none.
size_t EndingAt(absl::string_view title, size_t at) {
  if (at == 0 || !IsLetter(title[at - 1])) return 0;
  const char sign = title[at];
  if (absl::string_view("/*:_(.!|").find(sign) == absl::string_view::npos) {
    return 0;
  }
  size_t start = at + 1;
  if (start < title.size() && title[start] == '-') ++start;
  for (const absl::string_view ending :
       {"innen", "in", "frau", "mann", "r", "n", "e"}) {
    if (!absl::StartsWith(title.substr(std::min(start, title.size())),
                          ending)) {
      continue;
    }
    const size_t end = start + ending.size();
    if (sign == '(') {
      if (end < title.size() && title[end] == ')') return end + 1 - at;
      continue;
    }
    if (WordEndsAt(title, end)) return end - at;
  }
  return 0;
}

// Size of the "In" or "Innen" of "LeiterIn"; 0 for none.
size_t InnerCapital(absl::string_view title, size_t at) {
  if (at < 3 || title[at] != 'I' || !IsLower(title[at - 1])) return 0;
  for (const absl::string_view ending : {"Innen", "In"}) {
    if (absl::StartsWith(title.substr(at), ending) &&
        WordEndsAt(title, at + ending.size())) {
      return ending.size();
    }
  }
  return 0;
}

}  // namespace

std::string CutGenderMarks(absl::string_view title,
                           std::vector<std::string>& cut) {
  std::string kept;
  kept.reserve(title.size());
  for (size_t i = 0; i < title.size();) {
    const size_t whole =
        std::max(BracketOfGenders(title, i), BareGenders(title, i));
    if (whole > 0) {
      cut.emplace_back(title.substr(i, whole));
      kept += ' ';
      i += whole;
      continue;
    }
    const size_t ending = std::max(EndingAt(title, i), InnerCapital(title, i));
    if (ending > 0) {
      i += ending;
      continue;
    }
    kept += title[i++];
  }
  return kept;
}

namespace {

// Stems that take "in": what "zeichner" and "wirt" end with, but not "mediz".
bool TakesFeminine(absl::string_view stem) {
  for (const absl::string_view ending :
       {"er",   "eur",     "or",   "ist",   "ant",   "ent",      "at",
        "et",   "log",     "gog",  "nom",   "graf",  "graph",    "arzt",
        "wirt", "koch",    "walt", "hirt",  "bot",   "lots",     "hilf",
        "eut",  "ekt",     "soph", "amt",   "kund",  "mied",     "metz",
        "wart", "kapitan", "ar",   "lot",   "dekan", "chef",     "maat",
        "rat",  "stat",    "vogt", "ikt",   "jekt",  "hiat",     "iat",
        "naut", "ast",     "pat",  "bauer", "baur",  "graphiker"}) {
    if (absl::EndsWith(stem, ending)) return true;
  }
  return false;
}

bool IsAdjective(absl::string_view stem) {
  for (const absl::string_view ending :
       {"ische", "liche", "ndige", "agte", "llte", "hrte", "stete", "digte",
        "ierte", "nde", "amte", "fte", "elle", "ale"}) {
    if (absl::EndsWith(stem, ending)) return true;
  }
  return false;
}

}  // namespace

std::string WithoutGender(absl::string_view word) {
  for (const absl::string_view female : {"frauen", "frau", "leute", "manner"}) {
    if (word.size() > female.size() + 1 && absl::EndsWith(word, female)) {
      return std::string(word.substr(0, word.size() - female.size())) + "mann";
    }
  }
  for (const absl::string_view ending : {"innen", "in"}) {
    if (word.size() < ending.size() + 3 || !absl::EndsWith(word, ending)) {
      continue;
    }
    const absl::string_view stem = word.substr(0, word.size() - ending.size());
    return std::string(TakesFeminine(stem) ? stem : word);
  }
  // Decline adjectives alike: "technischer", "technische" -> "technisch".
  absl::string_view base = word;
  if (base.size() > 5 && absl::EndsWith(base, "er") &&
      IsAdjective(base.substr(0, base.size() - 1))) {
    base.remove_suffix(1);
  }
  if (base.size() > 4 && absl::EndsWith(base, "e")) base.remove_suffix(1);
  return std::string(base);
}

}  // namespace heimweg::occupations
