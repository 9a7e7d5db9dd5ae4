#include "clients/cli/import_report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/output.h"
#include "clients/importers/json_syntax.h"

namespace heimweg::cli {
namespace {

constexpr int64_t kShownRejects = 5;
constexpr absl::Duration kProgressEvery = absl::Milliseconds(250);
// A log is read later; a terminal is watched.
constexpr absl::Duration kLoggedProgressEvery = absl::Seconds(5);

}  // namespace

std::string RejectLine(
    const RowOrigin& origin,
    const std::vector<type::v1::FieldViolation>& violations) {
  std::string line =
      absl::StrCat("{\"file\":", importers::JsonQuoted(origin.file),
                   ",\"line\":", origin.line, ",\"violations\":[");
  for (const type::v1::FieldViolation& violation : violations) {
    absl::StrAppend(&line, line.back() == '[' ? "" : ",",
                    "{\"field\":", importers::JsonQuoted(violation.field()),
                    ",\"description\":",
                    importers::JsonQuoted(violation.description()), "}");
  }
  const bool is_json = !importers::FindJsonSyntaxError(origin.text).has_value();
  const auto inner = is_json && importers::JsonMember(origin.text, "violations")
                         ? importers::JsonMember(origin.text, "row")
                         : std::nullopt;
  absl::StrAppend(&line, is_json ? "],\"row\":" : "],\"text\":",
                  is_json ? std::string(inner.value_or(origin.text))
                          : importers::JsonQuoted(origin.text),
                  "}");
  return line;
}

ImportReport::ImportReport(Session& session, std::ostream* rejects,
                           bool show_progress)
    : session_(session),
      rejects_(rejects),
      show_progress_(show_progress),
      start_(session.console().now()),
      next_progress_(start_) {}

void ImportReport::Add(const ImportBatch& batch, const ImportAnswer& answer) {
  for (size_t i = 0; i < batch.rows.size(); ++i) {
    const type::v1::ImportRowResult& result = answer.results[i];
    switch (result.outcome()) {
      case type::v1::ImportRowResult::OUTCOME_CREATED:
        ++created_;
        break;
      case type::v1::ImportRowResult::OUTCOME_UPDATED:
        ++updated_;
        break;
      case type::v1::ImportRowResult::OUTCOME_UNCHANGED:
        ++unchanged_;
        break;
      default:
        AddRejected(batch.origins[i],
                    {result.violations().begin(), result.violations().end()});
    }
  }
  revision_ = std::max(revision_, answer.revision);
  last_answered_ = absl::StrCat(batch.origins.back().file, " line ",
                                batch.origins.back().line);
  ShowProgress();
}

void ImportReport::AddRejected(
    const RowOrigin& origin,
    const std::vector<type::v1::FieldViolation>& violations) {
  ++rejected_;
  if (rejects_ != nullptr) *rejects_ << RejectLine(origin, violations) << "\n";
  if (rejected_ > kShownRejects) return;
  EndProgress();
  std::ostream& err = session_.console().err;
  err << "Rejected: " << origin.file << " line " << origin.line << "\n";
  for (const type::v1::FieldViolation& violation : violations) {
    err << "  " << (violation.field().empty() ? "(row)" : violation.field())
        << ": " << violation.description() << "\n";
  }
}

void ImportReport::ShowProgress() {
  const Console& console = session_.console();
  const absl::Time now = console.now();
  if (!show_progress_ || now < next_progress_) return;
  next_progress_ =
      now + (console.err_is_terminal ? kProgressEvery : kLoggedProgressEvery);
  const double seconds = std::max(absl::ToDoubleSeconds(now - start_), 0.001);
  const std::string text =
      absl::StrCat(FormatCount(rows(), Language::kEnglish), " rows, ",
                   FormatNumber(static_cast<double>(rows()) / seconds, 0,
                                Language::kEnglish),
                   " a second");
  if (console.err_is_terminal) {
    console.err << "\r" << text << "\033[K" << std::flush;
    line_is_open_ = true;
  } else {
    console.err << text << std::endl;
  }
}

void ImportReport::EndProgress() {
  if (line_is_open_) session_.console().err << "\r\033[K";
  line_is_open_ = false;
}

void ImportReport::PrintSummary() {
  EndProgress();
  const Console& console = session_.console();
  if (rejected_ > kShownRejects && rejects_ == nullptr) {
    console.err << "and " << rejected_ - kShownRejects
                << " more; --rejects FILE writes them all down\n";
  }
  const double seconds =
      std::max(absl::ToDoubleSeconds(console.now() - start_), 0.001);
  const double rate = static_cast<double>(rows()) / seconds;
  if (session_.json()) {
    console.out << absl::StrFormat(
        "{\"created\":\"%d\",\"updated\":\"%d\",\"unchanged\":\"%d\","
        "\"rejected\":\"%d\",\"revision\":\"%d\",\"seconds\":%.3f}\n",
        created_, updated_, unchanged_, rejected_, revision_, seconds);
    return;
  }
  const Language language = session_.language();
  Table table;
  for (const absl::string_view header :
       {In(language, "Created", "Neu"), In(language, "Updated", "Geändert"),
        In(language, "Unchanged", "Unverändert"),
        In(language, "Rejected", "Abgelehnt"),
        In(language, "Seconds", "Sekunden"),
        In(language, "Rows a second", "Zeilen je Sekunde")}) {
    table.AddColumn(header, Table::Align::kRight);
  }
  table.AddRow(
      {FormatCount(created_, language), FormatCount(updated_, language),
       FormatCount(unchanged_, language), FormatCount(rejected_, language),
       FormatNumber(seconds, 1, language), FormatNumber(rate, 0, language)});
  PrintTable(table, session_);
}

}  // namespace heimweg::cli
