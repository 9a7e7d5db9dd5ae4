// What `heimweg import <format>` can be told.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_OPTIONS_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_OPTIONS_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "clients/importers/format.h"

namespace heimweg::cli {

struct ImportOptions {
  std::string network;
  std::string kind;  // empty: the format's only one
  std::vector<std::string> files;
  std::string source;
  std::string encoding;
  std::string mapping;
  std::string rejects;
  std::string repairs;
  bool dry_run = false;
  bool full_load = false;
  bool confirm_removals = false;
  double most_removals_percent = 20;
  bool progress = false;
};

// Adds the options of an import of `format` (null: any). `options` outlives the
// command.
void AddImportOptions(CLI::App& command, const importers::Format* format,
                      ImportOptions& options);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_OPTIONS_H_
