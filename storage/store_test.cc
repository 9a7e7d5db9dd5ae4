#include "storage/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "storage/keys.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kA = MetaKey("a");
const std::string kB = MetaKey("b");

Store::Edit Putting(const std::string& key, const std::string& value) {
  return [=](Transaction& txn) {
    txn.Put(key, value);
    return absl::OkStatus();
  };
}

std::optional<std::string> Value(const Store& store, const std::string& key) {
  return *(*store.Read())->Get(key);
}

bool Has(const Store& store, const std::string& key) {
  return (*(*store.Read())->Get(key)).has_value();
}

// Keeps the commit thread busy, so that what is committed meanwhile waits and
// then goes as one group.
class Blocker {
 public:
  explicit Blocker(Store& store) {
    store.Commit(
        [this](Transaction&) {
          running_.set_value();
          released_.get_future().wait();
          return absl::OkStatus();
        },
        [this](absl::Status) { ended_.set_value(); });
    running_.get_future().wait();
  }
  void Release() {
    released_.set_value();
    ended_.get_future().wait();
  }

 private:
  std::promise<void> running_, released_, ended_;
};

TEST(StoreTest, ACommittedEditIsThereAfterReopening) {
  TestStore store;
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "1")), IsOk());
  EXPECT_EQ(Value(*store, kA), "1");
  store.Reopen();
  EXPECT_EQ(Value(*store, kA), "1");
}

TEST(StoreTest, WritesAreVisibleWhenDoneIsCalled) {
  TestStore store;
  std::promise<bool> seen;
  store->Commit(Putting(kA, "1"),
                [&](absl::Status) { seen.set_value(Has(*store, kA)); });
  EXPECT_TRUE(seen.get_future().get());
}

TEST(StoreTest, AFailedEditLeavesNothing) {
  TestStore store;
  EXPECT_THAT(store->CommitAndWait([](Transaction& txn) {
    txn.Put(kA, "1");
    txn.Log(1, "x", false);
    return absl::AbortedError("stale etag");
  }),
              StatusIs(absl::StatusCode::kAborted, "stale etag"));
  EXPECT_FALSE(Has(*store, kA));
  EXPECT_EQ((*store->Read())->revision(), 0);
}

TEST(StoreTest, WaitingEditsShareOneCommitAndSeeEachOther) {
  TestStore store;
  std::vector<uint64_t> commits;
  std::vector<std::string> ended;
  Store::Subscription subscription =
      store->Subscribe([&](uint64_t revision) { commits.push_back(revision); });
  Blocker blocker(*store);
  for (const std::string name : {"first", "second", "third"})
    store->Commit(
        [name](Transaction& txn) {
          txn.Put(kA, (*txn.Get(kA)).value_or("") + name + " ");
          txn.Log(1, name, false);
          return absl::OkStatus();
        },
        [&ended, name](absl::Status status) {
          ended.push_back(name + (status.ok() ? " ok" : " failed"));
        });
  blocker.Release();
  ASSERT_THAT(store->CommitAndWait(Putting(kB, "")), IsOk());

  EXPECT_EQ(Value(*store, kA), "first second third ");
  EXPECT_THAT(ended, ElementsAre("first ok", "second ok", "third ok"));
  subscription = {};
  EXPECT_THAT(commits, ElementsAre(3, 4));
}

TEST(StoreTest, AFailedEditInAGroupHarmsNoOther) {
  TestStore store;
  std::vector<absl::StatusCode> ended;
  const auto note = [&ended](absl::Status status) {
    ended.push_back(status.code());
  };
  Blocker blocker(*store);
  store->Commit(Putting(kA, "1"), note);
  store->Commit(
      [](Transaction& txn) {
        txn.Erase(kA);
        txn.Put(kB, "1");
        return absl::NotFoundError("");
      },
      note);
  store->Commit(
      [](Transaction& txn) {
        return *txn.Get(kA) == "1" ? absl::OkStatus() : absl::InternalError("");
      },
      note);
  blocker.Release();
  ASSERT_THAT(store->CommitAndWait(Putting(MetaKey("c"), "")), IsOk());

  EXPECT_THAT(ended,
              ElementsAre(absl::StatusCode::kOk, absl::StatusCode::kNotFound,
                          absl::StatusCode::kOk));
  EXPECT_EQ(Value(*store, kA), "1");
  EXPECT_FALSE(Has(*store, kB));
}

TEST(StoreTest, AGroupIsBoundedInEditsAndBytes) {
  TestStore store([](RocksDbOptions&, StoreOptions& options) {
    options.group_edits = 4;
    options.group_bytes = 100;
  });
  std::vector<uint64_t> commits;
  Store::Subscription subscription =
      store->Subscribe([&](uint64_t revision) { commits.push_back(revision); });
  Blocker blocker(*store);
  for (int i = 0; i < 6; ++i)
    store->Commit(
        [i](Transaction& txn) {
          txn.Put(MetaKey(std::to_string(i)),
                  std::string(i < 4 ? 1 : 200, 'x'));
          txn.NextRevision();
          return absl::OkStatus();
        },
        [](absl::Status) {});
  blocker.Release();
  store.Reopen();  // Ends the commit thread; the subscription was for it.

  EXPECT_THAT(commits, ElementsAre(4, 5, 6));
}

TEST(StoreTest, AnEditWithoutWritesIsNoCommit) {
  TestStore store;
  EXPECT_THAT(
      store->CommitAndWait([](Transaction&) { return absl::OkStatus(); }),
      IsOk());
  EXPECT_EQ((*store->Read())->revision(), 0);
}

TEST(StoreTest, UnloggedWritesRaiseTheRevision) {
  TestStore store;
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "1")), IsOk());
  EXPECT_EQ((*store->Read())->revision(), 1);
}

TEST(StoreTest, AReaderKeepsItsState) {
  TestStore store;
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "old")), IsOk());
  const std::unique_ptr<const Reader> before = *store->Read();
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "new")), IsOk());
  EXPECT_EQ(*before->Get(kA), "old");
  EXPECT_EQ(Value(*store, kA), "new");
}

TEST(StoreTest, AFullQueueRefusesAtOnce) {
  TestStore store(
      [](RocksDbOptions&, StoreOptions& options) { options.queue_limit = 2; });
  Blocker blocker(*store);
  for (int i = 0; i < 2; ++i)
    store->Commit(Putting(kA, "1"), [](absl::Status) {});
  EXPECT_THAT(store->CommitAndWait(Putting(kB, "1")),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("later")));
  blocker.Release();
  EXPECT_THAT(store->CommitAndWait(Putting(kA, "2")), IsOk());
  EXPECT_FALSE(Has(*store, kB));
}

TEST(StoreTest, ClosingFinishesWhatWaits) {
  TestStore store;
  int ended = 0;
  for (int i = 0; i < 100; ++i)
    store->Commit(Putting(MetaKey(std::to_string(i)), ""),
                  [&ended](absl::Status status) { ended += status.ok(); });
  store.Reopen();
  EXPECT_EQ(ended, 100);
  EXPECT_TRUE(Has(*store, MetaKey("99")));
}

TEST(StoreTest, AnEndedSubscriptionIsSilent) {
  TestStore store;
  int first = 0, second = 0;
  Store::Subscription a = store->Subscribe([&](uint64_t) { ++first; });
  Store::Subscription b = store->Subscribe([&](uint64_t) { ++second; });
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "1")), IsOk());
  b = std::move(a);
  // A CommitAndWait may return before the watchers run; the next one not.
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "2")), IsOk());
  ASSERT_THAT(store->CommitAndWait(Putting(kA, "3")), IsOk());
  b = {};
  EXPECT_GE(first, 2);
  EXPECT_LE(second, 1);
}

TEST(StoreTest, ManyThreadsCountWithoutLoss) {
  TestStore store;
  const auto add = [](Transaction& txn) {
    const auto value = *txn.Get(kA);
    const uint64_t count = value ? *ParseFixedBytes(*value) : 0;
    txn.Put(kA, FixedBytes(count + 1));
    txn.Log(1, "x", false);
    return absl::OkStatus();
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n)
        EXPECT_THAT(store->CommitAndWait(add), IsOk());
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ParseFixedBytes(*Value(*store, kA)), 400);
  EXPECT_EQ((*store->Read())->revision(), 400);
}

// An engine over which another process writes, too.
class SharedEngine : public Engine {
 public:
  SharedEngine(std::unique_ptr<Engine> engine, int interventions)
      : engine_(std::move(engine)), interventions_(interventions) {}

  std::string id() const override { return engine_->id(); }
  absl::StatusOr<std::unique_ptr<Reader>> Snapshot() const override {
    return engine_->Snapshot();
  }
  absl::Status Commit(const Batch& batch) override {
    if (interventions_-- > 0) {
      const uint64_t revision = (*engine_->Snapshot())->revision();
      EXPECT_THAT(
          engine_->Commit(
              {revision, revision + 1, {{kA, std::to_string(revision + 1)}}}),
          IsOk());
    }
    return engine_->Commit(batch);
  }
  absl::Status Health() const override { return engine_->Health(); }

 private:
  const std::unique_ptr<Engine> engine_;
  int interventions_;
};

TEST(StoreTest, EditsRunAgainWhenAnotherProcessWasFaster) {
  const testing::TempDir dir;
  auto engine = *OpenRocksDbEngine({.folder = dir.path() + "/store"});
  auto store =
      *Store::Open(std::make_unique<SharedEngine>(std::move(engine), 3));
  int runs = 0;
  ASSERT_THAT(store->CommitAndWait([&](Transaction& txn) {
    ++runs;
    txn.Put(kB, (*txn.Get(kA)).value_or("none"));
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_EQ(runs, 4);
  EXPECT_EQ(Value(*store, kB), "3");
  EXPECT_EQ((*store->Read())->revision(), 4);
}

TEST(StoreTest, OptionsThatCannotWorkAreRefused) {
  const testing::TempDir dir;
  EXPECT_THAT(Store::Open(*OpenRocksDbEngine({.folder = dir.path() + "/store"}),
                          {.queue_limit = 0})
                  .status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace heimweg::storage
