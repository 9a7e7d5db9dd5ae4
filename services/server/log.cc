#include "services/server/log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/base_sink.h>

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/server/status.h"

namespace heimweg::server {
namespace {

constexpr size_t kWaitingLines = 8192;

constexpr absl::string_view kLevelNames[] = {"debug", "info", "warning",
                                             "error"};

// Hands each line to a function, on the writer's one thread.
class LineSink final
    : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit LineSink(std::function<void(absl::string_view)> write)
      : write_(std::move(write)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    write_(absl::string_view(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

 private:
  const std::function<void(absl::string_view)> write_;
};

spdlog::level::level_enum Severity(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
    case Level::kOff:
      break;
  }
  return spdlog::level::off;
}

void AppendString(std::string& out, absl::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void AppendField(std::string& out, absl::string_view name,
                 absl::string_view value) {
  out += ',';
  AppendString(out, name);
  out += ':';
  AppendString(out, value);
}

std::string Head(Level level, absl::string_view event) {
  std::string line =
      absl::StrCat("{\"ts\":\"",
                   absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(),
                                    absl::UTCTimeZone()),
                   "\"");
  AppendField(line, "level", kLevelNames[static_cast<int>(level)]);
  AppendField(line, "event", event);
  return line;
}

void WriteToStderr(absl::string_view line) {
  // One write each, so that lines of several processes do not mix.
  const std::string whole = absl::StrCat(line, "\n");
  std::fwrite(whole.data(), 1, whole.size(), stderr);
}

}  // namespace

Log::Log(Level level) : Log(level, WriteToStderr) {}

Log::Log(Level level, std::function<void(absl::string_view line)> write)
    : writer_(std::make_shared<spdlog::details::thread_pool>(kWaitingLines, 1)),
      logger_(std::make_shared<spdlog::async_logger>(
          "heimweg", std::make_shared<LineSink>(std::move(write)), writer_,
          spdlog::async_overflow_policy::overrun_oldest)) {
  logger_->set_level(Severity(level));
}

Log::~Log() = default;

void Log::Debug(absl::string_view event, Fields fields) {
  Write(Level::kDebug, event, fields);
}

void Log::Info(absl::string_view event, Fields fields) {
  Write(Level::kInfo, event, fields);
}

void Log::Warning(absl::string_view event, Fields fields) {
  Write(Level::kWarning, event, fields);
}

void Log::Error(absl::string_view event, Fields fields) {
  Write(Level::kError, event, fields);
}

void Log::Answered(const Call& call, absl::string_view method,
                   const absl::Status& status, absl::Duration took) {
  const bool hidden = IsHidden(status.code());
  const Level level = hidden ? Level::kError : Level::kInfo;
  if (!logger_->should_log(Severity(level))) {
    return;
  }
  std::string line = Head(level, "call");
  AppendField(line, "request_id", call.request_id);
  if (!call.trace_id.empty()) {
    AppendField(line, "trace_id", call.trace_id);
  }
  AppendField(line, "caller", call.caller.id);
  AppendField(line, "method", method);
  AppendField(line, "code", absl::StatusCodeToString(status.code()));
  absl::StrAppendFormat(&line, ",\"ms\":%.3f",
                        absl::ToDoubleMilliseconds(took));
  if (hidden) {
    AppendField(line, "error", status.message());
  }
  line += '}';
  logger_->log(Severity(level),
               spdlog::string_view_t(line.data(), line.size()));
}

double Log::dropped() const {
  return static_cast<double>(writer_->overrun_counter());
}

void Log::Write(Level level, absl::string_view event, Fields fields) {
  if (!logger_->should_log(Severity(level))) {
    return;
  }
  std::string line = Head(level, event);
  for (const auto& [name, value] : fields) {
    AppendField(line, name, value);
  }
  line += '}';
  logger_->log(Severity(level),
               spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace heimweg::server
