#include "storage/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace heimweg::storage {
namespace {

using ::testing::Eq;
using ::testing::Ge;
using ::testing::Lt;
using ::testing::Optional;

constexpr uint32_t kTable = 7;

// Short texts of few different bytes, so that prefixes and repeats are common.
class RandomText {
 public:
  std::string operator()() {
    static constexpr char kBytes[] = {'\0', '\x01', 'a', '\xfe', '\xff'};
    std::string text(random_() % 5, '\0');
    for (char& c : text) c = kBytes[random_() % sizeof(kBytes)];
    return text;
  }

 private:
  std::mt19937 random_{20261123};
};

TEST(KeysTest, IndexKeysOfAnyBytesAreReadBack) {
  RandomText text;
  for (int i = 0; i < 5'000; ++i) {
    const IndexEntry entry{text(), text()};
    EXPECT_THAT(ParseIndexKey(kTable, IndexKey(kTable, entry.term, entry.id)),
                Optional(Eq(entry)));
  }
}

TEST(KeysTest, IndexKeysSortByTermAndThenById) {
  RandomText text;
  for (int i = 0; i < 5'000; ++i) {
    const std::pair<std::string, std::string> a{text(), text()};
    const std::pair<std::string, std::string> b{text(), text()};
    EXPECT_EQ(IndexKey(kTable, a.first, a.second) <
                  IndexKey(kTable, b.first, b.second),
              a < b);
  }
}

TEST(KeysTest, RangesHoldExactlyTheKeysTheyName) {
  RandomText text;
  const auto in = [](const KeyRange& range, const std::string& key) {
    return key >= range.begin && key < range.end;
  };
  for (int i = 0; i < 5'000; ++i) {
    const std::string term = text(), other = text(), id = text(),
                      prefix = text();
    const bool has_prefix = id.compare(0, prefix.size(), prefix) == 0;
    EXPECT_EQ(in(RecordRange(kTable, prefix), RecordKey(kTable, id)),
              has_prefix);
    EXPECT_EQ(in(IndexRange(kTable, term, prefix), IndexKey(kTable, other, id)),
              term == other && has_prefix);
    EXPECT_EQ(in(TermRange(kTable, term, "b"), IndexKey(kTable, other, id)),
              other >= term && other < "b");
    EXPECT_EQ(in(TermRange(kTable, term, ""), IndexKey(kTable, other, id)),
              other >= term);
  }
}

TEST(KeysTest, RowsOfOneSearchShareItsPrefix) {
  const auto prefix = [](const std::string& key) {
    return key.substr(0, SearchPrefixBytes(key));
  };
  const std::string zero("a\0b", 3);
  EXPECT_EQ(prefix(IndexKey(1, zero, "id")), IndexKey(1, zero, ""));
  EXPECT_EQ(prefix(IndexKey(1, "bcd", "id")), IndexKey(1, "bcd", ""));
  // A block of 8 bytes, one of which is written as two.
  const std::string block("b1234567\0", 9);
  const std::string first = IndexKey(1, block, "");
  EXPECT_EQ(prefix(first), first.substr(0, first.size() - 2));
  EXPECT_EQ(prefix(IndexKey(1, block + "more", "id")), prefix(first));
  EXPECT_NE(prefix(IndexKey(1, "b12345678", "id")), prefix(first));
  for (const std::string& other :
       {RecordKey(1, "id"), LogKey(3), MetaKey("t"), std::string(),
        first.substr(0, 6), first.substr(0, first.size() - 4),
        IndexKey(1, "torn", "").substr(0, 9)}) {
    EXPECT_EQ(SearchPrefixBytes(other), 0);
  }
}

TEST(KeysTest, AnotherTablesRowsAreNeverInRange) {
  RandomText text;
  for (int i = 0; i < 1'000; ++i) {
    const KeyRange range = TableRange(kTable);
    for (const uint32_t other : {0U, kTable - 1, kTable + 1, 0xffffffffU}) {
      const std::string record = RecordKey(other, text());
      const std::string index = IndexKey(other, text(), text());
      EXPECT_FALSE(record >= range.begin && record < range.end);
      EXPECT_FALSE(index >= range.begin && index < range.end);
    }
  }
}

TEST(KeysTest, IdsSortAsTheResourceNamesDo) {
  EXPECT_THAT(RecordKey(kTable, "a-b/c"), Lt(RecordKey(kTable, "a/b")));
  EXPECT_THAT(std::string("networks/a-b/jobs/c"), Lt("networks/a/jobs/b"));
}

TEST(KeysTest, LogKeysSortByRevision) {
  EXPECT_THAT(LogKey(255), Lt(LogKey(256)));
  EXPECT_THAT(LogKey(0xffffffff), Lt(LogKey(uint64_t{1} << 32)));
  EXPECT_THAT(ParseLogKey(LogKey(123'456'789)), Optional(123'456'789));
}

TEST(KeysTest, RequestsThatExpireBeforeATimeAreInItsRange) {
  const std::string digest(32, '\xff');
  const KeyRange range = RequestExpiryRange(1'000);
  EXPECT_THAT(RequestExpiryKey(999, digest), Lt(range.end));
  EXPECT_THAT(RequestExpiryKey(0, digest), Ge(range.begin));
  EXPECT_THAT(RequestExpiryKey(1'000, digest), Ge(range.end));
  EXPECT_EQ(ParseRequestExpiryKey(RequestExpiryKey(999, digest))->digest,
            digest);
}

TEST(KeysTest, ForeignAndTornKeysAreNotParsed) {
  const std::string key = IndexKey(kTable, "term", "");
  EXPECT_EQ(ParseIndexKey(kTable, key.substr(0, key.size() - 1)), std::nullopt);
  EXPECT_EQ(ParseIndexKey(kTable + 1, key), std::nullopt);
  EXPECT_EQ(ParseRecordId(kTable, key), std::nullopt);
  EXPECT_EQ(ParseLogKey(LogKey(1).substr(0, 5)), std::nullopt);
  EXPECT_FALSE(ParseRequestExpiryKey("x").has_value());
  EXPECT_EQ(ParseFixedBytes("1234567"), std::nullopt);
}

}  // namespace
}  // namespace heimweg::storage
