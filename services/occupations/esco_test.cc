#include "services/occupations/esco.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/occupations/csv_reader.h"
#include "services/occupations/named_files.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::occupations {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kOccupations[] =
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description\r\n"
    "Occupation,http://data.europa.eu/esco/occupation/1,7115,"
    "Zimmerer/Zimmerin,\"Zimmermann\nZimmererin\","
    "\"Zimmerer sägen, hobeln und \"\"richten\"\" Dachstühle.\"\r\n";

constexpr char kSkills[] =
    "conceptUri,preferredLabel,altLabels,description\n"
    "http://data.europa.eu/esco/skill/1,Holz sägen,Holz zuschneiden,\n";

constexpr char kRelations[] =
    "occupationUri,relationType,skillType,skillUri\n"
    "http://data.europa.eu/esco/occupation/1,essential,skill/competence,"
    "http://data.europa.eu/esco/skill/1\n"
    "http://data.europa.eu/esco/occupation/9,essential,skill/competence,"
    "http://data.europa.eu/esco/skill/1\n";

TEST(CsvReaderTest, ReadsQuotesLinesInFieldsAndMissingNewline) {
  CsvReader reader(
      "\xEF\xBB\xBF"
      "a;\"b;\"\"x\ny\"\r\n\n1;2");
  std::vector<std::string> row;
  ASSERT_TRUE(reader.Next(row));
  EXPECT_THAT(row, ElementsAre("a", "b;\"x\ny"));
  ASSERT_TRUE(reader.Next(row));
  EXPECT_THAT(row, ElementsAre("1", "2"));
  EXPECT_EQ(reader.line(), 4u);
  EXPECT_FALSE(reader.Next(row));
  EXPECT_TRUE(reader.status().ok());
}

TEST(CsvReaderTest, SaysWhereAQuoteIsNotClosed) {
  CsvReader reader("a,b\n1,\"2\n3");
  std::vector<std::string> row;
  ASSERT_TRUE(reader.Next(row));
  EXPECT_FALSE(reader.Next(row));
  EXPECT_THAT(std::string(reader.status().message()), HasSubstr("line 2"));
}

TEST(CsvTableTest, FindsTheColumnLineBelowAHeaderBlock) {
  auto table = CsvTable::Open(
      "x.csv", "Name,ESCO,\nVersion,1,\n\nid,Title,Note\n7,Koch,\n",
      {"title", "id"});
  ASSERT_TRUE(table.ok()) << table.status();
  std::vector<std::string> row;
  ASSERT_TRUE(table->Next(row));
  EXPECT_THAT(row, ElementsAre("Koch", "7"));
}

TEST(CsvTableTest, NamesTheMissingColumn) {
  const auto table =
      CsvTable::Open("x.csv", "id,titel\n1,Koch\n", {"id", "preferredLabel"});
  EXPECT_THAT(std::string(table.status().message()),
              HasSubstr("missing: preferredLabel"));
}

TEST(ReadEscoTest, ReadsOccupationsSkillsAndRelations) {
  const auto esco = ReadEsco({{"de/occupations_de.csv", kOccupations},
                              {"skills_de.csv", kSkills},
                              {"occupationSkillRelations.csv", kRelations}});
  ASSERT_TRUE(esco.ok()) << esco.status();
  ASSERT_EQ(esco->occupations.size(), 1u);
  EXPECT_EQ(esco->occupations[0].isco_group, "7115");
  EXPECT_THAT(esco->occupations[0].other_labels,
              ElementsAre("Zimmermann", "Zimmererin"));
  EXPECT_THAT(esco->occupations[0].description, HasSubstr("\"richten\""));
  EXPECT_THAT(esco->relations, ElementsAre(EscoRelation{0, 0, true}));
  EXPECT_THAT(esco->notes,
              ::testing::Contains(HasSubstr("1 relations name an occupation")));
}

TEST(ReadEscoTest, SaysWhatItExpectedWhereOccupationsAreMissing) {
  const auto esco = ReadEsco({{"skills_de.csv", kSkills}});
  EXPECT_EQ(esco.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(esco.status().message()),
              HasSubstr("occupations_XX.csv"));
}

TEST(ReadNamedFilesTest, RefusesAFileThatIsNoZip) {
  const heimweg::testing::TempDir dir;
  const std::string path = dir.path() + "/esco.zip";
  std::ofstream(path) << "hello";
  const auto files = ReadNamedFiles(path);
  EXPECT_EQ(files.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadNamedFiles(dir.path() + "/nothing").status().code(),
            absl::StatusCode::kNotFound);
}

TEST(ReadNamedFilesTest, ReadsTheTablesOfAFolder) {
  const heimweg::testing::TempDir dir;
  std::ofstream(dir.path() + "/occupations_de.csv") << kOccupations;
  std::ofstream(dir.path() + "/readme.txt") << "no table";
  const auto files = ReadNamedFiles(dir.path());
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(files->size(), 1u);
  EXPECT_TRUE(ReadEsco(*files).ok());
}

}  // namespace
}  // namespace heimweg::occupations
