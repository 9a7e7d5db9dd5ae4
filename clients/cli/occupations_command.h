// heimweg occupations: what a job title or a text means, without a server.
#ifndef HEIMWEG_CLIENTS_CLI_OCCUPATIONS_COMMAND_H_
#define HEIMWEG_CLIENTS_CLI_OCCUPATIONS_COMMAND_H_

#include <CLI/App.hpp>

#include "clients/cli/program.h"

namespace heimweg::cli {

// Adds resolve, suggest and skills. `program` outlives `root`.
void AddOccupationsCommands(CLI::App& root, Program& program);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_OCCUPATIONS_COMMAND_H_
