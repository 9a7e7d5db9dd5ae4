#include "clients/cli/reasons_text.h"

#include <cmath>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/terms.h"

namespace heimweg::cli {
namespace {

using matching::v1::Reason;

// A number with as many decimals as it needs, at most one.
std::string Short(double value, Language language) {
  const bool whole = std::abs(value - std::round(value)) < 0.05;
  return FormatNumber(value, whole ? 0 : 1, language);
}

// One reason's parameters in one language.
class Words {
 public:
  Words(const Reason& reason, Language language)
      : reason_(reason), language_(language) {}

  std::string Text(absl::string_view name) const {
    for (const auto& parameter : reason_.parameters()) {
      if (parameter.name() == name) return parameter.value();
    }
    return "";
  }

  std::string Number(absl::string_view name) const {
    double value = 0;
    const std::string text = Text(name);
    return absl::SimpleAtod(text, &value) ? Short(value, language_) : text;
  }

  std::string Money(absl::string_view name) const {
    int64_t cents = 0;
    const std::string text = Text(name);
    return absl::SimpleAtoi(text, &cents) ? FormatCents(cents, language_)
                                          : text;
  }

  std::string Day(absl::string_view name) const {
    return FormatDay(Text(name), language_);
  }

  // The terms of a list such as "garden, parking"; `prefix` is their enum's.
  std::string Terms(absl::string_view name, absl::string_view prefix) const {
    std::vector<std::string> terms;
    const std::string text = Text(name);
    for (const absl::string_view word :
         absl::StrSplit(text, ", ", absl::SkipEmpty())) {
      const std::string full =
          absl::StartsWith(word, prefix)
              ? std::string(word)
              : absl::StrCat(prefix, absl::AsciiStrToUpper(word));
      const std::string term = Term(full, language_);
      terms.push_back(term == full ? std::string(word) : term);
    }
    return absl::StrJoin(terms, ", ");
  }

  bool Has(absl::string_view name) const { return !Text(name).empty(); }
  std::string Say(absl::string_view english, absl::string_view german) const {
    return std::string(In(language_, english, german));
  }
  // "before" + value + "after" if there is a value.
  std::string Around(absl::string_view before, const std::string& value,
                     absl::string_view after) const {
    return value.empty() ? "" : absl::StrCat(before, value, after);
  }

 private:
  const Reason& reason_;
  const Language language_;
};

std::string Hours(const Words& words) {
  const std::string least = words.Number("minimum");
  const std::string most = words.Number("maximum");
  const std::string range =
      least == most || most.empty() ? least : absl::StrCat(least, "–", most);
  return absl::StrCat(
      words.Say("The weekly hours fit", "Die Wochenstunden passen"),
      words.Around(": ", range, words.Say(" hours", " Stunden")), ".");
}

std::string Near(const Words& words) {
  const std::string anchor = words.Text("anchor");
  if (!words.Has("km"))
    return words.Say("It is near.", "Es liegt in der Nähe.");
  return absl::StrCat(words.Number("km"), " km",
                      words.Around(words.Say(" from ", " von "), anchor, ""),
                      words.Say(".", " entfernt."));
}

std::string ShortCommute(const Words& words) {
  return absl::StrCat(
      words.Has("minutes") ? words.Number("minutes")
                           : words.Say("Few", "Wenige"),
      words.Say(" minutes", " Minuten"),
      words.Around(words.Say(" to ", " bis "), words.Text("anchor"), ""),
      words.Around(" ", words.Terms("mode", "COMMUTE_MODE_"), ""), ".");
}

std::string CommuteFromHome(const Words& words) {
  return absl::StrCat(
      words.Number("minutes"),
      words.Say(" minutes from home to work",
                " Minuten von zu Hause zur Arbeit"),
      words.Around(" ", words.Terms("mode", "COMMUTE_MODE_"), ""),
      words.Around(" (", words.Number("km"), " km)"), ".");
}

std::string Space(const Words& words) {
  std::vector<std::string> parts;
  if (words.Has("rooms")) {
    parts.push_back(
        absl::StrCat(words.Number("rooms"), words.Say(" rooms", " Zimmer")));
  }
  if (words.Has("living_area_sqm")) {
    parts.push_back(absl::StrCat(words.Number("living_area_sqm"), " m²"));
  }
  return absl::StrCat(words.Say("Enough space", "Genug Platz"),
                      words.Around(": ", absl::StrJoin(parts, ", "), ""), ".");
}

std::string Cost(const Words& words, absl::string_view amount,
                 absl::string_view what) {
  return absl::StrCat(
      what, words.Around(": ", words.Money(amount), ""),
      words.Around(words.Say(" of ", " von "), words.Money("budget_cents"), ""),
      ".");
}

std::string Skills(const Words& words) {
  const std::string counts =
      words.Has("shared") && words.Has("asked")
          ? absl::StrCat(words.Number("shared"), words.Say(" of ", " von "),
                         words.Number("asked"))
          : "";
  return absl::StrCat(
      words.Say("Skills fit", "Fähigkeiten passen"),
      words.Around(": ", counts, ""),
      words.Around(counts.empty() ? ": " : " – ", words.Text("skills"), ""),
      ".");
}

std::string Occupation(const Words& words, bool same) {
  const std::string kldb = words.Around(" (KldB ", words.Text("kldb"), ")");
  return absl::StrCat(
      same ? words.Say("The wished occupation", "Der gewünschte Beruf")
           : words.Say("A related occupation", "Ein verwandter Beruf"),
      kldb, ".");
}

std::string Fresh(const Words& words) {
  const std::string days = words.Text("days");
  if (days == "0") {
    return words.Say("Verified or changed today.",
                     "Heute geprüft oder geändert.");
  }
  if (days == "1") {
    return words.Say("Verified or changed yesterday.",
                     "Gestern geprüft oder geändert.");
  }
  if (days.empty()) {
    return words.Say("Verified or changed recently.",
                     "Kürzlich geprüft oder geändert.");
  }
  return words.Say(absl::StrCat("Verified or changed ", days, " days ago."),
                   absl::StrCat("Vor ", days, " Tagen geprüft oder geändert."));
}

std::string Remote(const Words& words) {
  return absl::StrCat(
      words.Say("Remote work", "Mobiles Arbeiten"),
      words.Around(": ", words.Number("percent"), words.Say("%", " %")), ".");
}

// Of the parts of a package among each other.
std::string PackageReason(const Reason& reason, const Words& words) {
  switch (reason.key()) {
    case matching::v1::REASON_KEY_COMMUTE_FROM_HOME:
      return CommuteFromHome(words);
    case matching::v1::REASON_KEY_NEAR_HOME:
      return absl::StrCat(words.Number("km"),
                          words.Say(" km from home.", " km von zu Hause."));
    case matching::v1::REASON_KEY_HOME_BEFORE_START:
      return absl::StrCat(
          words.Say("The home is free from ", "Das Zuhause ist frei ab "),
          words.Day("available"),
          words.Say(", the job starts on ", ", die Arbeit beginnt am "),
          words.Day("start"), ".");
    case matching::v1::REASON_KEY_SCHOOL_YEAR:
      return absl::StrCat(
          words.Say("In time for the school year that starts on ",
                    "Rechtzeitig zum Schuljahr, das am "),
          words.Day("date"), words.Say(".", " beginnt."));
    default:
      return "";
  }
}

}  // namespace

std::string ReasonText(const Reason& reason, Language language) {
  const Words words(reason, language);
  switch (reason.key()) {
    case matching::v1::REASON_KEY_OCCUPATION_SAME:
      return Occupation(words, true);
    case matching::v1::REASON_KEY_OCCUPATION_NEAR:
      return Occupation(words, false);
    case matching::v1::REASON_KEY_SKILLS_SHARED:
      return Skills(words);
    case matching::v1::REASON_KEY_HOURS_FIT:
      return Hours(words);
    case matching::v1::REASON_KEY_SALARY_FIT:
      return absl::StrCat(words.Say("The pay fits", "Das Gehalt passt"),
                          words.Around(words.Say(": up to ", ": bis "),
                                       words.Money("hourly_cents"),
                                       words.Say(" an hour", " je Stunde")),
                          ".");
    case matching::v1::REASON_KEY_NEAR:
      return Near(words);
    case matching::v1::REASON_KEY_SHORT_COMMUTE:
      return ShortCommute(words);
    case matching::v1::REASON_KEY_REMOTE:
      return Remote(words);
    case matching::v1::REASON_KEY_DATE_FIT:
      return absl::StrCat(words.Say("The date fits", "Der Termin passt"),
                          words.Around(": ", words.Day("date"), ""), ".");
    case matching::v1::REASON_KEY_RENT_FIT:
      return Cost(words, "rent_cents",
                  words.Say("The rent is within the budget",
                            "Die Miete liegt im Budget"));
    case matching::v1::REASON_KEY_PRICE_FIT:
      return Cost(words, "price_cents",
                  words.Say("The price is within the budget",
                            "Der Preis liegt im Budget"));
    case matching::v1::REASON_KEY_SPACE_FIT:
      return Space(words);
    case matching::v1::REASON_KEY_EQUIPMENT:
      return absl::StrCat(
          words.Say("It has what was wished for", "Gewünscht und vorhanden"),
          words.Around(": ", words.Terms("equipment", "EQUIPMENT_"), ""), ".");
    case matching::v1::REASON_KEY_PEOPLE_SHARED:
      return absl::StrCat(words.Say("In common", "Gemeinsam"),
                          words.Around(": ", words.Text("terms"), ""), ".");
    case matching::v1::REASON_KEY_FRESH:
      return Fresh(words);
    default:
      return PackageReason(reason, words);
  }
}

}  // namespace heimweg::cli
