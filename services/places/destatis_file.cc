#include "services/places/destatis_file.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "services/places/district_name.h"
#include "services/places/germany.h"
#include "services/places/text_rows.h"

namespace heimweg::places {
namespace {

constexpr char kExpectedRegister[] =
    "Destatis' register of municipalities as CSV with the columns satzart, "
    "textkennzeichen, land, rb, kreis, gemeinde, gemeindename, bevoelkerung";

enum RegisterColumn {
  kKind,
  kMark,
  kState,
  kRegion,
  kDistrict,
  kMunicipality,
  kMunicipalityName,
  kPopulation,
  kLongitude,
  kLatitude,
  kPostcode,
  kRegisterColumns
};
constexpr int kNeeded = kPopulation + 1;
constexpr std::array<const char*, kRegisterColumns> kNames = {
    "satzart",     "textkennzeichen", "land",         "rb",
    "kreis",       "gemeinde",        "gemeindename", "bevoelkerung",
    "laengengrad", "breitengrad",     "postleitzahl"};

constexpr size_t kLongestRegisterName = 100;

// The values of a row by column; a missing one is empty.
class RegisterRow {
 public:
  RegisterRow(const std::array<int, kRegisterColumns>& at,
              const std::vector<std::string>& fields)
      : at_(at), fields_(fields) {}

  absl::string_view operator[](RegisterColumn column) const {
    const int at = at_[column];
    if (at < 0 || at >= static_cast<int>(fields_.size())) return "";
    return absl::StripAsciiWhitespace(fields_[static_cast<size_t>(at)]);
  }

  std::string DistrictKey() const {
    return absl::StrCat((*this)[kState], (*this)[kRegion], (*this)[kDistrict]);
  }

 private:
  const std::array<int, kRegisterColumns>& at_;
  const std::vector<std::string>& fields_;
};

absl::string_view DistrictType(absl::string_view mark) {
  if (mark == "43") return "Kreis";
  return mark == "44" ? "Landkreis" : "Kreisfreie Stadt";
}

// "90 164" as 90164; an empty text is 0.
bool ReadCount(absl::string_view text, int32_t& count) {
  const std::string digits =
      absl::StrReplaceAll(text, {{" ", ""}, {"\xc2\xa0", ""}});
  count = 0;
  return digits.empty() || (absl::SimpleAtoi(digits, &count) && count >= 0);
}

std::optional<LatLng> ReadLocation(const RegisterRow& row) {
  const auto read = [](absl::string_view text, double& degrees) {
    return absl::SimpleAtod(absl::StrReplaceAll(text, {{",", "."}}), &degrees);
  };
  LatLng where;
  if (!read(row[kLatitude], where.lat_deg) ||
      !read(row[kLongitude], where.lng_deg) || !IsOnEarth(where) ||
      !IsInOrNearGermany(where)) {
    return std::nullopt;
  }
  return where;
}

class RegisterReader {
 public:
  absl::StatusOr<DestatisRegister> Read(absl::string_view text) {
    absl::ConsumePrefix(&text, "\xef\xbb\xbf");
    absl::Status status = CheckText(text, kExpectedRegister);
    if (!status.ok()) return status;
    const absl::string_view header = TakeLine(text);
    separator_ = SeparatorOf(header);
    status = ReadHeader(header);
    if (!status.ok()) return status;
    int line = 1;
    while (!text.empty()) {
      const absl::string_view row = TakeLine(text);
      ++line;
      if (!row.empty()) TakeRow(row, line);
    }
    status = CheckLeftOut(remarks_, rows_, kExpectedRegister);
    if (!status.ok()) return status;
    register_.remarks = std::move(remarks_).Take();
    return std::move(register_);
  }

 private:
  absl::Status ReadHeader(absl::string_view header) {
    at_.fill(-1);
    const auto fields = SplitCsv(header, separator_);
    for (size_t i = 0; fields.has_value() && i < fields->size(); ++i) {
      const std::string name =
          absl::AsciiStrToLower(absl::StripAsciiWhitespace((*fields)[i]));
      for (size_t column = 0; column < kRegisterColumns; ++column) {
        if (name == kNames[column]) at_[column] = static_cast<int>(i);
      }
    }
    for (int column = 0; column < kNeeded; ++column) {
      if (at_[static_cast<size_t>(column)] >= 0) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "line 1 has no column ", kNames[static_cast<size_t>(column)],
          "; expected ", kExpectedRegister));
    }
    return absl::OkStatus();
  }

  void TakeRow(absl::string_view text, int line) {
    const auto fields = SplitCsv(text, separator_);
    if (!fields.has_value()) {
      ++rows_;
      return remarks_.Add(line, "a quote is not closed");
    }
    const RegisterRow row(at_, *fields);
    if (row[kKind] == "40") TakeDistrict(row, line);
    if (row[kKind] == "60") TakeMunicipality(row, line);
  }

  void TakeDistrict(const RegisterRow& row, int line) {
    ++rows_;
    const std::string ags = row.DistrictKey();
    const std::string name = MainName(row[kMunicipalityName]);
    if (!IsDigits(ags, 5) || StateName(ags).empty() || name.empty() ||
        name.size() > kLongestRegisterName) {
      return remarks_.Add(line, "expected a district's key and name");
    }
    if (!keys_.insert(ags).second) {
      return remarks_.Add(line, "a second row of the same district");
    }
    register_.districts.push_back(
        {ags, std::string(DistrictType(row[kMark])), name});
  }

  void TakeMunicipality(const RegisterRow& row, int line) {
    constexpr absl::string_view kUninhabited = "66";
    ++rows_;
    RegisteredMunicipality one;
    one.ags = absl::StrCat(row.DistrictKey(), row[kMunicipality]);
    one.name = MainName(row[kMunicipalityName]);
    one.location = ReadLocation(row);
    if (IsDigits(row[kPostcode], 5)) {
      one.postal_code = std::string(row[kPostcode]);
    }
    if (row[kMark] == kUninhabited) return;
    if (!IsDigits(one.ags, 8) || StateName(one.ags).empty() ||
        one.name.empty() || one.name.size() > kLongestRegisterName ||
        !ReadCount(row[kPopulation], one.population)) {
      return remarks_.Add(line,
                          "expected a municipality's key, name and population");
    }
    if (!keys_.insert(one.ags).second) {
      return remarks_.Add(line, "a second row of the same municipality");
    }
    register_.municipalities.push_back(std::move(one));
  }

  char separator_ = ',';
  std::array<int, kRegisterColumns> at_ = {};
  int rows_ = 0;
  std::set<std::string> keys_;
  Remarks remarks_;
  DestatisRegister register_;
};

}  // namespace

absl::StatusOr<DestatisRegister> ParseDestatis(absl::string_view text) {
  return RegisterReader().Read(text);
}

}  // namespace heimweg::places
