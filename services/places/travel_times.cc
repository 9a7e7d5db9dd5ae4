#include "services/places/travel_times.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/places/germany.h"
#include "services/places/text_rows.h"

namespace heimweg::places {
namespace {

constexpr char kExpectedTimes[] =
    "a CSV file with the columns from, to, mode, minutes";
constexpr std::array<const char*, 4> kTimeColumns = {"from", "to", "mode",
                                                     "minutes"};
constexpr int32_t kLongestMinutes = 1440;

// AGS and postcodes have no number in common; 28 bits.
std::optional<uint64_t> KeyNumber(absl::string_view key) {
  uint64_t number = 0;
  if (IsDigits(key, 8) && absl::SimpleAtoi(key, &number)) return number;
  if (IsDigits(key, 5) && absl::SimpleAtoi(key, &number)) {
    return number + 100'000'000;
  }
  return std::nullopt;
}

std::optional<CommuteMode> Mode(absl::string_view text) {
  if (text == "car") return CommuteMode::kCar;
  if (text == "transit") return CommuteMode::kTransit;
  if (text == "bicycle") return CommuteMode::kBicycle;
  if (text == "walk") return CommuteMode::kWalk;
  return std::nullopt;
}

std::optional<uint64_t> Pair(absl::string_view from, absl::string_view to,
                             CommuteMode mode) {
  const auto a = KeyNumber(from);
  const auto b = KeyNumber(to);
  if (!a.has_value() || !b.has_value()) return std::nullopt;
  return *a << 34 | *b << 4 | static_cast<uint64_t>(mode);
}

absl::Status Wrong(int line, absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("line ", line, ": expected ", expected));
}

}  // namespace

absl::StatusOr<TravelTimes> TravelTimes::Parse(absl::string_view text) {
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  absl::Status status = CheckText(text, kExpectedTimes);
  if (!status.ok()) return status;
  const absl::string_view header = TakeLine(text);
  const char separator = SeparatorOf(header);
  const auto names = SplitCsv(header, separator);
  std::array<size_t, kTimeColumns.size()> at;
  for (size_t column = 0; column < kTimeColumns.size(); ++column) {
    if (!names.has_value()) return Wrong(1, kExpectedTimes);
    const auto found = std::find_if(
        names->begin(), names->end(), [&](const std::string& name) {
          return absl::AsciiStrToLower(absl::StripAsciiWhitespace(name)) ==
                 kTimeColumns[column];
        });
    if (found == names->end()) return Wrong(1, kExpectedTimes);
    at[column] = static_cast<size_t>(found - names->begin());
  }
  TravelTimes times;
  for (int line = 2; !text.empty(); ++line) {
    const absl::string_view row = TakeLine(text);
    if (row.empty()) continue;
    const auto fields = SplitCsv(row, separator);
    if (!fields.has_value() || fields->size() != names->size()) {
      return Wrong(line, "as many fields as the header has columns");
    }
    const auto mode = Mode((*fields)[at[2]]);
    if (!mode.has_value()) {
      return Wrong(line, "one of the modes car, transit, bicycle, walk");
    }
    const auto pair = Pair((*fields)[at[0]], (*fields)[at[1]], *mode);
    if (!pair.has_value()) {
      return Wrong(line,
                   "an AGS of 8 digits or a postcode of 5 in from and to");
    }
    int32_t minutes = 0;
    if (!absl::SimpleAtoi((*fields)[at[3]], &minutes) || minutes < 0 ||
        minutes > kLongestMinutes) {
      return Wrong(line, "whole minutes from 0 to 1440");
    }
    times.rows_.push_back({*pair, minutes});
  }
  std::stable_sort(times.rows_.begin(), times.rows_.end(),
                   [](const Row& a, const Row& b) { return a.pair < b.pair; });
  const auto twice = std::adjacent_find(
      times.rows_.begin(), times.rows_.end(),
      [](const Row& a, const Row& b) { return a.pair == b.pair; });
  if (twice != times.rows_.end()) {
    return absl::InvalidArgumentError(
        "two lines have the same from, to and mode; expected one");
  }
  if (times.rows_.empty()) return Wrong(2, "at least one row");
  return times;
}

std::optional<int32_t> TravelTimes::Find(absl::string_view from,
                                         absl::string_view to,
                                         CommuteMode mode) const {
  const auto pair = Pair(from, to, mode);
  if (!pair.has_value()) return std::nullopt;
  const auto found = std::lower_bound(
      rows_.begin(), rows_.end(), *pair,
      [](const Row& row, uint64_t wanted) { return row.pair < wanted; });
  if (found == rows_.end() || found->pair != *pair) return std::nullopt;
  return found->minutes;
}

}  // namespace heimweg::places
