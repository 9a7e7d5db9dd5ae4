#include "services/occupations/kldb.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/occupations/csv_reader.h"

namespace heimweg::occupations {
namespace {

TEST(KldbTest, HasTenAreas37MainGroupsAnd144Groups) {
  std::map<size_t, int> counts;
  for (const KldbEntry& entry : KldbEntries()) ++counts[entry.code.size()];
  EXPECT_EQ(counts, (std::map<size_t, int>{{1, 10}, {2, 37}, {3, 144}}));
}

TEST(KldbTest, IsSortedAndEveryCodeHasTheOneAboveItAndTitles) {
  absl::string_view before;
  for (const KldbEntry& entry : KldbEntries()) {
    EXPECT_LT(before, entry.code);
    before = entry.code;
    EXPECT_FALSE(entry.title.empty());
    EXPECT_EQ(entry.usual_titles.empty(), entry.code.size() < 3) << entry.code;
    if (entry.code.size() > 1) {
      EXPECT_NE(FindKldb(entry.code.substr(0, entry.code.size() - 1)), nullptr);
    }
  }
}

TEST(KldbTest, FindsTheGroupOfALongerCode) {
  ASSERT_NE(FindKldb("81302"), nullptr);
  EXPECT_EQ(FindKldb("81302")->code, "813");
  EXPECT_EQ(FindKldb("999"), nullptr);
  EXPECT_EQ(FindKldb(""), nullptr);
}

TEST(KldbTest, HasTheCodesOfTheOfficialFile) {
  const char* folder = std::getenv("HEIMWEG_TEST_DATA");
  if (folder == nullptr) GTEST_SKIP() << "HEIMWEG_TEST_DATA is not set";
  std::ifstream file(std::string(folder) +
                     "/occupations/kldb2010_v2020_codes.csv");
  if (!file) GTEST_SKIP() << "the file is not there";
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  auto table = CsvTable::Open("kldb", text, {"code"});
  ASSERT_TRUE(table.ok()) << table.status();
  std::set<std::string> official;
  std::vector<std::string> row;
  while (table->Next(row)) {
    if (row[0].size() <= 3) official.insert(row[0]);
  }
  std::set<std::string> ours;
  for (const KldbEntry& entry : KldbEntries()) {
    ours.insert(std::string(entry.code));
  }
  EXPECT_EQ(ours, official);
}

}  // namespace
}  // namespace heimweg::occupations
