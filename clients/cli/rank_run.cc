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

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/assignment/lottery.h"

namespace heimweg::cli {
namespace {

constexpr size_t kWaiting = 256;

// What the workers and the writer share. Thread-safe.
class Window {
 public:
  explicit Window(size_t names) : names_(names) {}

  // The next name to compute; nothing at the end or after Stop. Waits while too
  // many results do.
  std::optional<size_t> Claim() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] {
      return stopped_ || claimed_ == names_ || claimed_ < taken_ + kWaiting;
    });
    if (stopped_ || claimed_ == names_) return std::nullopt;
    return claimed_++;
  }

  void Put(size_t index, absl::StatusOr<std::string> result) {
    const std::lock_guard lock(mutex_);
    results_[index % kWaiting] = std::move(result);
    changed_.notify_all();
  }

  // Waits for the result of `index`, which is the next one.
  absl::StatusOr<std::string> Take(size_t index) {
    std::unique_lock lock(mutex_);
    auto& slot = results_[index % kWaiting];
    changed_.wait(lock, [&slot] { return slot.has_value(); });
    absl::StatusOr<std::string> result = *std::exchange(slot, std::nullopt);
    taken_ = index + 1;
    changed_.notify_all();
    return result;
  }

  void Stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  const size_t names_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t claimed_ = 0;
  size_t taken_ = 0;
  bool stopped_ = false;
  std::vector<std::optional<absl::StatusOr<std::string>>> results_{kWaiting};
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

bool InShard(absl::string_view name, const Shard& shard) {
  const std::string digits = assignment::Sha256Hex(name).substr(0, 15);
  const uint64_t hash = std::stoull(digits, nullptr, 16);
  return hash % static_cast<uint64_t>(shard.count) + 1 ==
         static_cast<uint64_t>(shard.index);
}

LineFile::~LineFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::Status LineFile::Open(
    const std::string& path,
    absl::FunctionRef<absl::Status(absl::string_view)> line) {
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
  off_t whole = 0;
  ssize_t size = 0;
  while ((size = read(descriptor_, block.data(), block.size())) > 0) {
    rest.append(block, 0, static_cast<size_t>(size));
    size_t begin = 0;
    for (size_t end = rest.find('\n'); end != std::string::npos;
         end = rest.find('\n', begin)) {
      absl::Status status =
          line(absl::string_view(rest).substr(begin, end - begin));
      if (!status.ok()) return status;
      whole += static_cast<off_t>(end + 1 - begin);
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

absl::Status ComputeInOrder(
    const std::vector<std::string>& names, int workers,
    const std::function<absl::StatusOr<std::string>(const std::string&)>&
        compute,
    absl::FunctionRef<absl::Status(size_t, absl::string_view)> take) {
  Window window(names.size());
  std::vector<std::thread> threads;
  threads.reserve(workers);
  for (int i = 0; i < workers; ++i) {
    threads.emplace_back([&] {
      while (const auto index = window.Claim()) {
        window.Put(*index, compute(names[*index]));
      }
    });
  }
  absl::Status status;
  for (size_t i = 0; i < names.size() && status.ok(); ++i) {
    const absl::StatusOr<std::string> line = window.Take(i);
    status = line.ok() ? take(i, *line) : line.status();
  }
  window.Stop();
  for (std::thread& thread : threads) thread.join();
  return status;
}

}  // namespace heimweg::cli
