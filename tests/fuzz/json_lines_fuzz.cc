// Files of JSON lines as the command line reads them. Input: a file.
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "clients/cli/import_input.h"
#include "clients/cli/json.h"
#include "clients/importers/archive.h"
#include "clients/importers/json_syntax.h"
#include "clients/importers/registry.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

using cli::ImportInput;

void CheckImport(const std::string& text) {
  std::istringstream in(text);
  int64_t last_line = 0;
  ImportInput::Options options;
  options.files = {"-"};
  options.format = importers::FindFormat("jsonl");
  options.read.source = "fuzz";
  ImportInput input(
      options, in,
      {[](const importers::Rejection& rejection) {
         Require(rejection.origin.line >= 1 && !rejection.violations.empty(),
                 "a rejected line is named with its reason");
       },
       [](const importers::Origin&, const std::string&) {}});
  while (true) {
    const auto batch = input.Next();
    if (!batch.ok()) {
      // Bytes may look like a format of somebody else, or like an archive.
      Require(absl::StrContains(batch.status().message(), "not jsonl") ||
                  importers::IsZip(text.substr(0, 4)),
              "any bytes can be read or are named");
      return;
    }
    Require(batch->rows.size() == batch->origins.size(),
            "every row knows its origin");
    Require(batch->rows.size() <= ImportInput::kMostRows, "batches are small");
    if (batch->rows.empty()) return;
    for (size_t i = 0; i < batch->rows.size(); ++i) {
      Require(batch->origins[i].line > last_line, "rows come in order");
      last_line = batch->origins[i].line;
      const auto& job = static_cast<const jobs::v1::Job&>(*batch->rows[i]);
      Require(!job.source().empty(), "every row has a source");
    }
  }
}

void CheckSyntax(const std::string& text) {
  const auto error = heimweg::importers::FindJsonSyntaxError(text);
  if (error.has_value()) {
    Require(error->line >= 1 && error->column >= 1 && !error->expected.empty(),
            "an error has a place and says what was expected");
    jobs::v1::Job job;
    Require(!cli::FromJson(text, job).ok(), "broken JSON is no message");
    return;
  }
  (void)heimweg::importers::JsonMember(text, "row");
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  heimweg::fuzz::CheckImport(text);
  heimweg::fuzz::CheckSyntax(text);
  heimweg::fuzz::Require(!heimweg::importers::FindJsonSyntaxError(
                              heimweg::importers::JsonQuoted(text))
                              .has_value(),
                         "a quoted text is JSON");
  return 0;
}
