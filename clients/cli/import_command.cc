// heimweg import jsonl.
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/errors.h"
#include "clients/cli/flags.h"
#include "clients/cli/import_input.h"
#include "clients/cli/import_report.h"
#include "clients/cli/import_run.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/program.h"

namespace heimweg::cli {
namespace {

struct Options {
  std::string network;
  std::string kind;
  std::vector<std::string> files;
  std::string source;
  std::string rejects;
  bool progress = false;
};

absl::Status ImportRows(const Options& options, OfferService& service,
                        const std::string& parent, ImportReport& report,
                        Session& session) {
  ImportInput input(
      options.files.empty() ? std::vector<std::string>{"-"} : options.files,
      session.console().in, options.source,
      [&service] { return service.NewOffer(); },
      [&report](const RowOrigin& origin, const absl::Status& why) {
        report.AddRejected(origin, WrongFields(why));
      });
  ImportRun run(
      session, service, parent, input,
      [&report](const ImportBatch& batch, const ImportAnswer& answer) {
        report.Add(batch, answer);
      });
  return run.Run();
}

absl::StatusOr<ExitCode> Import(const Options& options, Session& session) {
  const auto parent = NetworkName(options.network);
  if (!parent.ok()) return parent.status();
  std::ofstream rejects;
  if (!options.rejects.empty()) {
    rejects.open(options.rejects, std::ios::binary);
    if (!rejects) {
      return absl::UnknownError(absl::StrCat("cannot write ", options.rejects));
    }
  }
  ImportReport report(session, options.rejects.empty() ? nullptr : &rejects,
                      options.progress || session.console().err_is_terminal);
  const auto service = NewOfferService(AreaOfKind(options.kind), session);
  absl::Status status = ImportRows(options, *service, *parent, report, session);
  report.PrintSummary();
  if (!status.ok()) {
    return WithHint(
        status, absl::StrCat(
                    report.last_answered().empty()
                        ? "nothing was stored"
                        : absl::StrCat("stored up to ", report.last_answered()),
                    "; importing again changes nothing that is stored"));
  }
  if (!options.rejects.empty() && !rejects.flush()) {
    return absl::UnknownError(absl::StrCat("cannot write ", options.rejects));
  }
  return report.rejected() == 0 ? ExitCode::kOk : ExitCode::kRejected;
}

}  // namespace

void AddImportCommand(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(root, "import", "Import offers from files");
  CLI::App* command = AddCommand(
      *group, "jsonl",
      "Import JSON lines: a Job, Home or Contact in proto3 JSON a line, each "
      "with source and externalId, by which a later import finds it again. "
      "Stored batches stay stored if the import breaks off.",
      {"import jsonl --network elbe-elster --kind jobs jobs.jsonl",
       "import jsonl -n elbe-elster -k homes --rejects bad.jsonl *.jsonl",
       "import jsonl -n elbe-elster -k homes bad.jsonl   # once corrected"});
  auto options = std::make_shared<Options>();
  command->add_option("files", options->files, "Files [standard input]")
      ->type_name("FILE");
  command
      ->add_option("--network,-n", options->network, "Network that they are of")
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK")
      ->required();
  AddKindOption(*command, options->kind);
  command
      ->add_option("--source", options->source,
                   "Source of rows that do not name theirs")
      ->type_name("TEXT");
  command
      ->add_option("--rejects", options->rejects,
                   "Write rejected rows here, with line, fields and reasons; "
                   "the file can be corrected and imported")
      ->type_name("FILE");
  command->add_flag("--progress", options->progress,
                    "Show progress although nobody watches the terminal");
  SetAction(*command, program,
            [options](Session& session) { return Import(*options, session); });
}

}  // namespace heimweg::cli
