// The command line: a tree of commands, of which a run carries out one.
#ifndef HEIMWEG_CLIENTS_CLI_PROGRAM_H_
#define HEIMWEG_CLIENTS_CLI_PROGRAM_H_

#include <CLI/App.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

using Action = std::function<absl::StatusOr<ExitCode>(Session&)>;

// What parsing leaves behind: the options of every command, and what to do.
struct Program {
  GlobalOptions globals;
  // "de", "en", or empty: the environment's.
  std::string language;
  // The chosen command's.
  Action action;
};

// The whole tree. `program` outlives it.
std::unique_ptr<CLI::App> NewCommandTree(Program& program);

// Parses, carries out, reports; returns the exit code. Prints what is asked for
// to console.out, errors to console.err.
int Run(const std::vector<std::string>& arguments, Console& console);

// A command with a description and examples, a line each without "heimweg ".
CLI::App* AddCommand(CLI::App& parent, const std::string& name,
                     const std::string& description,
                     const std::vector<std::string>& examples);

// A command that only holds others.
CLI::App* AddCommandGroup(CLI::App& parent, const std::string& name,
                          const std::string& description);

// Makes `action` what the command does.
void SetAction(CLI::App& command, Program& program, Action action);

// Lets the option take these values only; help and completion show them.
void AllowOnly(CLI::Option* option, const std::vector<std::string>& values);

// One file for each: what the command takes and does.
void AddOfferCommands(CLI::App& root, Program& program, Area area);
void AddOfferListCommand(CLI::App& group, Program& program, Area area);
void AddDuplicatesCommands(CLI::App& root, Program& program);
void AddProfileCommands(CLI::App& root, Program& program);
void AddImportCommand(CLI::App& root, Program& program);
void AddRankCommand(CLI::App& root, Program& program);
void AddPackagesCommand(CLI::App& root, Program& program);
void AddRegionsCommand(CLI::App& root, Program& program);
void AddReturneesCommand(CLI::App& root, Program& program);
void AddMatchesCommands(CLI::App& root, Program& program);
void AddFeedbackCommands(CLI::App& root, Program& program);
void AddExplainCommand(CLI::App& root, Program& program);
void AddBatchCommands(CLI::App& root, Program& program);
void AddAssignCommand(CLI::App& batch, Program& program);
void AddBatchRankCommand(CLI::App& batch, Program& program);
void AddLotteryCommand(CLI::App& batch, Program& program);
void AddOffersCommand(CLI::App& batch, Program& program);
void AddWatchCommand(CLI::App& root, Program& program);
void AddStatusCommand(CLI::App& root, Program& program);
void AddGenerateCommand(CLI::App& root, Program& program);
void AddDigestCommands(CLI::App& root, Program& program);
void AddConvertCommand(CLI::App& root, Program& program);
void AddExportCommand(CLI::App& root, Program& program);
void AddEvaluateCommand(CLI::App& root, Program& program);
void AddEvaluatePlacesCommand(CLI::App& evaluate, Program& program);
void AddPlacesCommands(CLI::App& root, Program& program);
void AddPlacesImportCommands(CLI::App& group, Program& program);
void AddOccupationsCommands(CLI::App& root, Program& program);
void AddTaxonomiesCommands(CLI::App& root, Program& program);
void AddAboutCommand(CLI::App& root, Program& program);
void AddCompletionCommand(CLI::App& root, Program& program);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PROGRAM_H_
