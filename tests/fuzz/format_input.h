// What every format promises, whatever bytes it reads.
#ifndef HEIMWEG_TESTS_FUZZ_FORMAT_INPUT_H_
#define HEIMWEG_TESTS_FUZZ_FORMAT_INPUT_H_

#include <string>

#include "absl/status/status.h"
#include "clients/importers/format.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {

class PromiseSink : public importers::Sink {
 public:
  explicit PromiseSink(importers::Kind kind)
      : type_(importers::NewRow(kind)->GetTypeName()) {}

  absl::Status Accept(importers::Record record) override {
    Require(record.row != nullptr && record.row->GetTypeName() == type_,
            "a row is of the kind that was asked for");
    for (const importers::Repair& repair : record.repairs) {
      Require(!repair.name.empty() && !repair.field.empty(),
              "a repair has a name and a field");
    }
    std::string bytes;
    Require(record.row->SerializeToString(&bytes), "a row can be sent");
    return absl::OkStatus();
  }
  absl::Status Reject(importers::Rejection rejection) override {
    Require(!rejection.violations.empty(), "a rejection has a reason");
    for (const auto& violation : rejection.violations) {
      Require(!violation.description().empty(), "a reason says something");
    }
    return absl::OkStatus();
  }
  absl::Status FullLoad(absl::string_view) override { return absl::OkStatus(); }
  absl::Status Skip(const importers::Origin&, absl::string_view why) override {
    Require(!why.empty(), "what is skipped has a reason");
    return absl::OkStatus();
  }

 private:
  const std::string type_;
};

// Reads `text` as the format does; small limits, so that inputs reach them.
inline void CheckFormat(const importers::Format& format,
                        importers::ReadOptions options,
                        absl::string_view text) {
  options.limits.field_bytes = 256;
  options.limits.row_bytes = 1024;
  options.limits.depth = 12;
  PromiseSink sink(options.kind);
  importers::StringSource source(text);
  const absl::Status status = format.Read(source, options, sink);
  Require(status.ok() || !status.message().empty(),
          "an error says what is wrong");
  (void)format.Recognizes(text);
}

}  // namespace heimweg::fuzz

#endif  // HEIMWEG_TESTS_FUZZ_FORMAT_INPUT_H_
