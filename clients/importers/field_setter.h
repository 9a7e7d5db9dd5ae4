// A field of one of our messages, found by its path, and set from text. For
// formats whose fields a user maps.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_FIELD_SETTER_H_
#define HEIMWEG_CLIENTS_IMPORTERS_FIELD_SETTER_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

// How texts of a field are written.
struct FieldText {
  char decimal = ',';
  // Of a field that holds many: what stands between them; empty: one value.
  std::string split;
  // Of a table of ours: SplitTexts instead, also for a field of messages of
  // which there may be many; the first text is the first one's.
  bool is_ours = false;
  // Other words for values, e.g. "Miete" for "TENURE_RENT".
  std::map<std::string, std::string> values;
};

// Thread-compatible.
class FieldSetter {
 public:
  // `path` is e.g. "title", "place.postal_code" or "occupations.title"; below a
  // field that holds many messages it means the first. INVALID_ARGUMENT if
  // there is no such field, if it is output only, or a message that has no
  // text form (only Date and Timestamp do). `inferred` is output only in the
  // tables of others.
  enum class Whose { kOthersTable, kOurTable };
  static absl::StatusOr<FieldSetter> Make(
      const google::protobuf::Descriptor& message, absl::string_view path,
      Whose whose = Whose::kOthersTable);

  // Sets the field; empty text leaves it alone. By the field's type: text on
  // one line ("description": on many), numbers, amounts of euros for cents, yes
  // and no, dates, moments (Germany's time without an offset), names of enum
  // values with or without their prefix. Postcodes that lost their zero get it
  // back, which goes to `repairs`; what does not fit goes to `wrong`.
  void Set(absl::string_view text, const FieldText& how,
           google::protobuf::Message& message, std::vector<Repair>& repairs,
           Violations& wrong) const;

  const std::string& path() const { return path_; }
  // What is expected, for messages.
  std::string Expected(const FieldText& how) const;

 private:
  using Field = google::protobuf::FieldDescriptor;

  bool HoldsMany() const;
  // The message that has the field; of those in a field that holds many the
  // one at `at`, made with those before it if it is missing.
  google::protobuf::Message& Holder(google::protobuf::Message& message,
                                    int at) const;

  // False: it does not fit.
  bool SetOne(const std::string& text, const FieldText& how,
              google::protobuf::Message& holder,
              std::vector<Repair>& repairs) const;
  bool SetText(const std::string& text, google::protobuf::Message& holder,
               std::vector<Repair>& repairs) const;
  bool SetNumber(const std::string& text, const FieldText& how,
                 google::protobuf::Message& holder) const;
  bool SetEnum(const std::string& text,
               google::protobuf::Message& holder) const;
  bool SetMessage(const std::string& text,
                  google::protobuf::Message& holder) const;

  std::string path_;
  std::vector<const Field*> way_;  // to the field's message
  const Field* field_ = nullptr;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_FIELD_SETTER_H_
