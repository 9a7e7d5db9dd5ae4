// heimweg convert: partners' files as JSON lines of our messages, without a
// server.
#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/errors.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/importers/json_syntax.h"
#include "clients/importers/message_json.h"
#include "clients/importers/read_file.h"
#include "clients/importers/registry.h"

namespace heimweg::cli {
namespace {

using importers::Format;
using importers::Origin;

// A hostile file must not fill the memory with names of its own.
constexpr size_t kMostNames = 1'000;
constexpr int kMostShown = 20;

struct ConvertOptions {
  std::string format;
  std::string source;
  std::string encoding;
  std::string rejects;
  bool report_only = false;
  std::vector<std::string> files;
};

std::string Where(const Origin& origin) {
  std::string where = origin.file;
  if (origin.line > 0) absl::StrAppend(&where, ":", origin.line);
  if (!origin.element.empty()) absl::StrAppend(&where, " ", origin.element);
  return where;
}

// Writes rows and counts what became of them.
class Conversion : public importers::Sink {
 public:
  Conversion(const ConvertOptions& options, std::ostream* rejects,
             Session& session)
      : options_(options), rejects_(rejects), session_(session) {}

  // Rows without a source get this one.
  void SetSource(std::string source) { source_ = std::move(source); }

  void Begin(const Format& format) override {
    Count(absl::StrCat("read as ", format.name()));
  }
  absl::Status Accept(importers::Record record) override;
  absl::Status Reject(importers::Rejection rejection) override;
  absl::Status FullLoad(absl::string_view source) override {
    ++full_loads_;
    (void)source;
    return absl::OkStatus();
  }
  absl::Status Skip(const Origin&, absl::string_view why) override {
    Count(absl::StrCat("skipped: ", why));
    return absl::OkStatus();
  }

  void PrintReport() const;
  int64_t rejected() const { return rejected_; }

 private:
  void Count(const std::string& name) {
    const bool room = counts_.size() < kMostNames || counts_.contains(name);
    ++counts_[room ? name : "others"];
  }

  const ConvertOptions& options_;
  std::ostream* const rejects_;  // may be null
  Session& session_;
  std::string source_;
  int64_t rows_ = 0;
  int64_t repaired_ = 0;
  int64_t deleted_ = 0;
  int64_t rejected_ = 0;
  int64_t full_loads_ = 0;
  std::map<std::string, int64_t> counts_;
};

absl::Status Conversion::Accept(importers::Record record) {
  if (record.action == importers::Record::Action::kDelete) {
    ++deleted_;
    return absl::OkStatus();
  }
  ++rows_;
  if (!record.repairs.empty()) ++repaired_;
  for (const importers::Repair& repair : record.repairs) {
    Count(absl::StrCat("repaired: ", repair.name, " (", repair.field, ")"));
  }
  google::protobuf::Message& row = *record.row;
  const auto* field = row.GetDescriptor()->FindFieldByName("source");
  if (field != nullptr && row.GetReflection()->GetString(row, field).empty()) {
    row.GetReflection()->SetString(&row, field, source_);
  }
  if (options_.report_only) return absl::OkStatus();
  session_.console().out << importers::MessageJson(row) << "\n";
  return session_.console().out
             ? absl::OkStatus()
             : absl::UnknownError("the output cannot be written");
}

absl::Status Conversion::Reject(importers::Rejection rejection) {
  std::vector<std::string> texts;
  std::vector<std::string> quoted;
  for (const auto& violation : rejection.violations) {
    texts.push_back(
        absl::StrCat(violation.field(), ": ", violation.description()));
    quoted.push_back(absl::StrCat(
        "{\"field\":", importers::JsonQuoted(violation.field()),
        ",\"description\":", importers::JsonQuoted(violation.description()),
        "}"));
  }
  if (++rejected_ <= kMostShown) {
    session_.console().err << "rejected: " << Where(rejection.origin) << ": "
                           << absl::StrJoin(texts, "; ") << "\n";
  }
  if (rejects_ == nullptr) return absl::OkStatus();
  *rejects_ << "{\"file\":" << importers::JsonQuoted(rejection.origin.file)
            << ",\"line\":" << rejection.origin.line << ",\"violations\":["
            << absl::StrJoin(quoted, ",")
            << "],\"text\":" << importers::JsonQuoted(rejection.text) << "}\n";
  return absl::OkStatus();
}

void Conversion::PrintReport() const {
  std::ostream& err = session_.console().err;
  if (rejected_ > kMostShown) {
    err << "rejected: " << rejected_ - kMostShown << " more\n";
  }
  for (const auto& [name, count] : counts_) {
    err << name << ": " << count << "\n";
  }
  err << rows_ << " rows, " << repaired_ << " of them repaired, " << rejected_
      << " rejected, " << deleted_ << " to delete"
      << (full_loads_ > 0 ? ", full load" : "") << "\n";
}

// Reads one file; the format is that which was named, or what it looks like.
absl::Status ConvertFile(const std::string& path, const Format* format,
                         const ConvertOptions& options, Conversion& conversion,
                         Session& session) {
  importers::ReadOptions read;
  read.source = options.source;
  read.encoding = options.encoding;
  read.now = session.console().now();
  if (format != nullptr) read.kind = format->kinds().front();
  conversion.SetSource(!options.source.empty() ? options.source
                       : format != nullptr     ? std::string(format->name())
                                               : "convert");
  importers::ReadProgress progress;
  return importers::ReadFile(path, session.console().in, format, read,
                             conversion, progress);
}

absl::StatusOr<ExitCode> Convert(const ConvertOptions& options,
                                 Session& session) {
  std::ofstream rejects;
  if (!options.rejects.empty()) {
    rejects.open(options.rejects, std::ios::binary);
    if (!rejects) {
      return absl::UnknownError(absl::StrCat("cannot write ", options.rejects));
    }
  }
  const Format* format =
      options.format.empty() ? nullptr : importers::FindFormat(options.format);
  Conversion conversion(options, options.rejects.empty() ? nullptr : &rejects,
                        session);
  for (const std::string& path : options.files) {
    const absl::Status status =
        ConvertFile(path, format, options, conversion, session);
    if (status.ok()) continue;
    conversion.PrintReport();
    return status;
  }
  conversion.PrintReport();
  if (!options.rejects.empty() && !rejects.flush()) {
    return absl::UnknownError(absl::StrCat("cannot write ", options.rejects));
  }
  return conversion.rejected() == 0 ? ExitCode::kOk : ExitCode::kRejected;
}

std::vector<std::string> FormatNames() {
  std::vector<std::string> names;
  for (const Format* format : importers::AllFormats()) {
    if (!format->needs_mapping()) names.emplace_back(format->name());
  }
  return names;
}

}  // namespace

void AddConvertCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "convert",
      "Read partners' files and write what they become, as JSON lines, with a "
      "report of repairs, rejections and what was skipped; calls no server",
      {"convert feed.xml",
       "convert --format jobposting --report-only page.html",
       "convert --format icalendar --rejects rejects.jsonl events.ics"});
  auto options = std::make_shared<ConvertOptions>();
  AllowOnly(command->add_option("--format,-f", options->format,
                                "Format [what the file looks like]"),
            FormatNames());
  command
      ->add_option("--source", options->source,
                   "Source of rows whose file names none [the format]")
      ->type_name("SOURCE");
  command
      ->add_option("--encoding", options->encoding,
                   "Encoding of files that do not say it [UTF-8]")
      ->type_name("NAME");
  command
      ->add_option("--rejects", options->rejects,
                   "Write rejected rows with their reasons to this file")
      ->type_name("FILE");
  command->add_flag("--report-only", options->report_only,
                    "Write the report, no rows");
  command->add_option("FILE", options->files, "Files, ZIP archives; - is input")
      ->required();
  SetAction(*command, program,
            [options](Session& session) { return Convert(*options, session); });
}

}  // namespace heimweg::cli
