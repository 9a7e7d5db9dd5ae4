#include "clients/cli/import_report.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/import_preview.h"
#include "clients/cli/json.h"
#include "clients/cli/output.h"
#include "clients/cli/row_fields.h"
#include "clients/importers/json_syntax.h"

namespace heimweg::cli {
namespace {

using importers::JsonQuoted;

constexpr int64_t kShownRejects = 5;
// A hostile row may be wrong in a hundred thousand places.
constexpr size_t kShownViolations = 20;
constexpr int64_t kShownDifferences = 50;
constexpr absl::Duration kProgressEvery = absl::Milliseconds(250);
// A log is read later; a terminal is watched.
constexpr absl::Duration kLoggedProgressEvery = absl::Seconds(5);
constexpr int kBarCells = 20;

std::string OriginJson(const importers::Origin& origin) {
  return absl::StrCat(
      "{\"file\":", JsonQuoted(origin.file), ",\"line\":", origin.line,
      origin.element.empty()
          ? ""
          : absl::StrCat(",\"element\":", JsonQuoted(origin.element)));
}

std::string CountsJson(const std::map<std::string, int64_t>& counts) {
  return absl::StrCat("{",
                      absl::StrJoin(counts, ",",
                                    [](std::string* out, const auto& count) {
                                      absl::StrAppend(
                                          out, JsonQuoted(count.first), ":\"",
                                          count.second, "\"");
                                    }),
                      "}");
}

}  // namespace

std::string PlaceOf(const importers::Origin& origin) {
  std::string place = origin.file;
  if (origin.line > 0) absl::StrAppend(&place, " line ", origin.line);
  if (!origin.element.empty()) absl::StrAppend(&place, ", ", origin.element);
  return place;
}

std::string RejectLine(const importers::Origin& origin,
                       const importers::Violations& violations,
                       const google::protobuf::Message* row,
                       absl::string_view text) {
  std::string line = absl::StrCat(OriginJson(origin), ",\"violations\":[");
  for (const type::v1::FieldViolation& violation : violations) {
    absl::StrAppend(&line, line.back() == '[' ? "" : ",",
                    "{\"field\":", JsonQuoted(violation.field()),
                    ",\"description\":", JsonQuoted(violation.description()),
                    "}");
  }
  absl::StrAppend(&line, "]");
  // A row as JSON that only does not fit is easier to correct than text.
  const bool text_is_row =
      row == nullptr && !importers::FindJsonSyntaxError(text).has_value();
  if (row != nullptr) absl::StrAppend(&line, ",\"row\":", ToJson(*row));
  if (text_is_row) {
    const auto inner = importers::JsonMember(text, "violations")
                           ? importers::JsonMember(text, "row")
                           : std::nullopt;
    absl::StrAppend(&line, ",\"row\":", std::string(inner.value_or(text)));
  } else if (!text.empty()) {
    absl::StrAppend(&line, ",\"text\":", JsonQuoted(text));
  }
  return absl::StrCat(line, "}");
}

ImportReport::ImportReport(Session& session, Options options)
    : session_(session),
      options_(std::move(options)),
      start_(session.console().now()),
      next_progress_(start_) {}

int64_t ImportReport::created_of(const std::string& source) const {
  const auto found = created_by_source_.find(source);
  return found == created_by_source_.end() ? 0 : found->second;
}

void ImportReport::Add(const ImportBatch& batch, const ImportAnswer& answer) {
  for (size_t i = 0; i < batch.rows.size(); ++i) {
    AddRow(batch, i, answer.results[i]);
  }
  revision_ = std::max(revision_, answer.revision);
  last_answered_ = PlaceOf(batch.origins.back());
  ShowProgress();
}

void ImportReport::AddRow(const ImportBatch& batch, size_t row,
                          const type::v1::ImportRowResult& result) {
  const google::protobuf::Message& offer = *batch.rows[row];
  switch (result.outcome()) {
    case type::v1::ImportRowResult::OUTCOME_CREATED:
      ++created_;
      ++created_by_source_[TextField(offer, "source")];
      break;
    case type::v1::ImportRowResult::OUTCOME_UPDATED:
      ++updated_;
      break;
    case type::v1::ImportRowResult::OUTCOME_UNCHANGED:
      ++unchanged_;
      break;
    default: {
      MessagePtr copy(offer.New());
      copy->CopyFrom(offer);
      AddRejected({batch.origins[row],
                   {result.violations().begin(), result.violations().end()},
                   std::move(copy),
                   ""});
      return;
    }
  }
  AddRepairs(batch.origins[row], batch.repairs[row]);
}

void ImportReport::AddPreview(const ImportBatch& batch, size_t row,
                              const google::protobuf::Message* stored) {
  const google::protobuf::Message& offer = *batch.rows[row];
  const std::string external_id = TextField(offer, "external_id");
  if (stored == nullptr) {
    ++created_;
    ShowDifference("+", external_id, TextField(offer, "title"));
  } else {
    const auto changed = ChangedFields(offer, *stored);
    ++(changed.empty() ? unchanged_ : updated_);
    if (!changed.empty()) {
      ShowDifference("~", external_id, absl::StrJoin(changed, ", "));
    }
  }
  AddRepairs(batch.origins[row], batch.repairs[row]);
  ShowProgress();
}

void ImportReport::AddRepairs(const importers::Origin& origin,
                              const std::vector<importers::Repair>& repairs) {
  if (repairs.empty()) return;
  ++repaired_;
  for (const importers::Repair& repair : repairs) ++repairs_[repair.name];
  if (options_.repairs == nullptr) return;
  *options_.repairs << OriginJson(origin) << ",\"repairs\":["
                    << absl::StrJoin(
                           repairs, ",",
                           [](std::string* out, const importers::Repair& one) {
                             absl::StrAppend(
                                 out, "{\"name\":", JsonQuoted(one.name),
                                 ",\"field\":", JsonQuoted(one.field), "}");
                           })
                    << "]}\n";
}

void ImportReport::AddRejected(const importers::Rejection& rejection) {
  ++rejected_;
  if (options_.rejects != nullptr) {
    *options_.rejects << RejectLine(rejection.origin, rejection.violations,
                                    rejection.row.get(), rejection.text)
                      << "\n";
  }
  if (rejected_ > kShownRejects) return;
  EndProgress();
  std::ostream& err = session_.console().err;
  err << "Rejected: " << PlaceOf(rejection.origin) << "\n";
  const size_t wrong = rejection.violations.size();
  for (size_t i = 0; i < std::min(wrong, kShownViolations); ++i) {
    const type::v1::FieldViolation& violation = rejection.violations[i];
    err << "  " << (violation.field().empty() ? "(row)" : violation.field())
        << ": " << violation.description() << "\n";
  }
  if (wrong > kShownViolations) {
    err << "  and " << wrong - kShownViolations << " more\n";
  }
}

void ImportReport::AddRemoved(absl::string_view name, absl::string_view title) {
  ++removed_;
  if (options_.dry_run) ShowDifference("-", name, title);
}

void ImportReport::ShowDifference(absl::string_view sign,
                                  absl::string_view what,
                                  absl::string_view more) {
  ++differences_;
  std::ostream& out = session_.console().out;
  if (session_.json()) {
    out << "{\"change\":" << JsonQuoted(sign)
        << ",\"offer\":" << JsonQuoted(what) << ",\"text\":" << JsonQuoted(more)
        << "}\n";
    return;
  }
  if (differences_ > kShownDifferences) return;
  EndProgress();
  out << sign << " " << what << (more.empty() ? "" : ": ") << more << "\n";
}

std::string ImportReport::ProgressText(double seconds) const {
  std::string text =
      absl::StrCat(FormatCount(rows(), Language::kEnglish), " rows, ",
                   FormatNumber(static_cast<double>(rows()) / seconds, 0,
                                Language::kEnglish),
                   " a second");
  if (options_.total_bytes <= 0 || options_.bytes_read == nullptr) return text;
  const double share =
      std::min(1.0, static_cast<double>(options_.bytes_read()) /
                        static_cast<double>(options_.total_bytes));
  const int full = static_cast<int>(share * kBarCells);
  absl::StrAppend(&text, ", ", static_cast<int>(share * 100), " %");
  if (share > 0.01) {
    absl::StrAppend(&text, ", ",
                    absl::FormatDuration(absl::Seconds(
                        static_cast<int64_t>(seconds / share - seconds) + 1)),
                    " left");
  }
  return absl::StrCat("[", std::string(full, '#'),
                      std::string(kBarCells - full, '.'), "] ", text);
}

void ImportReport::ShowProgress() {
  const Console& console = session_.console();
  const absl::Time now = console.now();
  if (!options_.show_progress || now < next_progress_) return;
  next_progress_ =
      now + (console.err_is_terminal ? kProgressEvery : kLoggedProgressEvery);
  const std::string text =
      ProgressText(std::max(absl::ToDoubleSeconds(now - start_), 0.001));
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
  if (rejected_ > kShownRejects && options_.rejects == nullptr) {
    console.err << "and " << rejected_ - kShownRejects
                << " more; --rejects FILE writes them all down\n";
  }
  const double seconds =
      std::max(absl::ToDoubleSeconds(console.now() - start_), 0.001);
  if (session_.json()) {
    PrintJsonSummary(seconds);
  } else {
    PrintTableSummary(seconds);
  }
}

void ImportReport::PrintJsonSummary(double seconds) {
  session_.console().out << absl::StrFormat(
      "{\"created\":\"%d\",\"updated\":\"%d\",\"unchanged\":\"%d\","
      "\"rejected\":\"%d\",\"revision\":\"%d\",\"seconds\":%.3f,"
      "\"removed\":\"%d\",\"repaired\":\"%d\",\"repairs\":%s,"
      "\"skipped\":%s,\"dryRun\":%s}\n",
      created_, updated_, unchanged_, rejected_, revision_, seconds, removed_,
      repaired_, CountsJson(repairs_), CountsJson(skipped_),
      options_.dry_run ? "true" : "false");
}

void ImportReport::PrintTableSummary(double seconds) {
  std::ostream& out = session_.console().out;
  const Language language = session_.language();
  if (differences_ > kShownDifferences) {
    out << "and " << differences_ - kShownDifferences
        << " more differences; --json prints them all\n";
  }
  Table table;
  for (const absl::string_view header :
       {In(language, "Created", "Neu"), In(language, "Updated", "Geändert"),
        In(language, "Unchanged", "Unverändert"),
        In(language, "Removed", "Entfernt"),
        In(language, "Rejected", "Abgelehnt"),
        In(language, "Repaired", "Berichtigt"),
        In(language, "Seconds", "Sekunden"),
        In(language, "Rows a second", "Zeilen je Sekunde")}) {
    table.AddColumn(header, Table::Align::kRight);
  }
  const double rate = static_cast<double>(rows()) / seconds;
  table.AddRow(
      {FormatCount(created_, language), FormatCount(updated_, language),
       FormatCount(unchanged_, language), FormatCount(removed_, language),
       FormatCount(rejected_, language), FormatCount(repaired_, language),
       FormatNumber(seconds, 1, language), FormatNumber(rate, 0, language)});
  PrintTable(table, session_);
  for (const auto& [name, count] : repairs_) {
    out << In(language, "Repaired", "Berichtigt") << ": " << name << " "
        << FormatCount(count, language) << "\n";
  }
  for (const auto& [why, count] : skipped_) {
    out << In(language, "Skipped", "Übergangen") << ": " << why << " "
        << FormatCount(count, language) << "\n";
  }
  if (options_.dry_run) {
    out << In(language, "Dry run: nothing was stored.",
              "Probelauf: nichts wurde gespeichert.")
        << "\n";
  }
}

}  // namespace heimweg::cli
