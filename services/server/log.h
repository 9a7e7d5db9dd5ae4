// Log: structured lines on stderr, one JSON object each, for machines to keep
// and people to search. One line per call; never a payload, a name or an
// address of a person.
#ifndef HEIMWEG_SERVICES_SERVER_LOG_H_
#define HEIMWEG_SERVICES_SERVER_LOG_H_

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/server/call.h"

namespace spdlog {
class async_logger;
namespace details {
class thread_pool;
}  // namespace details
}  // namespace spdlog

namespace heimweg::server {

enum class Level { kDebug, kInfo, kWarning, kError, kOff };

// Writes in the background; when lines come faster than they can be written,
// the oldest waiting ones are lost (dropped()). The destructor writes what
// waits. Thread-safe.
class Log {
 public:
  using Field = std::pair<absl::string_view, absl::string_view>;
  using Fields = std::initializer_list<Field>;

  // Lines below `level` are not written.
  explicit Log(Level level);

  // Writes to `write`, one line each without its newline, from one thread.
  Log(Level level, std::function<void(absl::string_view line)> write);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // {"ts":…,"level":…,"event":event, fields…}. `event` names what happened in
  // a few words that stay the same; what varies goes into fields.
  void Debug(absl::string_view event, Fields fields = {});
  void Info(absl::string_view event, Fields fields = {});
  void Warning(absl::string_view event, Fields fields = {});
  void Error(absl::string_view event, Fields fields = {});

  // The line of an answered call: event "call", request id, trace id, caller's
  // id, method, code, milliseconds. The text of an error only where the client
  // did not get it (IsHidden), and then on level error.
  void Answered(const Call& call, absl::string_view method,
                const absl::Status& status, absl::Duration took);

  // How many lines were lost so far.
  double dropped() const;

 private:
  void Write(Level level, absl::string_view event, Fields fields);

  std::shared_ptr<spdlog::details::thread_pool> writer_;
  std::shared_ptr<spdlog::async_logger> logger_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_LOG_H_
