// kill -9 of a writing process, again and again, on one store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/rocksdb_engine.h"
#include "tests/crash/acknowledgement.h"
#include "tests/crash/workload.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::crash {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;

constexpr uint32_t kWriters = 8;
constexpr int kCycles = 20;

// A crash_writer process and the pipe from it.
class Writer {
 public:
  explicit Writer(const std::string& folder) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      execl(HEIMWEG_CRASH_WRITER, HEIMWEG_CRASH_WRITER, folder.c_str(),
            std::to_string(kWriters).c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    pipe_ = ends[0];
  }
  ~Writer() { close(pipe_); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Books the next `edits` acknowledgements, however long they take. False if
  // the process ended by itself.
  bool FollowEdits(Account& account, int edits) {
    while (edits > 0 && Book(account)) --edits;
    return edits == 0;
  }

  // Books what arrives until `until`. False if the process ended by itself.
  bool Follow(Account& account, absl::Time until) {
    while (absl::Now() < until) {
      pollfd ready{pipe_, POLLIN, 0};
      const auto wait = absl::ToInt64Milliseconds(until - absl::Now());
      if (poll(&ready, 1, static_cast<int>(std::max<int64_t>(wait, 0))) == 1 &&
          !Book(account)) {
        return false;
      }
    }
    return true;
  }

  // Kills it, and books what it had said before.
  void Kill(Account& account) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    while (Book(account)) {
    }
  }

 private:
  // False at the end of the pipe.
  bool Book(Account& account) {
    Acknowledgement done;
    if (read(pipe_, &done, sizeof(done)) != sizeof(done)) return false;
    account.Acknowledge(static_cast<uint32_t>(done.writer), done.number);
    return true;
  }

  pid_t pid_ = -1;
  int pipe_ = -1;
};

TEST(KillTest, AStoreInUseByAnotherProcessIsRefused) {
  const testing::TempDir dir;
  const std::string folder = dir.path() + "/store";
  Account account(kWriters);
  Writer writer(folder);
  // Its first word shows that it has the store open.
  while (account.acknowledged() == 0) {
    ASSERT_TRUE(writer.Follow(account, absl::Now() + absl::Milliseconds(10)));
  }

  EXPECT_THAT(storage::OpenRocksDbEngine({.folder = folder}),
              StatusIs(absl::StatusCode::kUnavailable));

  writer.Kill(account);
  EXPECT_THAT(storage::OpenRocksDbEngine({.folder = folder}), IsOk());
}

TEST(KillTest, NothingAcknowledgedIsLostNorHalfApplied) {
  const testing::TempDir dir;
  const std::string folder = dir.path() + "/store";
  const Workload workload;
  Account account(kWriters);
  std::mt19937 random(20261123);
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    Writer writer(folder);
    // Every fourth dies while it still recovers from the death before.
    if (cycle % 4 != 3) {
      ASSERT_TRUE(writer.FollowEdits(account, kWriters * (5 + random() % 20)))
          << "it gave up";
    }
    const absl::Duration rest = absl::Milliseconds(random() % 50);
    ASSERT_TRUE(writer.Follow(account, absl::Now() + rest)) << "it gave up";
    writer.Kill(account);

    auto engine = storage::OpenRocksDbEngine({.folder = folder});
    ASSERT_THAT(engine, IsOk()) << "cycle " << cycle;
    ASSERT_THAT(account.Check(workload, **(*engine)->Snapshot()), IsOk())
        << "cycle " << cycle;
  }
  RecordProperty("acknowledged", static_cast<int>(account.acknowledged()));
}

}  // namespace
}  // namespace heimweg::crash
