#include "storage/rocksdb_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "rocksdb/db.h"
#include "storage/engine_conformance.h"
#include "storage/failing_file_system.h"
#include "storage/keys.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::storage {
namespace {

namespace fs = std::filesystem;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::heimweg::testing::TempDir;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class RocksDbPlace : public EnginePlace {
 public:
  absl::StatusOr<std::unique_ptr<Engine>> Open() override {
    return OpenRocksDbEngine({.folder = dir_.path() + "/store"});
  }

 private:
  const TempDir dir_;
};

INSTANTIATE_TEST_SUITE_P(RocksDb, EngineConformance, ::testing::Values([] {
                           return std::make_unique<RocksDbPlace>();
                         }));

class RocksDbEngineTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Engine>> Open() {
    return OpenRocksDbEngine(options_);
  }

  // Opens, commits `count` revisions of one write each, closes.
  void Fill(int count) {
    auto engine = *Open();
    for (int i = 0; i < count; ++i) ASSERT_THAT(Commit(*engine), IsOk());
  }

  static absl::Status Commit(Engine& engine) {
    const uint64_t revision = (*engine.Snapshot())->revision();
    return engine.Commit(
        {revision, revision + 1, {{"k" + std::to_string(revision), "value"}}});
  }

  fs::path Folder() const { return options_.folder; }

  const TempDir dir_;
  RocksDbOptions options_{.folder = dir_.path() + "/store"};
};

TEST_F(RocksDbEngineTest, ASecondOpenerIsRefusedByName) {
  auto first = *Open();
  EXPECT_THAT(Open().status(),
              StatusIs(absl::StatusCode::kUnavailable,
                       AllOf(HasSubstr(options_.folder),
                             HasSubstr("in use by another heimwegd"))));
  first.reset();
  EXPECT_THAT(Open(), IsOk());
}

// Filters answer searches: they must never hide a row, whether it lies in files
// or in memory.
TEST_F(RocksDbEngineTest, SearchesFindWhatAScanOfAllFinds) {
  std::mt19937 random(7);
  const auto draw = [&random](size_t count) {
    std::string bytes;
    for (size_t i = 0; i < count; ++i) {
      bytes.push_back("\0\1b\xff"[random() % 4]);
    }
    return bytes;
  };
  const auto a_term = [&] {
    return (random() % 2 == 0 ? "b" : "") + draw(1 + random() % 12);
  };
  for (int round = 0; round < 6; ++round) {
    auto engine = *Open();  // What was written before is in files now.
    const uint64_t revision = (*engine->Snapshot())->revision();
    std::map<std::string, std::string> writes;
    for (int i = 0; i < 300; ++i) {
      writes[IndexKey(1 + random() % 2, a_term(), draw(random() % 3))] = "";
      writes[RecordKey(1, draw(4))] = "record";
    }
    Batch batch{revision, revision + 1, {}};
    for (const auto& [key, value] : writes)
      batch.writes.push_back({key, value});
    ASSERT_THAT(engine->Commit(batch), IsOk());
    const auto reader = *engine->Snapshot();
    std::vector<std::string> all;
    const auto add_to = [](std::vector<std::string>& keys) {
      return [&keys](absl::string_view key, absl::string_view) {
        keys.emplace_back(key);
        return true;
      };
    };
    ASSERT_THAT(reader->Scan("", "", add_to(all)), IsOk());
    for (int i = 0; i < 1'000; ++i) {
      const std::string term = a_term();
      const std::string block = "b" + draw(8);
      for (const KeyRange& range :
           {IndexRange(1, term, ""), IndexRange(1, term, draw(1)),
            TermRange(1, block, block + "\xff"),
            TermRange(1, term, a_term())}) {
        std::vector<std::string> found;
        ASSERT_THAT(reader->Scan(range.begin, range.end, add_to(found)),
                    IsOk());
        std::vector<std::string> expected;
        for (const std::string& key : all) {
          if (key >= range.begin && key < range.end) expected.push_back(key);
        }
        ASSERT_EQ(found, expected);
      }
    }
  }
}

TEST_F(RocksDbEngineTest, AFolderThatCannotBeMadeIsNamed) {
  options_.folder = dir_.path() + "/missing/store";
  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                        HasSubstr(options_.folder)));
  options_.folder = "/proc/self/store";
  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                        HasSubstr(options_.folder)));
}

TEST_F(RocksDbEngineTest, ANewerStoreIsRefusedWithBothVersions) {
  options_.schema_version = kSchemaVersion + 1;
  Fill(1);
  options_.schema_version = kSchemaVersion;
  EXPECT_THAT(Open().status(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("version 2"), HasSubstr("up to 1"))));
}

TEST_F(RocksDbEngineTest, ANewerProgramTakesTheStoreOver) {
  Fill(1);
  options_.schema_version = kSchemaVersion + 1;
  EXPECT_THAT(Open(), IsOk());
  options_.schema_version = kSchemaVersion;
  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(RocksDbEngineTest, ALostDatabaseIsRefused) {
  Fill(3);
  fs::remove_all(Folder() / "rocksdb");
  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RocksDbEngineTest, ALostManifestIsRefused) {
  Fill(3);
  for (const auto& entry : fs::directory_iterator(Folder() / "rocksdb")) {
    if (entry.path().filename().string().rfind("MANIFEST", 0) == 0) {
      fs::remove(entry.path());
    }
  }
  EXPECT_THAT(Open().status(), Not(IsOk()));
}

TEST_F(RocksDbEngineTest, AnEmptyDatabaseInPlaceOfAFullOneIsRefused) {
  Fill(3);
  fs::remove_all(Folder() / "rocksdb");
  rocksdb::DB* db = nullptr;
  rocksdb::Options options;
  options.create_if_missing = true;
  ASSERT_TRUE(
      rocksdb::DB::Open(options, (Folder() / "rocksdb").string(), &db).ok());
  delete db;
  EXPECT_THAT(Open().status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is empty")));
}

TEST_F(RocksDbEngineTest, AnOldCopyOfTheDatabaseIsRefused) {
  Fill(3);
  const fs::path copy = dir_.path() + "/copy";
  fs::copy(Folder() / "rocksdb", copy, fs::copy_options::recursive);
  Fill(3);
  fs::remove_all(Folder() / "rocksdb");
  fs::rename(copy, Folder() / "rocksdb");
  EXPECT_THAT(Open().status(),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("revision 3"), HasSubstr("6"))));
}

TEST_F(RocksDbEngineTest, AnotherStoresDatabaseIsRefused) {
  Fill(3);
  const fs::path mine = Folder();
  options_.folder = dir_.path() + "/other";
  Fill(5);
  fs::remove_all(mine / "rocksdb");
  fs::rename(Folder() / "rocksdb", mine / "rocksdb");
  options_.folder = mine.string();
  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kDataLoss,
                                        HasSubstr("another store")));
}

TEST_F(RocksDbEngineTest, ALostSuperblockIsRefused) {
  Fill(1);
  fs::remove(Folder() / "SUPERBLOCK");
  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RocksDbEngineTest, TheSuperblockIsRenewedWhileTheStoreIsOpen) {
  options_.superblock_revisions = 2;
  Fill(0);
  // Copied while it is closed: RocksDB removes files of its own accord.
  const fs::path early = dir_.path() + "/early";
  fs::copy(Folder() / "rocksdb", early, fs::copy_options::recursive);
  auto engine = *Open();
  for (int i = 0; i < 2; ++i) ASSERT_THAT(Commit(*engine), IsOk());

  // As after a crash: the database of the start beside the present superblock.
  const fs::path crashed = dir_.path() + "/crashed";
  fs::create_directory(crashed);
  fs::copy(Folder() / "SUPERBLOCK", crashed / "SUPERBLOCK");
  fs::rename(early, crashed / "rocksdb");
  options_.folder = crashed.string();

  EXPECT_THAT(Open().status(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RocksDbEngineTest, AFailedSyncStaysUntilTheStoreIsOpenedAgain) {
  auto files = std::make_shared<FailingFileSystem>();
  options_.file_system = files;
  auto engine = *Open();
  ASSERT_THAT(Commit(*engine), IsOk());

  files->SetSyncResult(rocksdb::IOStatus::IOError("injected"));
  EXPECT_THAT(Commit(*engine), StatusIs(absl::StatusCode::kUnavailable));
  files->SetSyncResult(rocksdb::IOStatus::OK());

  EXPECT_THAT(Commit(*engine), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(engine->Health(), StatusIs(absl::StatusCode::kUnavailable,
                                         HasSubstr("restart needed")));
  EXPECT_EQ((*engine->Snapshot())->revision(), 1);
  engine.reset();
  engine = *Open();
  EXPECT_THAT(engine->Health(), IsOk());
  EXPECT_EQ(*(*engine->Snapshot())->Get("k0"), "value");
  EXPECT_THAT(Commit(*engine), IsOk());
}

TEST_F(RocksDbEngineTest, AFullDiskPassesWhenThereIsSpaceAgain) {
  auto files = std::make_shared<FailingFileSystem>();
  options_.file_system = files;
  auto engine = *Open();
  ASSERT_THAT(Commit(*engine), IsOk());

  files->SetAppendResult(rocksdb::IOStatus::NoSpace("injected"));
  EXPECT_THAT(Commit(*engine),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("disk full")));
  EXPECT_THAT(engine->Health(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("disk full")));
  EXPECT_EQ(*(*engine->Snapshot())->Get("k0"), "value");
  files->SetAppendResult(rocksdb::IOStatus::OK());

  // RocksDB looks every five seconds whether there is space, then writes what
  // it holds; commits work soon after that.
  const absl::Time deadline = absl::Now() + absl::Seconds(60);
  while (!Commit(*engine).ok() && absl::Now() < deadline) {
    files->WaitForSync(absl::Milliseconds(100));
  }
  EXPECT_THAT(engine->Health(), IsOk());
  engine.reset();
  engine = *Open();
  EXPECT_EQ((*engine->Snapshot())->revision(), 2);
}

}  // namespace
}  // namespace heimweg::storage
