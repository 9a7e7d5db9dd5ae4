// `heimweg import` from a partner's file into a real heimwegd and back out:
// twice, in full, as a dry run, and with what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/test_console.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"
#include "tests/support/temp_dir.h"

namespace heimweg::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Estate(int number, absl::string_view rent = "400",
                   absl::string_view action = "") {
  return absl::StrCat(
      "<immobilie><objektkategorie><nutzungsart WOHNEN='1'/><vermarktungsart "
      "MIETE_PACHT='1'/><objektart><wohnung/></objektart></objektkategorie>"
      "<geo><plz>03238</plz></geo><preise><nettokaltmiete>",
      rent, "</nettokaltmiete></preise><freitexte><objekttitel>W", number,
      "</objekttitel></freitexte><verwaltung_techn><objektnr_extern>", number,
      "</objektnr_extern><aktion aktionart='", action,
      "'/><stand_vom>2026-03-20</stand_vom></verwaltung_techn></immobilie>\n");
}

class ImportTest : public ::testing::Test {
 protected:
  // The service wants request ids to be UUIDs, or none.
  ImportTest() {
    console_.console.new_request_id = [] { return std::string(); };
  }
  static std::vector<std::string> Flags(const SampleWorld& world) {
    return world.Flags("stores");
  }
  // Imports a transfer of these estates; the exit code.
  int Import(const std::string& extent, const std::string& estates,
             const std::string& flags = "") {
    const std::string path = absl::StrCat(dir_.path(), "/objects.xml");
    std::ofstream(path) << "<openimmo><uebertragung umfang='" << extent
                        << "'/><anbieter><openimmo_anid>A</openimmo_anid>"
                        << estates << "</anbieter></openimmo>";
    return Run(absl::StrCat("import openimmo --network n ", flags, " ", path));
  }
  int Run(const std::string& words) {
    return console_.Run(
        absl::StrCat("--server ", server_.address(), " --json ", words));
  }
  std::string Out() const { return console_.out.str(); }
  std::string Errors() const { return console_.err.str(); }
  std::string Homes() {
    Run("homes list --network n");
    return Out();
  }

  const SampleWorld world_;
  Heimwegd server_{Flags(world_)};
  const TempDir dir_;
  cli::TestConsole console_;
};

TEST_F(ImportTest, TheSameFileTwiceChangesNothing) {
  EXPECT_EQ(Import("TEIL", Estate(1) + Estate(2)), 0);
  EXPECT_THAT(Out(), HasSubstr("\"created\":\"2\""));
  EXPECT_EQ(Import("TEIL", Estate(1) + Estate(2)), 0);
  EXPECT_THAT(Out(), AllOf(HasSubstr("\"created\":\"0\""),
                           HasSubstr("\"unchanged\":\"2\"")));
}

TEST_F(ImportTest, DeletesAndLeavesWhatAPartialLoadDoesNotName) {
  Import("TEIL", Estate(1) + Estate(2) + Estate(3));
  EXPECT_EQ(
      Import("TEIL", Estate(2, "400", "DELETE") + Estate(9, "400", "DELETE")),
      0);
  EXPECT_THAT(Out(), HasSubstr("\"removed\":\"1\""));
  EXPECT_THAT(Homes(), AllOf(HasSubstr("\"W1\""), Not(HasSubstr("\"W2\"")),
                             HasSubstr("\"W3\"")));
}

TEST_F(ImportTest, AFullLoadRemovesWhatIsAbsentUpToAShare) {
  std::string all;
  for (int i = 0; i < 10; ++i) all += Estate(i);
  Import("TEIL", all);
  std::string most;
  for (int i = 1; i < 9; ++i) most += Estate(i);
  EXPECT_EQ(Import("VOLL", most), 0);
  EXPECT_THAT(Out(), HasSubstr("\"removed\":\"2\""));
  EXPECT_NE(Import("VOLL", Estate(1) + Estate(77)), 0);
  EXPECT_THAT(Errors(), AllOf(HasSubstr("lacks 7 of the 8"),
                              HasSubstr("--confirm-removals")));
  EXPECT_THAT(Homes(), AllOf(HasSubstr("\"W8\""), HasSubstr("\"W77\"")));
  EXPECT_EQ(Import("VOLL", Estate(1) + Estate(77), "--confirm-removals"), 0);
  EXPECT_THAT(Out(), HasSubstr("\"removed\":\"7\""));
  EXPECT_THAT(Homes(), AllOf(HasSubstr("\"W1\""), Not(HasSubstr("\"W8\""))));
}

TEST_F(ImportTest, AFullLoadThatBreaksOffRemovesNothing) {
  Import("TEIL", Estate(1) + Estate(2));
  EXPECT_NE(Import("VOLL", Estate(1) + "<immobilie></anbieter>",
                   "--confirm-removals"),
            0);
  EXPECT_THAT(Errors(), AllOf(HasSubstr("line 2"),
                              HasSubstr("immobilie[1]; nothing was removed")));
  EXPECT_THAT(Homes(), HasSubstr("\"W2\""));
}

TEST_F(ImportTest, ADryRunShowsTheDifferenceAndStoresNothing) {
  Import("TEIL", Estate(1) + Estate(2) + Estate(3));
  EXPECT_EQ(Import("VOLL", Estate(1) + Estate(2, "450") + Estate(4),
                   "--dry-run --confirm-removals"),
            0);
  EXPECT_THAT(
      Out(),
      AllOf(HasSubstr("{\"change\":\"~\",\"offer\":\"2\",\"text\":"
                      "\"monthly_cold_rent_cents\"}"),
            HasSubstr("{\"change\":\"+\",\"offer\":\"4\",\"text\":\"W4\"}"),
            HasSubstr("{\"change\":\"-\""), HasSubstr("\"created\":\"1\""),
            HasSubstr("\"updated\":\"1\""), HasSubstr("\"unchanged\":\"1\""),
            HasSubstr("\"removed\":\"1\""), HasSubstr("\"dryRun\":true")));
  EXPECT_THAT(Homes(), AllOf(HasSubstr("\"W3\""), Not(HasSubstr("\"W4\""))));
}

TEST_F(ImportTest, RejectsAreCorrectedAndImportedAgain) {
  const std::string rejects = absl::StrCat(dir_.path(), "/rejects.jsonl");
  // 99999 is no postcode, which only the service knows.
  std::string wrong = Estate(2);
  wrong.replace(wrong.find("03238"), 5, "99999");
  EXPECT_EQ(
      Import("TEIL", Estate(1) + wrong, absl::StrCat("--rejects ", rejects)),
      3);
  EXPECT_THAT(Errors(), AllOf(HasSubstr("line 2, anbieter[1]/immobilie[2]"),
                              HasSubstr("place.postal_code")));
  std::string corrected = heimweg::testing::ContentsOf(rejects);
  ASSERT_NE(corrected.find("99999"), std::string::npos);
  corrected.replace(corrected.find("99999"), 5, "03238");
  std::ofstream(rejects) << corrected;
  EXPECT_EQ(Run(absl::StrCat("import jsonl -n n -k homes ", rejects)), 0);
  EXPECT_THAT(Homes(), HasSubstr("\"W2\""));
  EXPECT_EQ(Import("TEIL", Estate(1) + Estate(2)), 0);
  EXPECT_THAT(Out(), HasSubstr("\"unchanged\":\"2\""));
}

TEST_F(ImportTest, ARowRejectedWithoutItsIdKeepsAFullLoadFromRemoving) {
  Import("TEIL", Estate(1) + Estate(2) + Estate(3));
  std::string nameless = Estate(2);
  nameless.replace(nameless.find("<objektnr_extern>2</objektnr_extern>"), 36,
                   "");
  EXPECT_NE(
      Import("VOLL", Estate(1) + nameless + Estate(3), "--most-removals 90"),
      0);
  EXPECT_THAT(Errors(), HasSubstr("rejected before their id was known"));
  EXPECT_THAT(Homes(), HasSubstr("\"W2\""));
}

}  // namespace
}  // namespace heimweg::testing
