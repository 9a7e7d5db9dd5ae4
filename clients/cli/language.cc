#include "clients/cli/language.h"

#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace heimweg::cli {
namespace {

// Digits with a separator between every three of them.
std::string Grouped(absl::string_view digits, char separator) {
  std::string grouped;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += separator;
    grouped += digits[i];
  }
  return grouped;
}

// `scaled` is the value x 10^decimals.
std::string FormatScaled(int64_t scaled, int decimals, Language language) {
  const bool german = language == Language::kGerman;
  // Negated as unsigned, for the lowest value has no positive counterpart.
  const uint64_t magnitude = scaled < 0 ? -static_cast<uint64_t>(scaled)
                                        : static_cast<uint64_t>(scaled);
  const std::string digits = absl::StrFormat("%0*d", decimals + 1, magnitude);
  const size_t whole = digits.size() - decimals;
  std::string text = absl::StrCat(
      scaled < 0 ? "-" : "",
      Grouped(absl::string_view(digits).substr(0, whole), german ? '.' : ','));
  if (decimals > 0) {
    absl::StrAppend(&text, german ? "," : ".",
                    absl::string_view(digits).substr(whole));
  }
  return text;
}

}  // namespace

Language LanguageOfLocale(absl::string_view locale) {
  const bool german =
      locale.substr(0, 2) == "de" &&
      (locale.size() == 2 ||
       !absl::ascii_isalpha(static_cast<unsigned char>(locale[2])));
  return german ? Language::kGerman : Language::kEnglish;
}

absl::string_view In(Language language, absl::string_view english,
                     absl::string_view german) {
  return language == Language::kGerman ? german : english;
}

std::string FormatNumber(double value, int decimals, Language language) {
  return FormatScaled(std::llround(value * std::pow(10, decimals)), decimals,
                      language);
}

std::string FormatCount(int64_t value, Language language) {
  return FormatScaled(value, 0, language);
}

std::string FormatCents(int64_t cents, Language language) {
  if (language == Language::kGerman) {
    return absl::StrCat(FormatScaled(cents, 2, language), " €");
  }
  const std::string amount = FormatScaled(cents, 2, language);
  if (cents < 0) return absl::StrCat("-€", amount.substr(1));
  return absl::StrCat("€", amount);
}

std::string FormatDay(absl::string_view day, Language language) {
  const bool is_day = day.size() == 10 && day[4] == '-' && day[7] == '-';
  if (language != Language::kGerman || !is_day) return std::string(day);
  return absl::StrCat(day.substr(8, 2), ".", day.substr(5, 2), ".",
                      day.substr(0, 4));
}

std::string FormatScore(int32_t millionths, Language language) {
  return FormatScaled(millionths / 1000, 1, language);
}

}  // namespace heimweg::cli
