#include "services/places/district_name.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::places {

std::string MainName(absl::string_view name) {
  return std::string(
      absl::StripAsciiWhitespace(name.substr(0, name.find(','))));
}

std::string DistrictName(const RawDistrict& row) {
  const std::string name = MainName(row.name);
  const bool rural = row.type == "Landkreis" || row.type == "Kreis";
  const bool says_so =
      absl::StrContains(name, "kreis") || absl::StrContains(name, "Kreis") ||
      absl::StrContains(name, "Region") || absl::StrContains(name, "region");
  return rural && !says_so ? absl::StrCat(row.type, " ", name) : name;
}

}  // namespace heimweg::places
