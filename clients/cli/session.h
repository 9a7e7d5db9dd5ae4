// A run's way to the services: addresses, deadlines, and the one retry rule.
#ifndef HEIMWEG_CLIENTS_CLI_SESSION_H_
#define HEIMWEG_CLIENTS_CLI_SESSION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/cli/console.h"
#include "clients/cli/language.h"

namespace heimweg::cli {

// What can run as a server of its own.
enum class Area { kJobs, kHomes, kContacts, kProfiles, kMatching, kReference };
inline constexpr int kAreas = 6;

// "jobs", "homes", "contacts", "profiles", "matching", "reference".
absl::string_view AreaName(Area area);

// The options of every command.
struct GlobalOptions {
  // host:port of every service that has no address of its own.
  std::string server = "127.0.0.1:50051";
  // By Area; empty: `server`.
  std::array<std::string, kAreas> servers;
  // How long a call may take with its retries; for streams, how long the server
  // may be silent while an answer is due. Seconds, above 0.
  double timeout_seconds = 30;
  bool json = false;
  Language language = Language::kEnglish;
};

// Waits between tries: what the server asks for, else 0.1 s, doubled each time
// up to 5 s. There are at most so many tries in a row without progress.
class Retries {
 public:
  explicit Retries(int most_tries = 6) : most_tries_(most_tries) {}

  // How long to wait before the next try; nothing if there is none: the status
  // is not UNAVAILABLE, or these were enough.
  std::optional<absl::Duration> Next(const absl::Status& status);
  // To be called after progress: the next failure is the first.
  void Reset() { *this = Retries(most_tries_); }

 private:
  int most_tries_;
  int tries_ = 1;
  absl::Duration delay_ = absl::Milliseconds(100);
};

// Thread-compatible. The console outlives it.
class Session {
 public:
  Session(GlobalOptions options, Console& console);

  const GlobalOptions& options() const { return options_; }
  Language language() const { return options_.language; }
  bool json() const { return options_.json; }
  Console& console() const { return console_; }
  absl::Duration timeout() const {
    return absl::Seconds(options_.timeout_seconds);
  }

  // host:port of the area's server.
  const std::string& Address(Area area) const;
  // Areas with the same address share one.
  std::shared_ptr<grpc::Channel> Channel(Area area);

  // Makes a call with a deadline, and again after UNAVAILABLE as Retries says
  // while the deadline allows it. `call` makes one try with a fresh context.
  absl::Status Call(
      Area area,
      absl::FunctionRef<grpc::Status(grpc::ClientContext&)> call) const;

 private:
  const GlobalOptions options_;
  Console& console_;
  std::array<std::shared_ptr<grpc::Channel>, kAreas> channels_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_SESSION_H_
