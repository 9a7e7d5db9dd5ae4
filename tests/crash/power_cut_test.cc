// Simulated power cuts under load, again and again, on one store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "storage/mutex.h"
#include "storage/rocksdb_engine.h"
#include "tests/crash/power_cut_file_system.h"
#include "tests/crash/workload.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::crash {
namespace {

using ::heimweg::storage::MutexLock;
using ::heimweg::storage::Store;
using ::heimweg::testing::IsOk;
using ::testing::Ge;

constexpr uint32_t kWriters = 4;
constexpr int kCuts = 50;
constexpr int kControlCuts = 10;

class PowerCutTest : public ::testing::Test {
 protected:
  // One life of the store: opens it, writes until the power goes, cuts.
  void LiveAndDie(bool sync) {
    const std::string graveyard = dir_.path() + "/graveyard";
    std::filesystem::remove_all(graveyard);
    std::filesystem::create_directory(graveyard);
    // Some lives end while the store opens.
    const int64_t lifetime = 5 + random_() % (random_() % 4 == 0 ? 60 : 2'500);
    auto files = std::make_shared<PowerCutFileSystem>(lifetime, graveyard);
    {
      auto store = Open(files, sync);
      if (store.ok()) WriteUntilTheEnd(**store);
    }
    files->Cut(random_);
  }

  // What the store looks like when the power is back.
  absl::Status Check() {
    auto engine = storage::OpenRocksDbEngine({.folder = folder_});
    if (!engine.ok()) return engine.status();
    auto reader = (*engine)->Snapshot();
    if (!reader.ok()) return reader.status();
    return account_.Check(workload_, **reader);
  }

  Account account_{kWriters};

 private:
  absl::StatusOr<std::unique_ptr<Store>> Open(
      std::shared_ptr<rocksdb::FileSystem> files, bool sync) {
    storage::RocksDbOptions options;
    options.folder = folder_;
    options.write_buffer_bytes = 256 << 10;  // Flushes often.
    options.superblock_revisions = 500;
    options.file_system = std::move(files);
    options.sync = sync;
    auto engine = storage::OpenRocksDbEngine(std::move(options));
    if (!engine.ok()) return engine.status();
    return Store::Open(*std::move(engine));
  }

  void WriteUntilTheEnd(Store& store) {
    std::vector<uint64_t> heads;
    heads.reserve(kWriters);
    {
      const auto reader = store.Read();
      ASSERT_THAT(reader, IsOk());
      for (uint32_t writer = 0; writer < kWriters; ++writer) {
        heads.push_back(*workload_.Head(**reader, writer));
      }
    }
    std::vector<std::thread> threads;
    threads.reserve(kWriters);
    for (uint32_t writer = 0; writer < kWriters; ++writer) {
      threads.emplace_back([&, writer] {
        uint64_t number = heads[writer] + 1;
        while (store.CommitAndWait(workload_.MakeEdit(writer, number)).ok()) {
          MutexLock lock(mutex_);
          account_.Acknowledge(writer, number++);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  const testing::TempDir dir_;
  const std::string folder_ = dir_.path() + "/store";
  const Workload workload_;
  std::mt19937 random_{20261123};
  storage::Mutex mutex_;
};

TEST_F(PowerCutTest, NothingAcknowledgedIsLostNorHalfApplied) {
  for (int cut = 0; cut < kCuts; ++cut) {
    LiveAndDie(/*sync=*/true);
    ASSERT_THAT(Check(), IsOk()) << "cut " << cut;
  }
  RecordProperty("acknowledged", static_cast<int>(account_.acknowledged()));
  EXPECT_THAT(account_.acknowledged(), Ge(10'000))
      << "there was hardly any load";
}

// Without this the test above could pass because the harness loses nothing.
TEST_F(PowerCutTest, TheHarnessNoticesAStoreThatDoesNotSync) {
  int lossy = 0;
  for (int cut = 0; cut < kControlCuts; ++cut) {
    LiveAndDie(/*sync=*/false);
    if (Check().ok()) continue;
    ++lossy;
    break;
  }
  EXPECT_EQ(lossy, 1);
}

}  // namespace
}  // namespace heimweg::crash
