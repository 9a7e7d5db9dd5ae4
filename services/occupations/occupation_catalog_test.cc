#include "services/occupations/occupation_catalog.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/occupations/catalog_files.h"
#include "services/occupations/named_files.h"
#include "services/occupations/testing/taxonomies.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::occupations {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CatalogImports Imported() {
  CatalogImports imports;
  imports.esco = std::make_shared<const Esco>(*ReadEsco(testing::EscoFiles()));
  imports.kldb = std::make_shared<const KldbFile>(
      *ParseKldb({"kldb.csv", testing::KldbCsv()}));
  imports.crosswalk = std::make_shared<const BaCrosswalk>(
      *ParseBaCrosswalk(testing::CrosswalkFiles()));
  return imports;
}

TEST(OccupationCatalogTest, KnowsTheGroupsOfKldbWithoutAnyImport) {
  const OccupationCatalog& catalog = *OccupationCatalog::BuiltIn();
  EXPECT_THAT(catalog.kldb(), SizeIs(10 + 37 + 144));
  const auto found =
      catalog.Resolve(Scheme::kKldb, "Zimmerer/in (m/w/d) in Vollzeit", 3);
  ASSERT_TRUE(found.sure);
  EXPECT_EQ(found.matches[0].entry.kldb_code, "333");
  EXPECT_EQ(found.matches[0].reason, MatchReason::kSameTitle);
  EXPECT_EQ(found.matches[0].label, "Zimmerer");
  EXPECT_THAT(catalog.Resolve(Scheme::kEsco, "Zimmerer", 3).matches, IsEmpty());
  EXPECT_THAT(catalog.skills().skills(), IsEmpty());
}

TEST(OccupationCatalogTest, ResolvesToTheExactCodeOfAnImportedName) {
  const OccupationCatalog catalog(Imported());
  EXPECT_EQ(catalog.Infer("Zimmerer (m/w/d)").kldb_code, "33322");
  EXPECT_EQ(catalog.Infer("Zimmerermeisterin").kldb_code, "33393");
  // Known to the built-in table alone.
  EXPECT_EQ(catalog.Infer("Trockenbauer").kldb_code, "333");
  EXPECT_EQ(catalog.Infer("Mitarbeiter").kldb_code, "");
}

TEST(OccupationCatalogTest, InfersTheGroupOfTitlesAsPeopleWriteThem) {
  const OccupationCatalog& catalog = *OccupationCatalog::BuiltIn();
  EXPECT_EQ(catalog.Infer("Kfz-Mechatronikerin Teilzeit").kldb_code, "252");
  EXPECT_EQ(catalog.Infer("examinierte Pflegefachkraft (m/w/d)").kldb_code,
            "813");
  EXPECT_EQ(catalog.Infer("Bäcker:in").kldb_code, "292");
  EXPECT_EQ(catalog.Infer("Erzieher*in in Vollzeit").kldb_code, "831");
  EXPECT_EQ(catalog.Infer("LKW-Fahrer").kldb_code, "521");
}

TEST(OccupationCatalogTest, InfersNothingWhereItIsNotSure) {
  const OccupationCatalog& catalog = *OccupationCatalog::BuiltIn();
  for (const char* title : {"", "Tausendsassa", "Wir suchen dich!"}) {
    EXPECT_EQ(catalog.Infer(title).kldb_code, "") << title;
    EXPECT_EQ(catalog.Infer(title).esco, nullptr) << title;
  }
}

TEST(OccupationCatalogTest, RemembersWhatTitlesMeanAndForgetsInTime) {
  InferredTitles titles;
  EXPECT_FALSE(titles.Find("Koch").has_value());
  titles.Put("Koch", {"293", nullptr});
  for (size_t i = 0; i < 10 * InferredTitles::kAtLeast; ++i) {
    titles.Put(std::to_string(i), {});
    // What is asked for stays.
    const auto found = titles.Find("Koch");
    ASSERT_TRUE(found.has_value()) << i;
    ASSERT_EQ(found->kldb_code, "293");
  }
  EXPECT_FALSE(titles.Find("0").has_value());
  // The same answer, remembered or not.
  const OccupationCatalog& catalog = *OccupationCatalog::BuiltIn();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(catalog.Infer("Imkerin").kldb_code, "112") << i;
  }
}

TEST(OccupationCatalogTest, ANameOfTwoTypesHasTheDigitsThatTheyShare) {
  KldbFile file = *ParseKldb({"kldb.csv", testing::KldbCsv()});
  for (KldbRow& row : file.rows) {
    if (row.code == "33322" || row.code == "33393") {
      row.usual_titles = {"Dachfachkraft"};
    }
  }
  CatalogImports imports;
  imports.kldb = std::make_shared<const KldbFile>(std::move(file));
  EXPECT_EQ(OccupationCatalog(imports).Infer("Dachfachkraft").kldb_code, "333");
}

TEST(OccupationCatalogTest, LinksEscoToKldbByTheCrosswalk) {
  const OccupationCatalog catalog(Imported());
  const auto entry = catalog.FindEsco(testing::kCarpenterUri);
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(entry->kldb_code, "33322");
  EXPECT_EQ(entry->esco->preferred_label, "Zimmerer/Zimmerin");
  EXPECT_EQ(catalog.FindEsco("http://data.europa.eu/esco/occupation/0"),
            std::nullopt);
  // A title of the agency's, which ESCO itself does not have.
  EXPECT_EQ(catalog.Infer("Treppenbautechniker").esco, entry->esco);
}

TEST(OccupationCatalogTest, NamesTheSkillsThatAnOccupationNeeds) {
  const OccupationCatalog catalog(Imported());
  const auto skills = catalog.EssentialSkills(testing::kCarpenterUri);
  ASSERT_THAT(skills, SizeIs(2));
  EXPECT_EQ(skills[0]->preferred_label, "Holz sägen");
  EXPECT_THAT(catalog.EssentialSkills("unknown"), IsEmpty());
}

TEST(OccupationCatalogTest, FindsSkillsByTheNamesOfBothSources) {
  const OccupationCatalog catalog(Imported());
  const EscoSkill* sawing = catalog.skills().FindByName("HOLZ SAEGEN");
  ASSERT_NE(sawing, nullptr);
  // An exact match of the crosswalk gives its name, too.
  EXPECT_EQ(catalog.skills().FindByName("Sägen von Holz"), sawing);
  EXPECT_EQ(catalog.skills().FindByName("Holz"), nullptr);
  // Only the crosswalk knows this one.
  EXPECT_NE(catalog.skills().FindByName("Dachstühle richten"), nullptr);
}

TEST(OccupationCatalogTest, SuggestsEachCodeUnderItsOwnNames) {
  const OccupationCatalog catalog(Imported());
  std::vector<std::string> codes;
  for (const auto& one : catalog.Suggest(Scheme::kKldb, "zimmer", 10)) {
    codes.push_back(one.entry.kldb_code);
  }
  EXPECT_THAT(codes, Contains("33322"));
  EXPECT_THAT(codes, Contains("33393"));
  const auto esco = catalog.Suggest(Scheme::kEsco, "zimm", 10);
  ASSERT_THAT(esco, SizeIs(1));
  EXPECT_EQ(esco[0].label, "Zimmerer/Zimmerin");
}

TEST(KldbFileTest, ReadsTheOfficialTableWhoseCodesLackZeros) {
  const auto file = ParseKldb({"kldb.csv", testing::KldbCsv()});
  ASSERT_THAT(file, IsOk());
  const KldbRow& first = file->rows.front();
  EXPECT_EQ(first.code, "0");
  for (const KldbRow& row : file->rows) {
    if (row.code != "01104") continue;
    EXPECT_THAT(row.usual_titles,
                ElementsAre("Offizier - Truppendienst", "Sanitätsoffizier"));
    return;
  }
  FAIL() << "01104 is missing";
}

// Replaces `from` in the good table; the message that refuses the result.
std::string Refusal(const std::string& from, const std::string& to) {
  std::string csv = testing::KldbCsv();
  const size_t at = csv.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  csv.replace(at, from.size(), to);
  const auto file = ParseKldb({"kldb.csv", csv});
  return std::string(file.status().message());
}

TEST(KldbFileTest, SaysLineFieldAndReasonOfWhatIsBroken) {
  EXPECT_THAT(Refusal("\n1;2;", "\n1;6;"),
              HasSubstr("line 3, Ebene: expected 1 to 5"));
  EXPECT_THAT(Refusal("\n1104;5;", "\n11x4;5;"), HasSubstr(", code: expected"));
  EXPECT_THAT(Refusal("\n1104;5;Offiziere;", "\n1104;5;;"),
              HasSubstr("Titel: expected 1 to 200 bytes"));
  EXPECT_THAT(Refusal("\n1104;5;", "\n1105;5;X;X;;;;\n1105;5;"),
              HasSubstr("01105 stands twice"));
  EXPECT_THAT(Refusal("\n110;4;", "\n115;4;"), HasSubstr("is missing"));
  EXPECT_THAT(Refusal("Ebene", "Stufe"),
              HasSubstr("expected KldB 2010 as CSV"));
  EXPECT_THAT(Refusal("Offiziere", "Offizi\xE4re"),
              HasSubstr("line 4: expected UTF-8"));
}

TEST(KldbFileTest, RefusesATableThatEndsEarly) {
  const std::string csv = testing::KldbCsv();
  const auto file = ParseKldb({"kldb.csv", csv.substr(0, csv.size() / 2)});
  EXPECT_THAT(std::string(file.status().message()), HasSubstr("is missing"));
}

TEST(BaCrosswalkTest, ReadsOccupationsAndSkillsBelowTheHeaderBlock) {
  const auto crosswalk = ParseBaCrosswalk(testing::CrosswalkFiles());
  ASSERT_THAT(crosswalk, IsOk());
  ASSERT_FALSE(crosswalk->occupations.empty());
  EXPECT_EQ(crosswalk->occupations[0].kldb_code, "33322");
  EXPECT_EQ(crosswalk->occupations[0].relation, CrosswalkRelation::kExact);
  EXPECT_THAT(crosswalk->skills, SizeIs(2));
  EXPECT_THAT(crosswalk->remarks, IsEmpty());
}

TEST(BaCrosswalkTest, LeavesOutOneBrokenRowOfManyAndRefusesMore) {
  std::string csv = testing::CrosswalkFiles()[0].second;
  csv += "http://data.europa.eu/esco/occupation/1,Z,B 33322-101,Z,skos:odd,\n";
  const auto refused = ParseBaCrosswalk({{"x.csv", csv}});
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("Mapping relation: expected skos:exactMatch"));
  for (int i = 0; i < 120; ++i) {
    csv += "http://data.europa.eu/esco/occupation/1,Z,B 33322-101,Z" +
           std::to_string(i) + ",skos:narrowMatch,\n";
  }
  const auto taken = ParseBaCrosswalk({{"x.csv", csv}});
  ASSERT_THAT(taken, IsOk());
  EXPECT_THAT(taken->remarks, ElementsAre(HasSubstr("Mapping relation")));
}

TEST(OccupationCatalogTest, TakesTheRealFilesAsDownloaded) {
  const char* data = std::getenv("HEIMWEG_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "HEIMWEG_TEST_DATA is not set";
  const std::string folder = std::string(data) + "/occupations/";
  CatalogImports imports;
  const auto kldb = ReadNamedFiles(folder + "kldb2010_v2020_codes.csv");
  ASSERT_THAT(kldb, IsOk());
  auto rows = ParseKldb(kldb->front());
  ASSERT_THAT(rows, IsOk());
  EXPECT_THAT(rows->rows, SizeIs(2'195));
  imports.kldb = std::make_shared<const KldbFile>(*std::move(rows));
  std::vector<NamedFile> tables;
  for (const char* name : {"BA_KldB-DKZ_to_ESCO_occupations_2022-05-18.csv",
                           "BA_Kompetenzen_to_ESCO_skills_2022-05-18.csv"}) {
    const auto read = ReadNamedFiles(folder + "crosswalks/" + name);
    ASSERT_THAT(read, IsOk());
    tables.push_back(read->front());
  }
  auto crosswalk = ParseBaCrosswalk(tables);
  ASSERT_THAT(crosswalk, IsOk());
  // 8,735 rows without the 143 of whole ISCO groups.
  EXPECT_THAT(crosswalk->occupations, SizeIs(8'592));
  EXPECT_THAT(crosswalk->remarks, SizeIs(2));
  imports.crosswalk =
      std::make_shared<const BaCrosswalk>(*std::move(crosswalk));
  const auto esco_files = ReadNamedFiles(folder + "esco_v1.2.0_de");
  ASSERT_THAT(esco_files, IsOk());
  auto esco = ReadEsco(*esco_files);
  ASSERT_THAT(esco, IsOk());
  imports.esco = std::make_shared<const Esco>(*std::move(esco));
  const OccupationCatalog catalog(imports);
  EXPECT_EQ(catalog.Infer("Zimmerer/in (m/w/d)").kldb_code, "33322");
  const EscoOccupation* carpenter = catalog.Infer("Zimmerer/in (m/w/d)").esco;
  ASSERT_NE(carpenter, nullptr);
  EXPECT_EQ(catalog.FindEsco(carpenter->uri)->kldb_code.substr(0, 4), "3332");
}

TEST(OccupationCatalogTest, IsMadeOfTheFilesAsTheyWereDownloaded) {
  const heimweg::testing::TempDir dir;
  const auto write = [&](const std::string& name, const std::string& bytes) {
    const std::string path = dir.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  };
  CatalogPaths paths;
  paths.kldb = write("kldb.csv", testing::KldbCsv());
  paths.esco = write("esco.zip", *PackNamedFiles(testing::EscoFiles()));
  paths.ba_crosswalk =
      write("crosswalk.zip", *PackNamedFiles(testing::CrosswalkFiles()));
  const auto catalog = ReadCatalog(paths);
  ASSERT_THAT(catalog, IsOk());
  EXPECT_EQ((*catalog)->Infer("Zimmerer").kldb_code, "33322");
  EXPECT_EQ((*catalog)->Infer("Zimmerer").esco->uri, testing::kCarpenterUri);
  paths.esco = paths.kldb;
  EXPECT_FALSE(ReadCatalog(paths).ok());
  paths = {.kldb = dir.path() + "/none", .esco = "", .ba_crosswalk = ""};
  EXPECT_FALSE(ReadCatalog(paths).ok());
}

TEST(NamedFilesTest, AZipInMemoryHoldsWhatWasPacked) {
  const auto packed = PackNamedFiles(testing::EscoFiles());
  ASSERT_THAT(packed, IsOk());
  const auto files = NamedFilesOf("esco.zip", *packed);
  ASSERT_THAT(files, IsOk());
  EXPECT_EQ(*files, testing::EscoFiles());
  EXPECT_FALSE(NamedFilesOf("esco.zip", packed->substr(0, 99)).ok());
}

TEST(BaCrosswalkTest, RefusesWhatHasNoRowOfIt) {
  EXPECT_FALSE(ParseBaCrosswalk({}).ok());
  EXPECT_FALSE(ParseBaCrosswalk({{"x.csv", "a,b\n1,2\n"}}).ok());
}

}  // namespace
}  // namespace heimweg::occupations
