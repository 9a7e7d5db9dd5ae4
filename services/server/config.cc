#include "services/server/config.h"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"

namespace heimweg::server {
namespace {

constexpr int kExitUsage = 2;

std::string VariableOf(const std::string& long_name) {
  return absl::StrCat("HEIMWEG_", absl::AsciiStrToUpper(absl::StrReplaceAll(
                                      long_name, {{"-", "_"}})));
}

std::string Environment(const std::string& variable) {
  const char* const value = std::getenv(variable.c_str());  // NOLINT
  return value == nullptr ? "" : value;
}

// Reads a settings file without what the environment says as well: CLI11 asks
// the environment only for what the file left open.
class BelowEnvironment : public CLI::ConfigTOML {
 public:
  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> items = CLI::ConfigTOML::from_config(input);
    std::erase_if(items, [](const CLI::ConfigItem& item) {
      return item.parents.empty() &&
             !Environment(VariableOf(item.name)).empty();
    });
    return items;
  }
};

// CLI11 2.4 passes over a variable whose value does not suit its option, which
// 2.1 refuses. Throws as 2.1 does.
void RefuseIgnoredVariables(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    const std::string& variable = option->get_envname();
    if (variable.empty() || Environment(variable).empty()) continue;
    if (option->count() > 0) continue;
    throw CLI::ValidationError(
        variable, absl::StrCat("expected ", option->get_type_name()));
  }
}

std::string OneLine(const CLI::ParseError& error) {
  const std::string text = absl::StrReplaceAll(error.what(), {{"\n", " "}});
  // CLI11's text for a key that is no setting begins with "INI was not able".
  return dynamic_cast<const CLI::ConfigError*>(&error) == nullptr
             ? text
             : absl::StrCat("unknown key in the settings file: ",
                            text.substr(text.rfind(' ') + 1));
}

void AddSeconds(CLI::App& app, const std::string& flag, absl::Duration& target,
                const std::string& help, double highest) {
  app.add_option_function<double>(
         flag, [&target](double seconds) { target = absl::Seconds(seconds); },
         help)
      ->check(CLI::Range(0.0, highest))
      ->default_str(absl::StrCat(absl::ToDoubleSeconds(target)));
}

void AddLevel(CLI::App& app, Level& target) {
  app.add_option_function<std::string>(
         "--log-level",
         [&target](const std::string& name) {
           target = name == "debug"     ? Level::kDebug
                    : name == "info"    ? Level::kInfo
                    : name == "warning" ? Level::kWarning
                    : name == "error"   ? Level::kError
                                        : Level::kOff;
         },
         "Lines below this level are not written to stderr; calls are on info")
      ->check(CLI::IsMember(
          std::vector<std::string>{"debug", "info", "warning", "error", "off"}))
      ->default_str("info");
}

void AddEdgeOptions(CLI::App& app, EdgeOptions& edge) {
  app.add_option("--workers", edge.workers,
                 "Threads that run handlers; 0: as many as there are cores")
      ->check(CLI::Range(0, 1024));
  app.add_option("--queue-limit", edge.queue_limit,
                 "Calls that may wait for a worker; more are refused")
      ->check(CLI::Range(1, 10'000));
  app.add_option("--stream-limit", edge.stream_limit,
                 "Streams (watches, imports) that may be open")
      ->check(CLI::Range(1, 100'000));
}

}  // namespace

Config::Config(const std::string& description, const std::string& name)
    : app_(description, name) {
  app_.option_defaults()->always_capture_default();
  app_.set_config("--config", Environment("HEIMWEG_CONFIG"),
                  "Settings file, TOML or INI, one \"flag = value\" per line "
                  "(environment: HEIMWEG_CONFIG)",
                  !Environment("HEIMWEG_CONFIG").empty())
      ->configurable(false);
  app_.allow_config_extras(CLI::config_extras_mode::error);
  app_.config_formatter(std::make_shared<BelowEnvironment>());
  app_.add_flag("--print-config", print_,
                "Print all settings as a settings file and end")
      ->configurable(false);
}

std::optional<int> Config::Parse(int argc, const char* const* argv) {
  for (CLI::Option* option : app_.get_options()) {
    if (option->get_configurable() && !option->get_lnames().empty()) {
      option->envname(VariableOf(option->get_lnames().front()));
    }
  }
  try {
    app_.parse(argc, argv);
    RefuseIgnoredVariables(app_);
  } catch (const CLI::Success& asked) {  // --help
    return app_.exit(asked, std::cout, std::cerr);
  } catch (const CLI::ParseError& error) {
    std::cerr << app_.get_name() << ": " << OneLine(error) << "\n";
    return kExitUsage;
  }
  if (print_) {
    std::cout << app_.config_to_str(true, true);
    return 0;
  }
  return std::nullopt;
}

void AddOptions(Config& config, Options& options) {
  CLI::App& app = config.app();
  ServerOptions& server = options.server;
  app.add_option("--listen", server.listen,
                 "Where to serve gRPC: host:port or unix:path");
  app.add_flag("--allow-remote", server.allow_remote,
               "Listen elsewhere than on loopback although every client is the "
               "operator");
  app.add_option("--concurrent-calls", server.concurrent_calls,
                 "Calls and streams at once per connection")
      ->check(CLI::Range(1, 10'000));
  app.add_option("--receive-limit-bytes", server.receive_limit_bytes,
                 "Largest request message")
      ->check(CLI::Range(1 << 10, 64 << 20));
  app.add_option("--reflection", server.reflection,
                 "Answer gRPC reflection (true or false)")
      ->default_str("true");
  AddSeconds(app, "--drain-grace-seconds", server.drain_grace,
             "How long calls may go on after SIGTERM", 600);
  AddSeconds(app, "--probe-interval-seconds", server.probe_interval,
             "How often to connect to oneself; 0: never", 3600);
  AddEdgeOptions(app, options.edge);
  app.add_option_function<std::string>(
         "--metrics-listen",
         [&options](const std::string& address) {
           options.metrics_listen = address == "off" ? "" : address;
         },
         "Where to serve Prometheus metrics: host:port, or off")
      ->default_str(options.metrics_listen);
  AddLevel(app, options.log_level);
}

}  // namespace heimweg::server
