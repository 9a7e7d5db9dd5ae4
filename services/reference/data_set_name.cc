#include "services/reference/data_set_name.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace heimweg::reference {
namespace {

constexpr absl::string_view kCollection = "dataSets/";
constexpr absl::string_view kVersions = "/versions/";
constexpr size_t kLongestId = 63;
constexpr size_t kLongestNumber = 10;

bool IsId(absl::string_view text) {
  return !text.empty() && text.size() <= kLongestId &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

}  // namespace

std::string DataSetName(absl::string_view data_set) {
  return absl::StrCat(kCollection, data_set);
}

std::string VersionName(const VersionId& version) {
  return absl::StrCat(kCollection, version.data_set, kVersions, version.number);
}

std::string VersionKey(const VersionId& version) {
  return absl::StrFormat("%s/%010d", version.data_set, version.number);
}

std::string PartKey(const VersionId& version, int32_t part) {
  return absl::StrFormat("%s/%06d", VersionKey(version), part);
}

std::optional<std::string> ParseDataSetName(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kCollection) || !IsId(name)) {
    return std::nullopt;
  }
  return std::string(name);
}

std::optional<VersionId> ParseVersionName(absl::string_view name) {
  const size_t at = name.find(kVersions);
  if (at == absl::string_view::npos) return std::nullopt;
  const auto data_set = ParseDataSetName(name.substr(0, at));
  const absl::string_view digits = name.substr(at + kVersions.size());
  VersionId version;
  if (!data_set.has_value() || digits.size() > kLongestNumber ||
      !absl::SimpleAtoi(digits, &version.number) || version.number < 1 ||
      absl::StrCat(version.number) != digits) {
    return std::nullopt;
  }
  version.data_set = *data_set;
  return version;
}

}  // namespace heimweg::reference
