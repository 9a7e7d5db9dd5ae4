// heimweg import: one command for each format.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/errors.h"
#include "clients/cli/flags.h"
#include "clients/cli/import_input.h"
#include "clients/cli/import_options.h"
#include "clients/cli/import_preview.h"
#include "clients/cli/import_profiles.h"
#include "clients/cli/import_removals.h"
#include "clients/cli/import_report.h"
#include "clients/cli/import_run.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/program.h"
#include "clients/importers/registry.h"

namespace heimweg::cli {
namespace {

using importers::Format;
using importers::Kind;

absl::StatusOr<Kind> KindOf(const ImportOptions& options,
                            const Format& format) {
  const auto kinds = format.kinds();
  if (options.kind.empty() && kinds.size() == 1) return kinds.front();
  for (const Kind kind : kinds) {
    if (importers::KindName(kind) == options.kind) return kind;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(format.name(), " has no ", options.kind));
}

// 0 if one of them is no plain file.
int64_t TotalBytes(const std::vector<std::string>& files) {
  int64_t total = 0;
  for (const std::string& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) return 0;
    total += static_cast<int64_t>(size);
  }
  return total;
}

absl::StatusOr<std::ofstream> OpenForWriting(const std::string& path) {
  std::ofstream file;
  if (path.empty()) return file;
  file.open(path, std::ios::binary);
  if (!file) return absl::UnknownError(absl::StrCat("cannot write ", path));
  return file;
}

absl::StatusOr<ImportInput::Options> InputOptions(const ImportOptions& options,
                                                  const Format& format,
                                                  Session& session) {
  ImportInput::Options input;
  input.files =
      options.files.empty() ? std::vector<std::string>{"-"} : options.files;
  input.format = &format;
  const auto kind = KindOf(options, format);
  if (!kind.ok()) return kind.status();
  input.read.kind = *kind;
  input.read.source = options.source;
  input.read.encoding = options.encoding;
  input.read.now = session.console().now();
  input.full_load = options.full_load;
  if (options.full_load && options.source.empty()) {
    return absl::InvalidArgumentError("--full-load needs --source");
  }
  if (!options.mapping.empty()) {
    auto mapping = ReadInput(options.mapping, session.console().in,
                             "the mapping file of --mapping");
    if (!mapping.ok()) return mapping.status();
    input.read.mapping = *std::move(mapping);
  }
  return input;
}

// One import, from the files to the last removal.
class Import {
 public:
  Import(const ImportOptions& options, Session& session, std::string parent,
         Area area, ImportReport& report)
      : options_(options),
        session_(session),
        parent_(std::move(parent)),
        service_(NewOfferService(area, session)),
        report_(report) {}

  absl::Status Run(ImportInput& input) {
    absl::Status status = options_.dry_run ? Preview(input) : Store(input);
    if (!status.ok()) {
      return WithHint(
          status,
          absl::StrCat(
              report_.last_answered().empty() || options_.dry_run
                  ? "nothing was stored or removed"
                  : absl::StrCat("stored up to ", report_.last_answered(),
                                 "; nothing was removed"),
              "; importing again changes nothing that is stored"));
    }
    return ImportRemovals(session_, *service_,
                          {parent_, options_.dry_run, options_.confirm_removals,
                           options_.most_removals_percent},
                          report_)
        .Run(input.requests());
  }

 private:
  absl::Status Store(ImportInput& input) {
    return ImportRun(
               session_, *service_, parent_, input,
               [this](const ImportBatch& batch, const ImportAnswer& answer) {
                 report_.Add(batch, answer);
               })
        .Run();
  }
  absl::Status Preview(ImportInput& input) {
    return ImportPreview(*service_, parent_, input, report_).Run();
  }

  const ImportOptions& options_;
  Session& session_;
  const std::string parent_;
  const std::unique_ptr<OfferService> service_;
  ImportReport& report_;
};

absl::StatusOr<ExitCode> ImportFormat(const ImportOptions& options,
                                      const Format& format, Session& session) {
  const auto parent = NetworkName(options.network);
  if (!parent.ok()) return parent.status();
  auto rejects = OpenForWriting(options.rejects);
  if (!rejects.ok()) return rejects.status();
  auto repairs = OpenForWriting(options.repairs);
  if (!repairs.ok()) return repairs.status();
  auto input_options = InputOptions(options, format, session);
  if (!input_options.ok()) return input_options.status();
  const Area area = AreaOfKind(importers::KindName(input_options->read.kind));

  const ImportInput* reading = nullptr;
  ImportReport::Options told;
  if (!options.rejects.empty()) told.rejects = &*rejects;
  if (!options.repairs.empty()) told.repairs = &*repairs;
  told.show_progress = options.progress || session.console().err_is_terminal;
  told.dry_run = options.dry_run;
  told.total_bytes = TotalBytes(input_options->files);
  told.bytes_read = [&reading] { return reading->bytes(); };
  ImportReport report(session, std::move(told));
  ImportInput input(
      *std::move(input_options), session.console().in,
      {[&report](const importers::Rejection& rejection) {
         report.AddRejected(rejection);
       },
       [&report](const importers::Origin&, const std::string& why) {
         report.AddSkipped(why);
       }});
  reading = &input;
  const absl::Status status =
      Import(options, session, *parent, area, report).Run(input);
  report.PrintSummary();
  if (!status.ok()) return status;
  if ((!options.rejects.empty() && !rejects->flush()) ||
      (!options.repairs.empty() && !repairs->flush())) {
    return absl::UnknownError("cannot write the rejects or repairs");
  }
  return report.rejected() == 0 ? ExitCode::kOk : ExitCode::kRejected;
}

void AddFormatCommand(CLI::App& group, Program& program, const Format& format) {
  const std::string name(format.name());
  const std::string command_line = absl::StrCat("import ", name);
  const std::string kind = format.kinds().size() > 1 ? " -k jobs" : "";
  const std::string mapping =
      format.needs_mapping() ? " --mapping columns.json" : "";
  CLI::App* command = AddCommand(
      group, name,
      absl::StrCat(format.description(),
                   ". Stored batches stay stored if the import breaks off; "
                   "files may be ZIP archives."),
      {absl::StrCat(command_line, " -n elbe-elster", kind, mapping, " FILE"),
       absl::StrCat(command_line, " -n elbe-elster", kind, mapping,
                    " --dry-run FILE"),
       absl::StrCat(command_line, " -n elbe-elster", kind, mapping,
                    " --rejects bad.jsonl FILE")});
  auto options = std::make_shared<ImportOptions>();
  AddImportOptions(*command, &format, *options);
  SetAction(*command, program, [options, &format](Session& session) {
    return ImportFormat(*options, format, session);
  });
}

}  // namespace

void AddImportCommand(CLI::App& root, Program& program) {
  CLI::App* group =
      AddCommandGroup(root, "import", "Import what partners have");
  for (const Format* format : importers::AllFormats()) {
    if (format->kinds().front() == Kind::kProfiles) {
      AddProfileImportCommand(*group, program, *format);
    } else {
      AddFormatCommand(*group, program, *format);
    }
  }
}

}  // namespace heimweg::cli
