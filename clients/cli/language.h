// The two languages that a person may be spoken to in, with their ways to write
// numbers, money and dates.
#ifndef HEIMWEG_CLIENTS_CLI_LANGUAGE_H_
#define HEIMWEG_CLIENTS_CLI_LANGUAGE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::cli {

enum class Language { kEnglish, kGerman };

// German for a locale such as "de_DE.UTF-8" or "de", else English.
Language LanguageOfLocale(absl::string_view locale);

// The text in the language.
absl::string_view In(Language language, absl::string_view english,
                     absl::string_view german);

// With thousands separators and `decimals` (0 to 6) digits after the mark:
// 1,234.50 or 1.234,50. Rounds half away from zero.
std::string FormatNumber(double value, int decimals, Language language);

// A count: 12,345 or 12.345.
std::string FormatCount(int64_t value, Language language);

// Euro cents: €1,234.50 or 1.234,50 €. Whole euros keep their ",00".
std::string FormatCents(int64_t cents, Language language);

// A day given as YYYY-MM-DD: as it is in English, 31.08.2027 in German. Any
// other text is returned as it is.
std::string FormatDay(absl::string_view day, Language language);

// A score in millionths as 0.0 to 100.0 with one decimal, rounded down, so that
// only a perfect score shows as 100.
std::string FormatScore(int32_t millionths, Language language);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_LANGUAGE_H_
