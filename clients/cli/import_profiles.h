// heimweg import <format> of a profile, e.g. a curriculum vitae.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_PROFILES_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_PROFILES_H_

#include <CLI/App.hpp>

#include "clients/cli/program.h"
#include "clients/importers/format.h"

namespace heimweg::cli {

// Adds the command of a format whose rows are profiles. A file is one profile;
// what it says replaces what is stored, what it does not say stays.
void AddProfileImportCommand(CLI::App& group, Program& program,
                             const importers::Format& format);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_PROFILES_H_
