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

TEST(StoreTest, ACommittedEditIsThereAfterReopening) {
  TestStore store;
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "1")), IsOk());
  EXPECT_EQ(Value(*store, KeyA()), "1");
  store.Reopen();
  EXPECT_EQ(Value(*store, KeyA()), "1");
}

TEST(StoreTest, WritesAreVisibleWhenDoneIsCalled) {
  TestStore store;
  std::promise<bool> seen;
  store->Commit(Putting(KeyA(), "1"), [&](const absl::Status&) {
    seen.set_value(Value(*store, KeyA()).has_value());
  });
  EXPECT_TRUE(seen.get_future().get());
}

TEST(StoreTest, AFailedEditLeavesNothing) {
  TestStore store;
  EXPECT_THAT(store->CommitAndWait([](Transaction& txn) {
    txn.Put(KeyA(), "1");
    txn.Log(1, "x", false);
    return absl::AbortedError("stale etag");
  }),
              StatusIs(absl::StatusCode::kAborted, "stale etag"));
  EXPECT_FALSE(Value(*store, KeyA()).has_value());
  EXPECT_EQ((*store->Read())->revision(), 0);
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
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "1")), IsOk());
  EXPECT_EQ((*store->Read())->revision(), 1);
}

TEST(StoreTest, AReaderKeepsItsState) {
  TestStore store;
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "old")), IsOk());
  const std::unique_ptr<const Reader> before = *store->Read();
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "new")), IsOk());
  EXPECT_EQ(*before->Get(KeyA()), "old");
  EXPECT_EQ(Value(*store, KeyA()), "new");
}

TEST(StoreTest, AnEndedSubscriptionIsSilent) {
  TestStore store;
  std::vector<uint64_t> first, second;
  Store::Subscription a =
      store->Subscribe([&](uint64_t revision) { first.push_back(revision); });
  Store::Subscription b =
      store->Subscribe([&](uint64_t revision) { second.push_back(revision); });
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "1")), IsOk());
  LetWatchersRun(*store);
  b = std::move(a);
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "2")), IsOk());
  LetWatchersRun(*store);
  b = {};
  ASSERT_THAT(store->CommitAndWait(Putting(KeyA(), "3")), IsOk());
  LetWatchersRun(*store);

  EXPECT_THAT(first, ElementsAre(1, 2));
  EXPECT_THAT(second, ElementsAre(1));
}

TEST(StoreTest, ManyThreadsCountWithoutLoss) {
  TestStore store;
  const auto add = [](Transaction& txn) {
    const auto value = *txn.Get(KeyA());
    const uint64_t count = value ? *ParseFixedBytes(*value) : 0;
    txn.Put(KeyA(), FixedBytes(count + 1));
    txn.Log(1, "x", false);
    return absl::OkStatus();
  };
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        EXPECT_THAT(store->CommitAndWait(add), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ParseFixedBytes(*Value(*store, KeyA())), 400);
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
      EXPECT_THAT(engine_->Commit({revision,
                                   revision + 1,
                                   {{KeyA(), std::to_string(revision + 1)}}}),
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
    txn.Put(KeyB(), (*txn.Get(KeyA())).value_or("none"));
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_EQ(runs, 4);
  EXPECT_EQ(Value(*store, KeyB()), "3");
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
