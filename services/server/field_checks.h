// FieldChecks: collects the broken rules of a message and of those inside it,
// all of them, each with the path of its field. Descriptions say what was
// expected and never quote the value.
#ifndef HEIMWEG_SERVICES_SERVER_FIELD_CHECKS_H_
#define HEIMWEG_SERVICES_SERVER_FIELD_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/date.pb.h"
#include "heimweg/type/v1/language.pb.h"
#include "services/server/errors.h"

namespace heimweg::server {

// A path such as "title", "skills[3]" or "occupations[0].kldb_code", put
// together only when a rule is broken; "" is the message itself. The views must
// outlive the check.
struct Field {
  // NOLINTNEXTLINE(google-explicit-constructor): a name is the usual path.
  Field(const char* name) : name(name) {}
  Field(absl::string_view name, int index, absl::string_view part = {})
      : name(name), index(index), part(part) {}
  Field(absl::string_view name, absl::string_view part)
      : name(name), part(part) {}

  std::string Path() const;

  absl::string_view name;
  int index = -1;          // -1: not repeated.
  absl::string_view part;  // Empty: the field itself.
};

// Thread-compatible.
class FieldChecks {
 public:
  FieldChecks() = default;

  // Checks of the message in `field`: what they find belongs to this one, which
  // must outlive them, as must the views of `field`.
  FieldChecks In(const Field& field) { return {*this, field}; }

  void Add(const Field& field, absl::string_view expected);
  // Adds unless `holds`.
  void Expect(bool holds, const Field& field, absl::string_view expected) {
    if (!holds) Add(field, expected);
  }

  // At most `max` characters.
  void Text(const Field& field, absl::string_view text, size_t max);
  // 1 to `max` characters.
  void RequiredText(const Field& field, absl::string_view text, size_t max);
  // Text without control characters.
  void PlainText(const Field& field, absl::string_view text, size_t max);
  // Empty, or an http or https URI of at most `max` characters.
  void HttpUri(const Field& field, absl::string_view uri, size_t max);
  // An ISO 639-1 code in lower case.
  void Language(const Field& field, absl::string_view code);
  void Day(const Field& field, const type::v1::Date& date);
  void Time(const Field& field, const google::protobuf::Timestamp& time);
  // A repeated field of at most `max` values.
  void Count(const Field& field, int count, int max);
  // A repeated field of at most `max` texts of 1 to `max_length` characters.
  template <typename Texts>
  void EachText(absl::string_view field, const Texts& texts, int max,
                size_t max_length) {
    Count(Field(field, -1), texts.size(), max);
    for (int i = 0; i < texts.size(); ++i) {
      RequiredText(Field(field, i), texts[i], max_length);
    }
  }
  // A repeated field of languages with their levels.
  template <typename Skills>
  void Languages(absl::string_view field, const Skills& skills) {
    for (int i = 0; i < skills.size(); ++i) {
      Language(Field(field, i, "language_code"), skills[i].language_code());
      Known(Field(field, i, "level"), skills[i].level(),
            type::v1::CefrLevel_IsValid);
    }
  }
  // A value of the enum: proto3 lets any number through.
  void Known(const Field& field, int value, bool (*is_valid)(int));
  // Values of the enum, none of them "not said".
  template <typename Values>
  void EachKnown(absl::string_view field, const Values& values,
                 bool (*is_valid)(int)) {
    for (int i = 0; i < values.size(); ++i) {
      Expect(values[i] != 0 && is_valid(values[i]), Field(field, i),
             "must be a known value other than unspecified");
    }
  }
  // A number in [least, most]; not-a-number is in no range.
  template <typename Number>
  void Range(const Field& field, Number value, Number least, Number most) {
    if (value >= least && value <= most) return;
    Add(field, absl::StrCat("must be between ", least, " and ", most));
  }

  void AddAll(std::vector<Violation> violations);

  // Of those that were not made by In():
  bool ok() const { return violations_.empty(); }
  std::vector<Violation> Take() && { return std::move(violations_); }

 private:
  FieldChecks(FieldChecks& above, const Field& in) : above_(&above), in_(in) {}

  FieldChecks* above_ = nullptr;  // null: the whole message
  Field in_ = "";
  std::vector<Violation> violations_;  // only where above_ is null
};

// The same violations with `prefix` before each path.
std::vector<Violation> Below(absl::string_view prefix,
                             std::vector<Violation> violations);

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_FIELD_CHECKS_H_
