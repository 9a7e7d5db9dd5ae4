// Everything outside of the program that a command touches, so that tests can
// stand in for a terminal and need no waiting.
#ifndef HEIMWEG_CLIENTS_CLI_CONSOLE_H_
#define HEIMWEG_CLIENTS_CLI_CONSOLE_H_

#include <functional>
#include <istream>
#include <ostream>
#include <string>

#include "absl/time/time.h"

namespace heimweg::cli {

// Thread-compatible. The streams outlive it.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Whether somebody watches standard output and standard error.
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // Width of the terminal in cells; 0: unlimited.
  int columns = 0;
  // Whether the environment asks for no colour (NO_COLOR).
  bool no_color = false;
  // Locale of the environment, e.g. "de_DE.UTF-8"; may be empty.
  std::string locale;
  std::function<absl::Time()> now;
  std::function<void(absl::Duration)> sleep;
  // Starts to listen for Ctrl-C; to be called before the first connection.
  std::function<void()> listen_for_interrupt;
  // Whether Ctrl-C was pressed since.
  std::function<bool()> interrupted;
  // From here on this thread, and those that it starts, get what nothing else
  // wants of the cores; to be called before the first connection.
  std::function<void()> yield_cores;
  // A new random UUID.
  std::function<std::string()> new_request_id;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_CONSOLE_H_
