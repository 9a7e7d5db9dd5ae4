// Shell completion, made from the tree of commands.
#ifndef HEIMWEG_CLIENTS_CLI_COMPLETION_H_
#define HEIMWEG_CLIENTS_CLI_COMPLETION_H_

#include <CLI/App.hpp>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::cli {

enum class Shell { kBash, kZsh, kFish };

// A script that the shell reads: it completes commands, options, and the values
// of options that take one of a few; else file names.
std::string CompletionScript(const CLI::App& root, Shell shell);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_COMPLETION_H_
