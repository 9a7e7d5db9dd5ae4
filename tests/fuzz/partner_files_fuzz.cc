// Files of partners: read with the format that they look like, else with every
// format. Input: a file.
#include <string>

#include "absl/status/status.h"
#include "clients/importers/format.h"
#include "clients/importers/registry.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

using importers::Format;
using importers::Record;
using importers::Rejection;

// Checks what a format promises to its sink.
class CheckingSink : public importers::Sink {
 public:
  absl::Status Accept(Record record) override {
    Require(record.row != nullptr, "an accepted row is there");
    Require(record.row->ByteSizeLong() <= 16 << 20, "a row stays small");
    for (const auto& repair : record.repairs) {
      Require(!repair.name.empty() && repair.name.size() <= 100,
              "a repair has a short name");
    }
    return absl::OkStatus();
  }
  absl::Status Reject(Rejection rejection) override {
    Require(!rejection.violations.empty(), "a rejection has a reason");
    for (const auto& violation : rejection.violations) {
      Require(!violation.description().empty(), "a reason is in words");
    }
    return absl::OkStatus();
  }
  absl::Status FullLoad(absl::string_view) override { return absl::OkStatus(); }
  absl::Status Skip(const importers::Origin&, absl::string_view why) override {
    Require(!why.empty(), "what is skipped has a reason");
    return absl::OkStatus();
  }
};

void Read(const Format& format, const std::string& text) {
  importers::ReadOptions options;
  options.now = absl::FromUnixSeconds(1814436000);
  for (const importers::Kind kind : format.kinds()) {
    options.kind = kind;
    importers::StringSource source(text);
    CheckingSink sink;
    const absl::Status status = format.Read(source, options, sink);
    Require(status.ok() || absl::IsInvalidArgument(status) ||
                absl::IsResourceExhausted(status),
            "a file is read, broken or beyond a limit");
    Require(status.ok() || !status.message().empty(), "errors are in words");
  }
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using heimweg::importers::AllFormats;
  using heimweg::importers::Format;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Format* seen = heimweg::importers::Recognize(text).format;
  for (const Format* format : AllFormats()) {
    if (format->needs_mapping() || (seen != nullptr && seen != format)) {
      continue;
    }
    heimweg::fuzz::Read(*format, text);
  }
  return 0;
}
