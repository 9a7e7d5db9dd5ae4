// Random edits against a model of plain maps, with reopening between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;

// Three reopenings, each of which leaves a file. A fourth would start a
// compaction, in which ThreadSanitizer reports false races: it does not see how
// the packaged RocksDB counts references. tests/crash compacts a lot.
constexpr int kSteps = 400;
constexpr int kStepsToReopening = 130;

// What the store should hold.
struct Model {
  struct Entry {
    std::string text;
    uint64_t revision = 0;
    bool operator==(const Entry&) const = default;
  };
  using Log = std::vector<std::pair<std::string, bool>>;  // id, erased

  std::map<std::string, Entry> notes;
  Log log;  // The revision of entry i is i + 1.

  void Put(const std::string& id, const std::string& text) {
    log.emplace_back(id, false);
    notes[id] = {text, log.size()};
  }
  void Erase(const std::string& id) {
    if (notes.erase(id) == 1) log.emplace_back(id, true);
  }
};

class StoreModelTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  std::string RandomOf(absl::string_view bytes, size_t min_size) {
    std::string text(min_size + random_() % 4, ' ');
    for (char& c : text) c = bytes[random_() % bytes.size()];
    return text;
  }

  // One edit of a few operations on both sides; sometimes it fails on both.
  void Step() {
    Model next = model_;
    const bool fails = random_() % 8 == 0;
    const absl::Status status = store_->CommitAndWait([&](Transaction& txn) {
      for (uint32_t i = random_() % 6; i > 0; --i) Change(txn, next);
      CompareRecords(txn, next);
      return fails ? absl::CancelledError() : absl::OkStatus();
    });
    EXPECT_EQ(status.ok(), !fails);
    if (!fails) model_ = std::move(next);
  }

  void Change(Transaction& txn, Model& model) {
    const std::string id = RandomOf(kIdBytes, 1);
    if (random_() % 3 == 0) {
      const bool there = model.notes.count(id) == 1;
      EXPECT_EQ(notes_.Erase(txn, id).ok(), there);
      model.Erase(id);
      return;
    }
    const std::string text = RandomOf("xyz", 0);
    model.Put(id, text);
    auto revision = notes_.Put(txn, id, ANote(text));
    ASSERT_THAT(revision, IsOk());
    EXPECT_EQ(*revision, model.log.size());
  }

  void CompareRecords(const Reader& reader, const Model& model) {
    for (const std::string term : {"", "x", "y", "z"}) {
      TableScan scan;
      if (!term.empty()) scan.term = term;
      scan.id_prefix = RandomOf(kIdBytes, 0).substr(0, random_() % 2);
      scan.after_id = random_() % 2 == 0 ? "" : RandomOf(kIdBytes, 1);
      std::map<std::string, Model::Entry> expected;
      for (const auto& [id, entry] : model.notes) {
        if (id.compare(0, scan.id_prefix.size(), scan.id_prefix) == 0 &&
            id > scan.after_id && entry.text.find(term) != std::string::npos) {
          expected[id] = entry;
        }
      }
      auto rows = notes_.Scan(reader, scan);
      ASSERT_THAT(rows, IsOk());
      std::map<std::string, Model::Entry> found;
      for (const Row<Note>& row : *rows) {
        found[row.id] = {row.record.value(), row.revision};
      }
      EXPECT_EQ(found, expected);
      EXPECT_EQ(rows->size(), expected.size());
    }
  }

  void CompareLog() {
    auto changes = Changes(**store_->Read(), 0, 0);
    ASSERT_THAT(changes, IsOk());
    Model::Log found;
    for (const storage::Change& change : *changes) {
      found.emplace_back(change.id, change.erased);
      EXPECT_EQ(change.revision, found.size());
    }
    EXPECT_EQ(found, model_.log);
  }

  static constexpr absl::string_view kIdBytes{"\0\x01/a\xff", 5};

  std::mt19937 random_{GetParam()};
  TestStore store_;
  const Table<Note> notes_ = NoteTable();
  Model model_;
};

TEST_P(StoreModelTest, TheStoreEqualsItsModel) {
  for (int step = 0; step < kSteps; ++step) {
    Step();
    CompareRecords(**store_->Read(), model_);
    if (step % kStepsToReopening == kStepsToReopening - 1) {
      store_.Reopen();
      CompareLog();
    }
    ASSERT_FALSE(HasFailure()) << "step " << step;
  }
  CompareLog();
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoreModelTest, ::testing::Range(1U, 5U));

}  // namespace
}  // namespace heimweg::storage
