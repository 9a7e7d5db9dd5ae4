#include "services/places/geonames_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/places/germany.h"
#include "services/places/text_rows.h"

namespace heimweg::places {
namespace {

constexpr char kExpectedPostcodes[] =
    "GeoNames' postal code file DE.txt (12 columns between tabs, from "
    "https://download.geonames.org/export/zip/DE.zip)";
constexpr size_t kPostcodeColumns = 12;
constexpr size_t kGazetteerColumns = 19;
constexpr size_t kLongestPlaceName = 100;

// Empty if the row is well.
absl::string_view Take(const std::vector<absl::string_view>& f,
                       GeoNamesPlace& place) {
  place.postal_code = std::string(f[1]);
  place.name = std::string(absl::StripAsciiWhitespace(f[2]));
  place.district_ags = std::string(f[8]);
  if (!IsDigits(f[1], 5)) return "expected a postcode of 5 digits in column 2";
  if (place.name.empty() || place.name.size() > kLongestPlaceName) {
    return "expected a name of 1 to 100 bytes in column 3";
  }
  if (!place.district_ags.empty() && !IsDigits(place.district_ags, 5)) {
    return "expected a district's AGS of 5 digits or nothing in column 9";
  }
  if (!absl::SimpleAtod(f[9], &place.location.lat_deg) ||
      !absl::SimpleAtod(f[10], &place.location.lng_deg) ||
      !IsOnEarth(place.location) || !IsInOrNearGermany(place.location)) {
    return "expected degrees in or near Germany in columns 10 and 11";
  }
  return "";
}

absl::Status CheckColumns(size_t columns) {
  if (columns == kPostcodeColumns) return absl::OkStatus();
  if (columns == kGazetteerColumns) {
    return absl::InvalidArgumentError(absl::StrCat(
        "this is GeoNames' gazetteer file of the same name, with 19 columns, "
        "from export/dump; expected ",
        kExpectedPostcodes));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("line 1 has ", columns, " columns between tabs; expected ",
                   kExpectedPostcodes));
}

}  // namespace

absl::StatusOr<GeoNamesPostcodes> ParseGeoNames(absl::string_view text) {
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  absl::Status status = CheckText(text, kExpectedPostcodes);
  if (!status.ok()) return status;
  GeoNamesPostcodes parsed;
  Remarks remarks;
  int line = 0;
  int rows = 0;
  while (!text.empty()) {
    const absl::string_view row = TakeLine(text);
    ++line;
    if (row.empty()) continue;
    const std::vector<absl::string_view> f = absl::StrSplit(row, '\t');
    if (line == 1) status = CheckColumns(f.size());
    if (!status.ok()) return status;
    if (f[0] != "DE") continue;  // allCountries.txt has others, too
    ++rows;
    GeoNamesPlace place;
    const absl::string_view wrong = f.size() == kPostcodeColumns
                                        ? Take(f, place)
                                        : "expected 12 columns between tabs";
    if (wrong.empty()) {
      parsed.places.push_back(std::move(place));
    } else {
      remarks.Add(line, wrong);
    }
  }
  status = CheckLeftOut(remarks, rows, kExpectedPostcodes);
  if (!status.ok()) return status;
  std::stable_sort(parsed.places.begin(), parsed.places.end(),
                   [](const GeoNamesPlace& a, const GeoNamesPlace& b) {
                     return a.postal_code < b.postal_code;
                   });
  parsed.remarks = std::move(remarks).Take();
  return parsed;
}

}  // namespace heimweg::places
