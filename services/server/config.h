// Config: every setting defined once, and settable by a flag, an environment
// variable and a file; the flag wins over the environment, that over the file,
// that over the default.
//
//   --queue-limit 64      HEIMWEG_QUEUE_LIMIT=64      queue-limit = 64
//
// Other rooms add theirs with CLI11's own calls before Parse:
//
//   config.app().add_option("--data", data, "Folder of the stores")
//       ->check(CLI::ExistingDirectory)->group("Storage");
#ifndef HEIMWEG_SERVICES_SERVER_CONFIG_H_
#define HEIMWEG_SERVICES_SERVER_CONFIG_H_

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "services/server/edge.h"
#include "services/server/log.h"
#include "services/server/server.h"

namespace heimweg::server {

// The settings of this room.
struct Options {
  ServerOptions server;
  EdgeOptions edge;
  std::string metrics_listen =
      "127.0.0.1:9464";  // Empty: not served; set by "off".
  Level log_level = Level::kInfo;
};

// Thread-compatible.
class Config {
 public:
  Config(const std::string& description, const std::string& name);

  // Long flags only. Names and defaults of options added here are found by
  // Parse; --help, --config and --print-config are there already.
  CLI::App& app() { return app_; }

  // Reads arguments, environment and file into the options' variables. A
  // value means that the program ends now with this exit code: 0 after --help
  // or --print-config (written to stdout), 2 after one line on stderr about a
  // setting that is unknown, malformed or out of range.
  std::optional<int> Parse(int argc, const char* const* argv);

 private:
  CLI::App app_;
  bool print_ = false;
};

// Adds this room's settings; `options` holds the defaults and outlives the
// config.
void AddOptions(Config& config, Options& options);

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_CONFIG_H_
