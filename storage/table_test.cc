#include "storage/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/keys.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TableTest : public ::testing::Test {
 protected:
  // The revision, or 0 and a failed expectation.
  uint64_t Put(const std::string& id, const std::string& text) {
    uint64_t revision = 0;
    EXPECT_THAT(store_->CommitAndWait([&](Transaction& txn) {
      auto result = notes_.Put(txn, id, ANote(text));
      revision = result.value_or(0);
      return result.status();
    }),
                IsOk());
    return revision;
  }

  absl::Status Erase(const std::string& id) {
    return store_->CommitAndWait(
        [&](Transaction& txn) { return notes_.Erase(txn, id).status(); });
  }

  std::vector<std::string> Ids(const Reader& reader, const TableScan& scan) {
    std::vector<std::string> ids;
    auto rows = notes_.Scan(reader, scan);
    EXPECT_THAT(rows, IsOk());
    if (rows.ok()) {
      for (const Row<Note>& row : *rows) ids.push_back(row.id);
    }
    return ids;
  }
  std::vector<std::string> Ids(const TableScan& scan) {
    return Ids(**store_->Read(), scan);
  }

  TestStore store_;
  const Table<Note> notes_ = NoteTable();
};

TEST_F(TableTest, AMissingIdIsNotFound) {
  EXPECT_THAT(notes_.Get(**store_->Read(), "a"),
              StatusIs(absl::StatusCode::kNotFound, "there is no note a"));
  EXPECT_THAT(Erase("a"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(TableTest, ARowCarriesTheRevisionOfItsLastChange) {
  EXPECT_EQ(Put("a", "x"), 1);
  EXPECT_EQ(Put("b", "x"), 2);
  EXPECT_EQ(Put("a", "y"), 3);
  const auto row = notes_.Get(**store_->Read(), "a");
  ASSERT_THAT(row, IsOk());
  EXPECT_EQ(row->id, "a");
  EXPECT_EQ(row->revision, 3);
  EXPECT_EQ(row->record.value(), "y");
}

TEST_F(TableTest, MultiGetAnswersInOrderWithGaps) {
  Put("a", "x");
  Put("b", "y");
  const auto rows = notes_.MultiGet(**store_->Read(), {"b", "none", "a"});
  ASSERT_THAT(rows, IsOkAndHolds(SizeIs(3)));
  EXPECT_EQ((*rows)[0]->record.value(), "y");
  EXPECT_FALSE((*rows)[1].has_value());
  EXPECT_EQ((*rows)[2]->id, "a");
}

TEST_F(TableTest, PutMovesTheIndexRows) {
  Put("a", "xy");
  Put("a", "yz");
  EXPECT_THAT(Ids({.term = "x"}), IsEmpty());
  EXPECT_THAT(Ids({.term = "y"}), ElementsAre("a"));
  EXPECT_THAT(Ids({.term = "z"}), ElementsAre("a"));
}

TEST_F(TableTest, PutWritesOnlyTheIndexRowsThatDiffer) {
  Put("a", "xy");
  ASSERT_THAT(store_->CommitAndWait([&](Transaction& txn) {
    EXPECT_THAT(notes_.Put(txn, "a", ANote("yzz")), IsOk());
    const std::vector<Write> writes = std::move(txn).TakeWrites();
    std::vector<std::string> index_terms;
    for (const Write& write : writes) {
      if (auto entry = ParseIndexKey(notes_.number(), write.key))
        index_terms.push_back(entry->term);
    }
    EXPECT_THAT(index_terms, ElementsAre("x", "z"));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_F(TableTest, WhoKnowsWhatIsStoredWritesTheSameAsPut) {
  const auto writes_of = [&](auto write) {
    std::vector<std::pair<std::string, std::optional<std::string>>> writes;
    EXPECT_THAT(store_->CommitAndWait([&](Transaction& txn) -> absl::Status {
      EXPECT_THAT(write(txn), IsOk());
      for (Write& one : std::move(txn).TakeWrites()) {
        writes.emplace_back(std::move(one.key), std::move(one.value));
      }
      return absl::CancelledError("only looked at");
    }),
                StatusIs(absl::StatusCode::kCancelled));
    return writes;
  };
  const Note before = ANote("xy");
  const Note after = ANote("yz");
  EXPECT_EQ(writes_of([&](Transaction& txn) {
              return notes_.InsertBytes(txn, "a", before.SerializeAsString(),
                                        {"x", "y"});
            }),
            writes_of([&](Transaction& txn) {
              return notes_.Put(txn, "a", before);
            }));
  Put("a", "xy");
  EXPECT_EQ(
      writes_of([&](Transaction& txn) {
        return notes_.Replace(txn, "a", before, after);
      }),
      writes_of([&](Transaction& txn) { return notes_.Put(txn, "a", after); }));
}

TEST_F(TableTest, EraseLeavesOnlyTheLogRow) {
  Put("a", "xy");
  ASSERT_THAT(Erase("a"), IsOk());
  EXPECT_THAT(Ids({}), IsEmpty());
  EXPECT_THAT(Ids({.term = "x"}), IsEmpty());
  const auto changes = *Changes(**store_->Read(), 0, 0);
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_FALSE(changes[0].erased);
  EXPECT_TRUE(changes[1].erased);
}

TEST_F(TableTest, ScansSelectByPrefixTermPositionAndLimit) {
  for (const char* id : {"n/a", "n/b", "n/c", "n-x/a", "o/a"}) Put(id, "t");
  Put("n/d", "u");
  EXPECT_THAT(Ids({}), ElementsAre("n-x/a", "n/a", "n/b", "n/c", "n/d", "o/a"));
  EXPECT_THAT(Ids({.id_prefix = "n/"}),
              ElementsAre("n/a", "n/b", "n/c", "n/d"));
  EXPECT_THAT(Ids({.id_prefix = "n/", .after_id = "n/a", .limit = 2}),
              ElementsAre("n/b", "n/c"));
  EXPECT_THAT(Ids({.id_prefix = "n/", .term = "t"}),
              ElementsAre("n/a", "n/b", "n/c"));
  EXPECT_THAT(Ids({.term = "t", .after_id = "n/b", .limit = 2}),
              ElementsAre("n/c", "o/a"));
  EXPECT_THAT(Ids({.id_prefix = "n/", .after_id = "o"}), IsEmpty());
  EXPECT_THAT(Ids({.id_prefix = "n/", .term = "t", .after_id = "o"}),
              IsEmpty());
  EXPECT_THAT(Ids({.id_prefix = "o/", .after_id = "n/z"}), ElementsAre("o/a"));
}

TEST_F(TableTest, AScanByTermWorksBeyondOneStep) {
  ASSERT_THAT(store_->CommitAndWait([&](Transaction& txn) {
    for (int i = 0; i < 700; ++i) {
      auto put = notes_.Put(txn, std::to_string(10'000 + i), ANote("t"));
      if (!put.ok()) return put.status();
    }
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_THAT(Ids({.term = "t"}), SizeIs(700));
  EXPECT_THAT(Ids({.term = "t", .limit = 512}), SizeIs(512));
  EXPECT_THAT(Ids({.term = "t", .limit = 600}), SizeIs(600));
}

TEST_F(TableTest, VisitStopsWhenToldSo) {
  for (const char* id : {"a", "b", "c"}) Put(id, "t");
  for (const std::optional<std::string>& term :
       {std::optional<std::string>(), std::optional<std::string>("t")}) {
    int visited = 0;
    EXPECT_THAT(notes_.Visit(**store_->Read(), {.term = term},
                             [&](Row<Note>) { return ++visited < 2; }),
                IsOk());
    EXPECT_EQ(visited, 2);
  }
}

TEST_F(TableTest, TermsAreScannedInTheirOrder) {
  Put("a", "vz");
  Put("b", "v");
  Put("c", "x");
  EXPECT_THAT(
      notes_.ScanTerms(**store_->Read(), "v", "y", 0),
      IsOkAndHolds(ElementsAre(IndexEntry{"v", "a"}, IndexEntry{"v", "b"},
                               IndexEntry{"x", "c"})));
  EXPECT_THAT(notes_.ScanTerms(**store_->Read(), "w", "", 1),
              IsOkAndHolds(ElementsAre(IndexEntry{"x", "c"})));
}

TEST_F(TableTest, AnEditReadsItsOwnWrites) {
  Put("a", "t");
  Put("c", "t");
  ASSERT_THAT(store_->CommitAndWait([&](Transaction& txn) {
    EXPECT_THAT(notes_.Put(txn, "b", ANote("t")), IsOk());
    EXPECT_THAT(notes_.Put(txn, "d", ANote("t")), IsOk());
    EXPECT_THAT(notes_.Erase(txn, "a"), IsOk());
    EXPECT_THAT(notes_.Put(txn, "c", ANote("u")), IsOk());
    EXPECT_THAT(Ids(txn, {}), ElementsAre("b", "c", "d"));
    EXPECT_THAT(Ids(txn, {.term = "t"}), ElementsAre("b", "d"));
    EXPECT_THAT(Ids(txn, {.limit = 1}), ElementsAre("b"));
    EXPECT_EQ(notes_.Get(txn, "c")->record.value(), "u");
    EXPECT_THAT(notes_.Get(txn, "a"), StatusIs(absl::StatusCode::kNotFound));
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_THAT(Ids({.term = "t"}), ElementsAre("b", "d"));
}

TEST_F(TableTest, TablesDoNotMix) {
  const Table<Note> other = NoteTable(2);
  Put("a", "t");
  EXPECT_THAT(other.Scan(**store_->Read(), {}), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(other.Scan(**store_->Read(), {.term = "t"}),
              IsOkAndHolds(IsEmpty()));
}

TEST_F(TableTest, AnUnloggedTableTakesRevisionsButNoLogRows) {
  const Table<Note> quiet = NoteTable(2, /*logged=*/false);
  ASSERT_THAT(store_->CommitAndWait([&](Transaction& txn) {
    return quiet.Put(txn, "a", ANote("t")).status();
  }),
              IsOk());
  const auto reader = *store_->Read();
  EXPECT_EQ(quiet.Get(*reader, "a")->revision, 1);
  EXPECT_THAT(Changes(*reader, 0, 0), IsOkAndHolds(IsEmpty()));
}

TEST_F(TableTest, AnEmptyIdIsInvalid) {
  EXPECT_THAT(store_->CommitAndWait([&](Transaction& txn) {
    return notes_.Put(txn, "", ANote("t")).status();
  }),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(TableTest, DamagedRowsAreDataLoss) {
  ASSERT_THAT(store_->CommitAndWait([](Transaction& txn) {
    txn.Put(RecordKey(1, "short"), "1234");
    txn.Put(RecordKey(1, "text"), FixedBytes(1) + "\x0a\x7f");
    txn.Put(IndexKey(1, "t", "gone"), "");
    return absl::OkStatus();
  }),
              IsOk());
  const auto reader = *store_->Read();
  EXPECT_THAT(notes_.Get(*reader, "short"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("note short")));
  EXPECT_THAT(notes_.Get(*reader, "text"),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(notes_.Scan(*reader, {}), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(notes_.Scan(*reader, {.term = "t"}),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace heimweg::storage
