#include "clients/cli/rank_run.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heimweg::cli {
namespace {

using matching::v1::ProfileRanking;

constexpr size_t kWaiting = 256;

// What the workers and the writer share. Thread-safe.
class Window {
 public:
  explicit Window(NextRanking next) : next_(next) {}

  // The next result and its number; nothing at the end or after Stop. Waits
  // while too many lines do.
  std::optional<std::pair<size_t, ProfileRanking>> Fetch() {
    const std::lock_guard one_at_a_time(fetching_);
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] {
        return stopped_ || end_ || fetched_ < taken_ + kWaiting;
      });
      if (stopped_ || end_) return std::nullopt;
    }
    auto result = next_();
    const std::lock_guard lock(mutex_);
    if (result.ok() && result->has_value()) {
      return std::pair(fetched_++, **std::move(result));
    }
    end_ = fetched_;
    status_ = result.status();
    changed_.notify_all();
    return std::nullopt;
  }

  void Put(size_t index, std::string line) {
    const std::lock_guard lock(mutex_);
    lines_[index % kWaiting] = std::move(line);
    changed_.notify_all();
  }

  // Waits for the next line; nothing at the end, and then status() says how it
  // came.
  std::optional<std::string> Take() {
    std::unique_lock lock(mutex_);
    auto& slot = lines_[taken_ % kWaiting];
    changed_.wait(lock, [&] { return slot.has_value() || end_ == taken_; });
    if (!slot.has_value()) return std::nullopt;
    std::optional<std::string> line = std::exchange(slot, std::nullopt);
    ++taken_;
    changed_.notify_all();
    return line;
  }

  void Stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

  absl::Status status() {
    const std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  const NextRanking next_;
  std::mutex fetching_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t fetched_ = 0;
  size_t taken_ = 0;
  std::optional<size_t> end_;
  absl::Status status_;
  bool stopped_ = false;
  std::vector<std::optional<std::string>> lines_{kWaiting};
};

absl::Status WriteAll(int descriptor, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return absl::UnknownError("cannot write");
    text.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Shard> ParseShard(absl::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  Shard shard;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &shard.index) ||
      !absl::SimpleAtoi(parts[1], &shard.count) || shard.index < 1 ||
      shard.index > shard.count || shard.count > 1'000'000) {
    return absl::InvalidArgumentError(
        "--shard: expected i/n with 1 <= i <= n <= 1000000, e.g. 2/8");
  }
  return shard;
}

LineFile::~LineFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::Status LineFile::Open(
    const std::string& path,
    absl::FunctionRef<absl::StatusOr<bool>(absl::string_view)> line) {
  path_ = path;
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    return absl::UnknownError(absl::StrCat("cannot open ", path));
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": another run writes it"));
  }
  std::string rest;
  std::string block(size_t{1} << 20, '\0');
  off_t read_bytes = 0;
  off_t whole = 0;
  ssize_t size = 0;
  while ((size = read(descriptor_, block.data(), block.size())) > 0) {
    rest.append(block, 0, static_cast<size_t>(size));
    size_t begin = 0;
    for (size_t end = rest.find('\n'); end != std::string::npos;
         end = rest.find('\n', begin)) {
      const absl::StatusOr<bool> may_end =
          line(absl::string_view(rest).substr(begin, end - begin));
      if (!may_end.ok()) return may_end.status();
      read_bytes += static_cast<off_t>(end + 1 - begin);
      if (*may_end) whole = read_bytes;
      begin = end + 1;
    }
    rest.erase(0, begin);
  }
  if (size < 0 || ftruncate(descriptor_, whole) != 0 ||
      lseek(descriptor_, whole, SEEK_SET) != whole) {
    return absl::UnknownError(absl::StrCat("cannot read ", path));
  }
  return absl::OkStatus();
}

absl::Status LineFile::Append(absl::string_view line) {
  const absl::Status status = WriteAll(descriptor_, absl::StrCat(line, "\n"));
  return status.ok() ? status
                     : absl::UnknownError(absl::StrCat("cannot write ", path_));
}

absl::Status LineFile::Sync() {
  return fsync(descriptor_) == 0
             ? absl::OkStatus()
             : absl::UnknownError(absl::StrCat("cannot sync ", path_));
}

absl::Status WriteInOrder(
    int workers, NextRanking next,
    absl::FunctionRef<std::string(const ProfileRanking&)> line,
    absl::FunctionRef<absl::Status(absl::string_view)> take,
    absl::FunctionRef<void()> stop) {
  Window window(next);
  std::vector<std::thread> threads;
  threads.reserve(workers);
  for (int i = 0; i < workers; ++i) {
    threads.emplace_back([&] {
      while (const auto fetched = window.Fetch()) {
        window.Put(fetched->first, line(fetched->second));
        std::this_thread::yield();
      }
    });
  }
  absl::Status status;
  while (status.ok()) {
    const std::optional<std::string> next_line = window.Take();
    if (!next_line.has_value()) break;
    status = take(*next_line);
  }
  window.Stop();
  if (!status.ok()) stop();
  for (std::thread& thread : threads) thread.join();
  return status.ok() ? window.status() : status;
}

}  // namespace heimweg::cli
