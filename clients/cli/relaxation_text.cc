#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/reasons_text.h"
#include "clients/cli/terms.h"

namespace heimweg::cli {
namespace {

using matching::v1::Relaxation;

std::string Unit(absl::string_view unit, Language language) {
  if (unit == "minutes") return std::string(In(language, unit, "Minuten"));
  if (unit == "rooms") return std::string(In(language, unit, "Zimmer"));
  if (unit == "hours") return std::string(In(language, unit, "Stunden"));
  if (unit == "days") return std::string(In(language, unit, "Tage"));
  return std::string(unit);
}

// A value as a person writes it; cents bring their own unit.
std::string Value(const std::string& value, absl::string_view unit,
                  Language language) {
  int64_t cents = 0;
  if (unit == "cents" && absl::SimpleAtoi(value, &cents)) {
    return FormatCents(cents, language);
  }
  double number = 0;
  if (absl::SimpleAtod(value, &number)) {
    const bool whole = value.find('.') == std::string::npos;
    return FormatNumber(number, whole ? 0 : 1, language);
  }
  return FormatDay(value, language);
}

// "40 instead of 30 minutes".
std::string Change(const Relaxation& relaxation, Language language) {
  const std::string& unit = relaxation.unit();
  const std::string to = Value(relaxation.to(), unit, language);
  const std::string from = Value(relaxation.from(), unit, language);
  const bool says_unit =
      unit != "cents" && !unit.empty() &&
      FormatDay(relaxation.from(), Language::kGerman) == relaxation.from();
  return absl::StrCat(
      to, from.empty() ? "" : In(language, " instead of ", " statt "), from,
      says_unit ? absl::StrCat(" ", Unit(unit, language)) : "");
}

std::string What(const Relaxation& relaxation, Language language) {
  return absl::StrCat(
      Term(matching::v1::Constraint_Name(relaxation.constraint()), language),
      relaxation.anchor().empty() ? "" : ", ", relaxation.anchor());
}

struct KindWords {
  absl::string_view one_english;
  absl::string_view many_english;
  absl::string_view one_german;
  absl::string_view many_german;
};

KindWords WordsOf(Area area) {
  switch (area) {
    case Area::kHomes:
      return {"home", "homes", "Zuhause", "Zuhause"};
    case Area::kContacts:
      return {"contact", "contacts", "Kontakt", "Kontakte"};
    default:
      return {"job", "jobs", "Stelle", "Stellen"};
  }
}

absl::string_view Noun(int64_t count, Area area, Language language) {
  const KindWords words = WordsOf(area);
  return count == 1 ? In(language, words.one_english, words.one_german)
                    : In(language, words.many_english, words.many_german);
}

}  // namespace

std::string CountedOffers(int64_t count, Area area, Language language) {
  return absl::StrCat(FormatCount(count, language), " ",
                      Noun(count, area, language));
}

std::string ExclusionText(const matching::v1::ExclusionCount& exclusion,
                          Area area, Language language) {
  const bool one = exclusion.offers() == 1;
  return absl::StrCat(
      CountedOffers(exclusion.offers(), area, language),
      In(language, one ? " fails" : " fail", one ? " scheitert" : " scheitern"),
      In(language, " only because of: ", " nur hieran: "),
      Term(matching::v1::Constraint_Name(exclusion.constraint()), language),
      ".");
}

std::string RelaxationText(const Relaxation& relaxation, Area area,
                           Language language) {
  const int64_t count = relaxation.additional_offers();
  const std::string more =
      language == Language::kGerman
          ? absl::StrCat(CountedOffers(count, area, language), " mehr bei ")
          : absl::StrCat(FormatCount(count, language), " more ",
                         Noun(count, area, language), " with ");
  return absl::StrCat(more, Change(relaxation, language), " (",
                      What(relaxation, language), ").");
}

std::string RequiredRelaxationText(const Relaxation& relaxation,
                                   Language language) {
  return absl::StrCat(What(relaxation, language), ": ",
                      Change(relaxation, language));
}

}  // namespace heimweg::cli
