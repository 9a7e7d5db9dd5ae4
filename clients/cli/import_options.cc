#include "clients/cli/import_options.h"

#include "clients/cli/flags.h"

namespace heimweg::cli {
namespace {

void AddWhatIsRead(CLI::App& command, const importers::Format* format,
                   ImportOptions& options) {
  command.add_option("files", options.files, "Files [standard input]")
      ->type_name("FILE");
  command
      .add_option("--network,-n", options.network, "Network that they are of")
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK")
      ->required();
  if (format != nullptr && format->kinds().size() > 1) {
    AddKindOption(command, options.kind);
  }
  command
      .add_option("--source", options.source,
                  "Source of rows that do not name theirs")
      ->type_name("TEXT");
  command
      .add_option("--encoding", options.encoding,
                  "Encoding of the files, e.g. windows-1252 [what they say]")
      ->type_name("NAME");
  command
      .add_option("--mapping", options.mapping,
                  "File that says what the columns of a table are [its header "
                  "does, as `export csv` writes it]")
      ->type_name("FILE");
}

void AddWhatIsDone(CLI::App& command, ImportOptions& options) {
  command.add_flag("--dry-run", options.dry_run,
                   "Show what would change, store nothing");
  command.add_flag("--full-load", options.full_load,
                   "The files hold everything that --source has: what is "
                   "stored of it and absent is removed");
  command
      .add_option("--most-removals", options.most_removals_percent,
                  "Share of the stored offers of a source, in per cent, that a "
                  "full load may remove without --confirm-removals [20]")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT");
  command.add_flag("--confirm-removals", options.confirm_removals,
                   "Remove whatever a full load lacks");
  command
      .add_option("--rejects", options.rejects,
                  "Write rejected rows here, with line, fields and reasons; "
                  "corrected, `import jsonl` takes the file")
      ->type_name("FILE");
  command
      .add_option("--repairs", options.repairs,
                  "Write down here which rows were repaired, and how")
      ->type_name("FILE");
  command.add_flag("--progress", options.progress,
                   "Show progress although nobody watches the terminal");
}

}  // namespace

void AddImportOptions(CLI::App& command, const importers::Format* format,
                      ImportOptions& options) {
  AddWhatIsRead(command, format, options);
  AddWhatIsDone(command, options);
}

}  // namespace heimweg::cli
