#include "clients/cli/program.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/errors.h"
#include "clients/cli/version.h"

namespace heimweg::cli {
namespace {

constexpr char kGlobalGroup[] = "Options of every command";

void AddServerOptions(CLI::App& root, Program& program) {
  root.add_option("--server", program.globals.server,
                  "Address of the server, host:port")
      ->envname("HEIMWEG_SERVER")
      ->type_name("ADDR")
      ->capture_default_str()
      ->group(kGlobalGroup);
  for (int i = 0; i < kAreas; ++i) {
    const std::string area(AreaName(static_cast<Area>(i)));
    root.add_option(absl::StrCat("--", area, "-server"),
                    program.globals.servers[i],
                    absl::StrCat("Address of ", area, ", if it runs apart"))
        ->envname(
            absl::StrCat("HEIMWEG_", absl::AsciiStrToUpper(area), "_SERVER"))
        ->type_name("ADDR")
        ->group(kGlobalGroup);
  }
}

void AddGlobalOptions(CLI::App& root, Program& program) {
  AddServerOptions(root, program);
  root.add_option("--timeout", program.globals.timeout_seconds,
                  "Seconds that a call may take with its retries; for streams, "
                  "that the server may be silent while it owes an answer")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 86400.0).description(""))
      ->capture_default_str()
      ->group(kGlobalGroup);
  root.add_flag("--json", program.globals.json,
                "Print proto3 JSON for machines, an object a line")
      ->group(kGlobalGroup);
  AllowOnly(root.add_option("--lang", program.language,
                            "Language of what returnees see [LANG, else en]")
                ->group(kGlobalGroup),
            {"de", "en"});
}

// Help of a command below the root: the root's options are taken there too.
std::string CommandFooter(const CLI::App* command,
                          const std::vector<std::string>& examples) {
  std::string footer = "Examples:\n";
  for (const std::string& example : examples) {
    absl::StrAppend(&footer, "  heimweg ", example, "\n");
  }
  const CLI::App* root = command;
  while (root->get_parent() != nullptr) root = root->get_parent();
  const auto globals = root->get_options([](const CLI::Option* option) {
    return option->get_group() == kGlobalGroup;
  });
  const auto formatter =
      std::dynamic_pointer_cast<CLI::Formatter>(root->get_formatter());
  if (formatter != nullptr) {
    absl::StrAppend(&footer,
                    formatter->make_group(kGlobalGroup, false, globals));
  }
  return absl::StrCat(footer, "\n", kExitCodesHelp);
}

absl::StatusOr<ExitCode> CarryOut(const Program& program, Console& console) {
  GlobalOptions globals = program.globals;
  globals.language = LanguageOfLocale(
      program.language.empty() ? console.locale : program.language);
  Session session(globals, console);
  return program.action(session);
}

// CLI11 reports wrong usage, help and version by exceptions.
std::optional<int> Parse(CLI::App& root,
                         const std::vector<std::string>& arguments,
                         Console& console) {
  try {
    // CLI11 takes them the last first.
    root.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::Success& success) {
    return root.exit(success, console.out, console.err);
  } catch (const CLI::ParseError& error) {
    console.err << "heimweg: " << error.what()
                << "\nheimweg --help and heimweg COMMAND --help say more.\n";
    return static_cast<int>(ExitCode::kUsage);
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<CLI::App> NewCommandTree(Program& program) {
  auto root = std::make_unique<CLI::App>(
      "Heimweg brings returnees together with jobs, homes and people. This is "
      "the networks' and operators' tool.",
      "heimweg");
  root->set_version_flag("--version", absl::StrCat("heimweg ", kVersion));
  root->get_formatter()->column_width(36);
  root->fallthrough();
  root->require_subcommand(1);
  root->footer(absl::StrCat(
      "Examples:\n"
      "  heimweg status\n"
      "  heimweg import jsonl --network elbe-elster --kind jobs jobs.jsonl\n"
      "  heimweg rank --profile profiles/p1 --kind jobs --top 5\n"
      "  heimweg rank --help\n\n",
      kExitCodesHelp));
  AddGlobalOptions(*root, program);
  for (const Area area : {Area::kJobs, Area::kHomes, Area::kContacts}) {
    AddOfferCommands(*root, program, area);
  }
  AddDuplicatesCommands(*root, program);
  AddProfileCommands(*root, program);
  AddImportCommand(*root, program);
  AddRankCommand(*root, program);
  AddPackagesCommand(*root, program);
  AddRegionsCommand(*root, program);
  AddReturneesCommand(*root, program);
  AddExplainCommand(*root, program);
  AddMatchesCommands(*root, program);
  AddFeedbackCommands(*root, program);
  AddBatchCommands(*root, program);
  AddWatchCommand(*root, program);
  AddStatusCommand(*root, program);
  AddDigestCommands(*root, program);
  AddGenerateCommand(*root, program);
  AddConvertCommand(*root, program);
  AddExportCommand(*root, program);
  AddEvaluateCommand(*root, program);
  AddPlacesCommands(*root, program);
  AddOccupationsCommands(*root, program);
  AddTaxonomiesCommands(*root, program);
  AddAboutCommand(*root, program);
  AddCompletionCommand(*root, program);
  return root;
}

int Run(const std::vector<std::string>& arguments, Console& console) {
  Program program;
  const std::unique_ptr<CLI::App> root = NewCommandTree(program);
  if (const auto code = Parse(*root, arguments, console)) return *code;
  const absl::StatusOr<ExitCode> code = CarryOut(program, console);
  console.out.flush();
  if (!code.ok()) {
    PrintError(code.status(), console.err);
    return static_cast<int>(ExitCodeOf(code.status()));
  }
  if (!console.out) {
    console.err << "heimweg: standard output cannot be written\n";
    return static_cast<int>(ExitCode::kFailed);
  }
  return static_cast<int>(*code);
}

CLI::App* AddCommand(CLI::App& parent, const std::string& name,
                     const std::string& description,
                     const std::vector<std::string>& examples) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->footer("");  // not the group's
  command->footer(
      [command, examples] { return CommandFooter(command, examples); });
  return command;
}

CLI::App* AddCommandGroup(CLI::App& parent, const std::string& name,
                          const std::string& description) {
  CLI::App* group = parent.add_subcommand(name, description);
  group->require_subcommand(1);
  return group;
}

void SetAction(CLI::App& command, Program& program, Action action) {
  command.callback(
      [&program, action = std::move(action)] { program.action = action; });
}

void AllowOnly(CLI::Option* option, const std::vector<std::string>& values) {
  option->type_name(absl::StrJoin(values, "|"));
  option->check(CLI::Validator(
      [values](const std::string& value) {
        const bool known =
            std::find(values.begin(), values.end(), value) != values.end();
        return known ? std::string()
                     : absl::StrCat("'", value, "' is none of ",
                                    absl::StrJoin(values, ", "));
      },
      ""));
}

}  // namespace heimweg::cli
