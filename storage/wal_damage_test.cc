// A flipped bit in the database's log is refused, never silently cut off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>

#include "storage/rocksdb_engine.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::storage {
namespace {

namespace fs = std::filesystem;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;

constexpr uint64_t kCommits = 300;
constexpr int kTrials = 60;

fs::path LogIn(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder / "rocksdb")) {
    if (entry.path().extension() == ".log" && entry.file_size() > 0) {
      return entry.path();
    }
  }
  ADD_FAILURE() << "there is no log";
  return {};
}

// A copy of a store with a full log, as a power cut would leave it.
class WalDamageTest : public ::testing::Test {
 protected:
  WalDamageTest() {
    auto engine = *OpenRocksDbEngine({.folder = (Dir() / "live").string()});
    for (uint64_t i = 0; i < kCommits; ++i) {
      EXPECT_THAT(
          engine->Commit(
              {i, i + 1, {{"k" + std::to_string(i), std::string(200, 'v')}}}),
          IsOk());
    }
    fs::copy(Dir() / "live", Crashed(), fs::copy_options::recursive);
  }

  fs::path Dir() const { return dir_.path(); }
  fs::path Crashed() const { return Dir() / "crashed"; }

  const testing::TempDir dir_;
};

TEST_F(WalDamageTest, AnUndamagedCopyOpensWhole) {
  auto engine = OpenRocksDbEngine({.folder = Crashed().string()});
  ASSERT_THAT(engine, IsOk());
  EXPECT_EQ((*(*engine)->Snapshot())->revision(), kCommits);
}

TEST_F(WalDamageTest, ATornLastRecordIsCutOff) {
  const fs::path log = LogIn(Crashed());
  fs::resize_file(log, fs::file_size(log) - 10);
  auto engine = OpenRocksDbEngine({.folder = Crashed().string()});
  ASSERT_THAT(engine, IsOk());
  EXPECT_EQ((*(*engine)->Snapshot())->revision(), kCommits - 1);
}

TEST_F(WalDamageTest, AFlippedBitIsRefused) {
  std::mt19937 random(20261123);
  for (int trial = 0; trial < kTrials; ++trial) {
    const fs::path damaged = Dir() / "damaged";
    fs::remove_all(damaged);
    fs::copy(Crashed(), damaged, fs::copy_options::recursive);
    const fs::path log = LogIn(damaged);
    // The last record is spared: damage to its length looks like a torn write.
    const auto offset =
        static_cast<std::streamoff>(random() % (fs::file_size(log) - 400));
    std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const char byte = static_cast<char>(file.get() ^ (1 << (random() % 8)));
    file.seekp(offset);
    file.put(byte);
    file.close();

    EXPECT_THAT(OpenRocksDbEngine({.folder = damaged.string()}),
                StatusIs(absl::StatusCode::kDataLoss))
        << "offset " << offset;
  }
}

}  // namespace
}  // namespace heimweg::storage
