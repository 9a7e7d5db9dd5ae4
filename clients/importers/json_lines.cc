// Our own JSON lines: a Job, Home or Contact in proto3 JSON a line. A line of
// the form {"row": {...}, "violations": ...}, as a rejects file has it, stands
// for its row.
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/formats.h"
#include "clients/importers/json_syntax.h"
#include "clients/importers/line_reader.h"
#include "clients/importers/message_json.h"

namespace heimweg::importers {
namespace {

// The part of a line that is the row.
absl::string_view RowText(absl::string_view text) {
  if (!absl::StrContains(text, "\"violations\"")) return text;
  if (FindJsonSyntaxError(text).has_value()) return text;
  if (!JsonMember(text, "violations").has_value()) return text;
  return JsonMember(text, "row").value_or(text);
}

class JsonLines : public Format {
 public:
  absl::string_view name() const override { return "jsonl"; }
  absl::string_view description() const override {
    return "JSON lines: a Job, Home or Contact in proto3 JSON a line, each "
           "with source and externalId, by which a later import finds it "
           "again; also a corrected file of rejects";
  }
  std::vector<Kind> kinds() const override {
    return {Kind::kJobs, Kind::kHomes, Kind::kContacts};
  }
  std::vector<std::string> extensions() const override {
    return {".jsonl", ".ndjson"};
  }
  bool Recognizes(absl::string_view head) const override {
    head = absl::StripLeadingAsciiWhitespace(head);
    return absl::StartsWith(head, "{") &&
           (absl::StrContains(head, "\"externalId\"") ||
            absl::StrContains(head, "\"external_id\"") ||
            absl::StrContains(head, "\"violations\":["));
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override;
};

absl::Status JsonLines::Read(ByteSource& source, const ReadOptions& options,
                             Sink& sink) const {
  LineReader lines(source, options.limits.row_bytes);
  while (true) {
    const auto more = lines.Next();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    const std::string& text = lines.line();
    if (absl::StripAsciiWhitespace(text).empty()) continue;
    Origin origin;
    origin.line = lines.number();
    Violations wrong;
    auto row = NewRow(options.kind);
    if (lines.too_long()) {
      AddViolation("", "a row may have at most 1 MiB", wrong);
    } else if (auto violation = ParseMessage(RowText(text), *row)) {
      wrong.push_back(*std::move(violation));
    }
    absl::Status status;
    if (wrong.empty()) {
      status = sink.Accept(
          {Record::Action::kUpsert, std::move(row), {}, std::move(origin)});
    } else {
      status =
          sink.Reject({std::move(origin), std::move(wrong), nullptr, text});
    }
    if (!status.ok()) return status;
  }
}

}  // namespace

const Format* JsonLinesFormat() {
  static const JsonLines format;
  return &format;
}

}  // namespace heimweg::importers
