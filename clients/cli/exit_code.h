// What `heimweg` tells the shell. Every help text lists them.
#ifndef HEIMWEG_CLIENTS_CLI_EXIT_CODE_H_
#define HEIMWEG_CLIENTS_CLI_EXIT_CODE_H_

namespace heimweg::cli {

enum class ExitCode : int {
  kOk = 0,
  // Anything else, e.g. a file that cannot be written.
  kFailed = 1,
  // The command line is wrong.
  kUsage = 2,
  // The server refused the input, or at least one imported row was rejected.
  kRejected = 3,
  // A resource, or a file on the command line.
  kNotFound = 4,
  // No server, not serving or not ready, overloaded, or too slow.
  kUnavailable = 5,
  // It exists already, or changed since it was read.
  kConflict = 6,
  kDenied = 7,
  // A quota or a size limit.
  kExhausted = 8,
};

inline constexpr char kExitCodesHelp[] =
    "Exit codes: 0 done, 1 failed (e.g. an unwritable file), 2 wrong usage,\n"
    "  3 input or rows rejected, 4 not found, 5 server unavailable or not "
    "ready,\n"
    "  6 conflict (exists already or changed since), 7 not permitted, 8 limit "
    "reached";

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_EXIT_CODE_H_
