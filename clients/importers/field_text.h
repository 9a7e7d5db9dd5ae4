// What partners write into fields, as values: numbers, dates, yes and no. Every
// function gives nothing if the text is something else; none guesses.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_FIELD_TEXT_H_
#define HEIMWEG_CLIENTS_IMPORTERS_FIELD_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/type/v1/answer.pb.h"
#include "heimweg/type/v1/date.pb.h"

namespace heimweg::importers {

// Digits of ASCII, at least one.
bool AllDigits(absl::string_view text);

// "1234.5", "1234,5", "1.234,50", "1,234.50", "12 500", each with € or EUR or
// "m²" behind it. A single point or comma with exactly three digits behind it
// ("1.234") is read as `decimal` says: that sign separates the fraction, the
// other one thousands.
std::optional<double> ParseDecimal(absl::string_view text, char decimal = '.');

// The decimal times 100, rounded; nothing below 0 or above 10^13.
std::optional<int64_t> ParseCents(absl::string_view text, char decimal = '.');

// A whole number without sign.
std::optional<int64_t> ParseInteger(absl::string_view text);

// "2027-08-01" (anything behind a T is ignored), "01.08.2027", "1.8.27" is
// nothing. A day that does not exist is nothing.
std::optional<type::v1::Date> ParseDate(absl::string_view text);

// RFC 3339 or ISO 8601 with or without seconds, fraction and offset ("+0200",
// "+02:00", "Z"), or a date; without an offset it is in `zone`. Also RFC 822
// ("Fri, 27 Mar 2026 10:00:00 +0100").
std::optional<absl::Time> ParseMoment(absl::string_view text,
                                      absl::TimeZone zone);

// Europe/Berlin.
absl::TimeZone Berlin();

// true/false, 1/0, ja/nein, j/n, yes/no, y/n in any case; else unspecified.
type::v1::Answer ParseAnswer(absl::string_view text);

// Texts in one cell of our own tables: "a|b|c". A | or \ in one has a \ before
// it. One empty text is no text at all.
std::string JoinTexts(const std::vector<std::string>& texts);
std::vector<std::string> SplitTexts(absl::string_view cell);

// Without control characters (line ends stay in texts of several lines, become
// spaces in others), with single spaces and none at the ends.
std::string OneLine(absl::string_view text);
std::string ManyLines(absl::string_view text);

// The first `most` characters (code points) of UTF-8 text, and whether that is
// less than all of it.
bool CutTo(size_t most, std::string& text);

// Five digits; with `repaired` set, of four digits and a lost zero in front, or
// with "D-" before it. Nothing else is a German postcode.
std::optional<std::string> ParsePostcode(absl::string_view text,
                                         bool& repaired);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_FIELD_TEXT_H_
