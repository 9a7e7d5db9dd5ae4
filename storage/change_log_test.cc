#include "storage/change_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

auto IsChange(uint64_t revision, const std::string& id, bool erased) {
  return AllOf(Field(&Change::revision, revision), Field(&Change::id, id),
               Field(&Change::erased, erased));
}

// Logs one change of each id, in one commit.
void LogChanges(Store& store, const std::vector<std::string>& ids) {
  ASSERT_THAT(store.CommitAndWait([&](Transaction& txn) {
    for (const std::string& id : ids) txn.Log(1, id, /*erased=*/false);
    return absl::OkStatus();
  }),
              IsOk());
}

TEST(ChangeLogTest, ChangesFollowTheRevisionTheyAreAskedAfter) {
  TestStore store;
  ASSERT_THAT(store->CommitAndWait([](Transaction& txn) {
    EXPECT_EQ(txn.Log(1, "a", false), 1);
    EXPECT_EQ(txn.Log(2, "b", false), 2);
    EXPECT_EQ(txn.Log(1, "a", true), 3);
    return absl::OkStatus();
  }),
              IsOk());
  const auto reader = *store->Read();
  EXPECT_THAT(
      Changes(*reader, 0, 0),
      IsOkAndHolds(ElementsAre(IsChange(1, "a", false), IsChange(2, "b", false),
                               IsChange(3, "a", true))));
  EXPECT_THAT(Changes(*reader, 1, 1),
              IsOkAndHolds(ElementsAre(IsChange(2, "b", false))));
  EXPECT_THAT(Changes(*reader, 3, 0), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ((*Changes(*reader, 1, 1))[0].table, 2);
  EXPECT_EQ((*Changes(*reader, 1, 1))[0].time, store.clock().AsFunction()());
}

TEST(ChangeLogTest, ChangesEndAtTheReadersRevision) {
  TestStore store;
  LogChanges(*store, {"a"});
  const auto before = *store->Read();
  LogChanges(*store, {"b"});
  EXPECT_THAT(Changes(*before, 0, 0), IsOkAndHolds(SizeIs(1)));
}

TEST(ChangeLogTest, ARevisionAheadOfTheStoreIsOutOfRange) {
  TestStore store;
  LogChanges(*store, {"a"});
  EXPECT_THAT(
      Changes(**store->Read(), 2, 0),
      StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("not of this store")));
}

TEST(ChangeLogTest, OldRowsAreDroppedByAge) {
  TestStore store;
  LogChanges(*store, {"a", "b"});
  store.clock().Advance(absl::Hours(5 * 24));
  LogChanges(*store, {"c"});
  EXPECT_THAT(Changes(**store->Read(), 0, 0), IsOkAndHolds(SizeIs(3)));
  store.clock().Advance(absl::Hours(3 * 24));
  LogChanges(*store, {"d"});

  EXPECT_THAT(
      Changes(**store->Read(), 1, 0),
      StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("from revision 3 on")));
  EXPECT_THAT(Changes(**store->Read(), 2, 0),
              IsOkAndHolds(ElementsAre(IsChange(3, "c", false),
                                       IsChange(4, "d", false))));
  store.Reopen();
  EXPECT_THAT(Changes(**store->Read(), 1, 0),
              StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(ChangeLogTest, OldRowsAreDroppedByCountInSmallSteps) {
  TestStore store([](RocksDbOptions&, StoreOptions& options) {
    options.log_retention.count = 10;
  });
  LogChanges(*store, std::vector<std::string>(500, "a"));
  EXPECT_THAT(Changes(**store->Read(), 63, 0),
              StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(Changes(**store->Read(), 64, 0), IsOkAndHolds(SizeIs(436)));

  for (int i = 0; i < 8; ++i) LogChanges(*store, {"b"});

  const auto reader = *store->Read();
  EXPECT_THAT(Changes(*reader, 508 - 11, 0), IsOkAndHolds(SizeIs(11)));
  EXPECT_THAT(Changes(*reader, 508 - 12, 0),
              StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(ChangeLogTest, RowsOfAnyIdAreReadBack) {
  const absl::Time time = absl::FromUnixMillis(1'234'567'890'123);
  for (const std::string& id :
       {std::string(), std::string("a/b"), std::string("\0\xff\x01", 3)}) {
    for (const bool erased : {false, true}) {
      EXPECT_THAT(ParseChange(9, EncodeChange(0xfffffffe, id, erased, time)),
                  IsOkAndHolds(Change{9, 0xfffffffe, id, erased, time}));
    }
  }
}

TEST(ChangeLogTest, ADamagedRowIsDataLoss) {
  EXPECT_THAT(ParseChange(1, "short"), StatusIs(absl::StatusCode::kDataLoss));
  std::string row = EncodeChange(1, "a", false, absl::UnixEpoch());
  row[16] = 'z';
  EXPECT_THAT(ParseChange(1, row), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace heimweg::storage
