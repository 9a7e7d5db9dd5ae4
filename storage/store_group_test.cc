// How edits that wait together are grouped, bounded and finished.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <utility>
#include <vector>

#include "storage/keys.h"
#include "storage/store.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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
        [this](const absl::Status&) { ended_.set_value(); });
    running_.get_future().wait();
  }
  void Release() {
    released_.set_value();
    ended_.get_future().wait();
  }

 private:
  std::promise<void> running_, released_, ended_;
};

TEST(StoreGroupTest, WaitingEditsShareOneCommitAndSeeEachOther) {
  TestStore store;
  std::vector<uint64_t> commits;
  std::vector<std::string> ended;
  Store::Subscription subscription =
      store->Subscribe([&](uint64_t revision) { commits.push_back(revision); });
  Blocker blocker(*store);
  for (const std::string name : {"first", "second", "third"}) {
    store->Commit(
        [name](Transaction& txn) {
          txn.Put(KeyA(), (*txn.Get(KeyA())).value_or("") + name + " ");
          txn.Log(1, name, false);
          return absl::OkStatus();
        },
        [&ended, name](const absl::Status& status) {
          ended.push_back(name + (status.ok() ? " ok" : " failed"));
        });
  }
  blocker.Release();

  LetWatchersRun(*store);

  EXPECT_EQ(Value(*store, KeyA()), "first second third ");
  EXPECT_THAT(ended, ElementsAre("first ok", "second ok", "third ok"));
  EXPECT_THAT(commits, ElementsAre(3));
}

TEST(StoreGroupTest, AFailedEditInAGroupHarmsNoOther) {
  TestStore store;
  std::vector<absl::StatusCode> ended;
  const auto note = [&ended](const absl::Status& status) {
    ended.push_back(status.code());
  };
  Blocker blocker(*store);
  store->Commit(Putting(KeyA(), "1"), note);
  store->Commit(
      [](Transaction& txn) {
        txn.Erase(KeyA());
        txn.Put(KeyB(), "1");
        return absl::NotFoundError("");
      },
      note);
  store->Commit(
      [](Transaction& txn) {
        return *txn.Get(KeyA()) == "1" ? absl::OkStatus()
                                       : absl::InternalError("");
      },
      note);
  blocker.Release();
  ASSERT_THAT(store->CommitAndWait(Putting(MetaKey("c"), "")), IsOk());

  EXPECT_THAT(ended,
              ElementsAre(absl::StatusCode::kOk, absl::StatusCode::kNotFound,
                          absl::StatusCode::kOk));
  EXPECT_EQ(Value(*store, KeyA()), "1");
  EXPECT_FALSE(Value(*store, KeyB()).has_value());
}

TEST(StoreGroupTest, AGroupIsBoundedInEditsAndBytes) {
  TestStore store([](RocksDbOptions&, StoreOptions& options) {
    options.group_edits = 4;
    options.group_bytes = 100;
  });
  std::vector<uint64_t> commits;
  Store::Subscription subscription =
      store->Subscribe([&](uint64_t revision) { commits.push_back(revision); });
  Blocker blocker(*store);
  for (int i = 0; i < 6; ++i) {
    store->Commit(
        [i](Transaction& txn) {
          txn.Put(MetaKey(std::to_string(i)),
                  std::string(i < 4 ? 1 : 200, 'x'));
          txn.NextRevision();
          return absl::OkStatus();
        },
        [](const absl::Status&) {});
  }
  blocker.Release();
  LetWatchersRun(*store);

  EXPECT_THAT(commits, ElementsAre(4, 5, 6));
}

TEST(StoreGroupTest, AFullQueueRefusesAtOnce) {
  TestStore store(
      [](RocksDbOptions&, StoreOptions& options) { options.queue_limit = 2; });
  Blocker blocker(*store);
  std::promise<void> waited;
  store->Commit(Putting(KeyA(), "1"), [](const absl::Status&) {});
  store->Commit(Putting(KeyA(), "1"),
                [&waited](const absl::Status&) { waited.set_value(); });
  EXPECT_THAT(store->CommitAndWait(Putting(KeyB(), "1")),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("later")));
  blocker.Release();
  waited.get_future().wait();
  EXPECT_THAT(store->CommitAndWait(Putting(KeyA(), "2")), IsOk());
  EXPECT_FALSE(Value(*store, KeyB()).has_value());
}

TEST(StoreGroupTest, ClosingFinishesWhatWaits) {
  TestStore store;
  int ended = 0;
  for (int i = 0; i < 100; ++i) {
    store->Commit(
        Putting(MetaKey(std::to_string(i)), ""),
        [&ended](const absl::Status& status) { ended += status.ok(); });
  }
  store.Reopen();
  EXPECT_EQ(ended, 100);
  EXPECT_TRUE(Value(*store, MetaKey("99")).has_value());
}

}  // namespace
}  // namespace heimweg::storage
