#include "services/server/field_checks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/date.pb.h"
#include "services/server/errors.h"

namespace heimweg::server {
namespace {

// The two-letter codes of ISO 639-1, one behind the other.
constexpr absl::string_view kLanguages =
    "aaabaeafakamanarasavayazbabebgbibmbnbobrbscacechcocrcscucvcydadedvdz"
    "eeeleneoeseteufafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigii"
    "ikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmi"
    "mkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurw"
    "sascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyuguk"
    "uruzvevivowawoxhyiyozazhzu";

// Timestamp's own range: the years 1 to 9999.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;

// The number of Unicode characters of valid UTF-8.
size_t CharacterCount(absl::string_view utf8) {
  // Every byte but those that continue a character: 10xxxxxx.
  return std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  });
}

bool IsLanguage(absl::string_view code) {
  if (code.size() != 2) return false;
  for (size_t at = 0; at < kLanguages.size(); at += 2) {
    if (kLanguages.substr(at, 2) == code) return true;
  }
  return false;
}

bool IsHttpUri(absl::string_view uri) {
  if (!absl::ConsumePrefix(&uri, "https://") &&
      !absl::ConsumePrefix(&uri, "http://")) {
    return false;
  }
  return !uri.empty() && uri.front() != '/' &&
         std::none_of(uri.begin(), uri.end(), [](char c) {
           return absl::ascii_isspace(c) || absl::ascii_iscntrl(c);
         });
}

}  // namespace

std::string Field::Path() const {
  std::string path(name);
  if (index >= 0) absl::StrAppend(&path, "[", index, "]");
  if (!part.empty()) absl::StrAppend(&path, ".", part);
  return path;
}

void FieldChecks::Add(const Field& field, absl::string_view expected) {
  std::string path = field.Path();
  FieldChecks* whole = this;
  for (; whole->above_ != nullptr; whole = whole->above_) {
    const std::string above = whole->in_.Path();
    path = path.empty() ? above : absl::StrCat(above, ".", path);
  }
  whole->violations_.push_back({std::move(path), std::string(expected)});
}

void FieldChecks::AddAll(std::vector<Violation> violations) {
  for (const Violation& one : violations) {
    Add(Field(one.field, -1), one.description);
  }
}

void FieldChecks::Text(const Field& field, absl::string_view text, size_t max) {
  if (text.size() > max && CharacterCount(text) > max) {
    Add(field, absl::StrCat("must have at most ", max, " characters"));
  }
}

void FieldChecks::RequiredText(const Field& field, absl::string_view text,
                               size_t max) {
  if (absl::StripAsciiWhitespace(text).empty()) {
    Add(field, absl::StrCat("is required, at most ", max, " characters"));
  }
  Text(field, text, max);
}

void FieldChecks::PlainText(const Field& field, absl::string_view text,
                            size_t max) {
  Text(field, text, max);
  if (std::any_of(text.begin(), text.end(), absl::ascii_iscntrl)) {
    Add(field, "must have no control characters");
  }
}

void FieldChecks::HttpUri(const Field& field, absl::string_view uri,
                          size_t max) {
  Text(field, uri, max);
  if (!uri.empty() && !IsHttpUri(uri)) {
    Add(field, "must be an http or https URI");
  }
}

void FieldChecks::Language(const Field& field, absl::string_view code) {
  if (!IsLanguage(code)) {
    Add(field, "must be an ISO 639-1 code in lower case, such as \"de\"");
  }
}

void FieldChecks::Day(const Field& field, const type::v1::Date& date) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  // CivilDay carries over what no calendar has, such as 30 February.
  if (date.year() < 1900 || date.year() > 2200 || day.year() != date.year() ||
      day.month() != date.month() || day.day() != date.day()) {
    Add(field, "must be a day of the calendar in the years 1900 to 2200");
  }
}

void FieldChecks::Time(const Field& field,
                       const google::protobuf::Timestamp& time) {
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond ||
      time.nanos() < 0 || time.nanos() > 999'999'999) {
    Add(field, "must be a time in the years 1 to 9999");
  }
}

void FieldChecks::Count(const Field& field, int count, int max) {
  if (count > max) {
    Add(field, absl::StrCat("must have at most ", max, " values"));
  }
}

void FieldChecks::Known(const Field& field, int value, bool (*is_valid)(int)) {
  if (!is_valid(value)) Add(field, "must be a known value");
}

std::vector<Violation> Below(absl::string_view prefix,
                             std::vector<Violation> violations) {
  for (Violation& violation : violations) {
    violation.field = absl::StrCat(prefix, ".", violation.field);
  }
  return violations;
}

}  // namespace heimweg::server
