// `heimweg taxonomies` and `heimweg occupations` against a real heimwegd: what
// is imported answers at once, over a restart, and until it is rolled back.
#include "services/occupations/testing/taxonomies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/cli/testing/test_console.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"
#include "tests/support/temp_dir.h"

namespace heimweg::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kOk = 0;

class TaxonomiesTest : public ::testing::Test {
 protected:
  TaxonomiesTest() {
    Write("kldb.csv", occupations::testing::KldbCsv());
    for (const auto& [name, bytes] : occupations::testing::EscoFiles()) {
      Write(absl::StrCat("esco/", name), bytes);
    }
    for (const auto& [name, bytes] : occupations::testing::CrosswalkFiles()) {
      Write(name, bytes);
    }
  }

  std::string Path(const std::string& name) const {
    return absl::StrCat(dir_.path(), "/", name);
  }
  void Write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path path = Path(name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  static std::vector<std::string> Flags(const SampleWorld& world) {
    return world.Flags("stores");
  }
  // Runs a command with --json; the exit code.
  int Run(const std::string& words) {
    return console_.Run(
        absl::StrCat("--server ", server_.address(), " --json ", words));
  }
  int ImportAll() {
    return Run("taxonomies import kldb " + Path("kldb.csv")) +
           Run("taxonomies import ba-crosswalk " + Path("BA_occupations.csv") +
               " " + Path("BA_skills.csv")) +
           Run("taxonomies import esco " + Path("esco"));
  }
  std::string Out() const { return console_.out.str(); }
  // The ranking for profile.json as soon as it is as it should be; after 30 s
  // as it is.
  std::string RankedJobs(
      const std::function<bool(const std::string& out)>& is_so) {
    const absl::Time end = absl::Now() + absl::Seconds(30);
    do {
      const int code =
          Run("rank --kind jobs --profile-file " + Path("profile.json"));
      if (code != kOk) return console_.err.str();
    } while (!is_so(Out()) && absl::Now() < end);
    return Out();
  }

  const SampleWorld world_;
  Heimwegd server_{Flags(world_)};
  const TempDir dir_;
  cli::TestConsole console_;
};

TEST_F(TaxonomiesTest, AnImportAnswersAtOnceAndOverARestart) {
  ASSERT_EQ(Run("occupations resolve Zimmerer"), kOk);
  EXPECT_THAT(Out(), AllOf(HasSubstr("\"kldbCode\":\"333\""),
                           HasSubstr("\"sure\":true")));
  ASSERT_EQ(ImportAll(), kOk) << console_.err.str();
  const std::string carpenter =
      absl::StrCat("\"escoUri\":\"", occupations::testing::kCarpenterUri, "\"");
  ASSERT_EQ(Run("occupations resolve Zimmerer"), kOk);
  EXPECT_THAT(Out(),
              AllOf(HasSubstr(carpenter), HasSubstr("\"kldbCode\":\"33322\"")));
  EXPECT_EQ(server_.Terminate().exit_code, 0);
  server_.Restart();
  ASSERT_EQ(Run("occupations suggest bauz"), kOk);
  EXPECT_THAT(Out(), HasSubstr(carpenter));
  ASSERT_EQ(Run("occupations skills Holz sägen"), kOk);
  EXPECT_THAT(Out(), HasSubstr("\"title\":\"Holz sägen\""));
  ASSERT_EQ(Run("occupations suggest-skills bau"), kOk);
  EXPECT_THAT(Out(), HasSubstr("Baupläne lesen"));
  ASSERT_EQ(Run("occupations get 33322"), kOk);
  EXPECT_THAT(Out(), HasSubstr("Zimmerer/Zimmerin"));
}

TEST_F(TaxonomiesTest, ARollbackTakesAnImportBack) {
  ASSERT_EQ(ImportAll(), kOk);
  ASSERT_EQ(Run("taxonomies rollback esco"), kOk);
  ASSERT_EQ(Run("occupations resolve Zimmerer"), kOk);
  EXPECT_THAT(Out(), AllOf(HasSubstr("\"kldbCode\":\"33322\""),
                           Not(HasSubstr("escoUri"))));
  ASSERT_EQ(
      Run("taxonomies rollback kldb") + Run("taxonomies rollback ba-crosswalk"),
      kOk);
  ASSERT_EQ(Run("occupations resolve Zimmerer"), kOk);
  EXPECT_THAT(Out(), HasSubstr("\"kldbCode\":\"333\""));
  // All versions are still there; places are no taxonomies.
  ASSERT_EQ(Run("taxonomies list"), kOk);
  EXPECT_THAT(Out(), AllOf(HasSubstr("dataSets/esco/versions/1"),
                           HasSubstr("dataSets/kldb/versions/1"),
                           Not(HasSubstr("geonames"))));
}

TEST_F(TaxonomiesTest, ABrokenFileChangesNothingAndSaysWhere) {
  ASSERT_EQ(ImportAll(), kOk);
  Write("broken.csv",
        occupations::testing::KldbCsv() + "9999;4;Zu viel;;;;;\n");
  EXPECT_NE(Run("taxonomies import kldb " + Path("broken.csv")), kOk);
  EXPECT_THAT(console_.err.str(), HasSubstr("9999"));
  Write("no.zip", "PK\x03\x04 but no more");
  EXPECT_NE(Run("taxonomies import esco " + Path("no.zip")), kOk);
  EXPECT_NE(Run("taxonomies import esco " + Path("nothing")), kOk);
  std::filesystem::create_directories(Path("empty"));
  EXPECT_NE(Run("taxonomies import esco " + Path("empty")), kOk);
  EXPECT_THAT(console_.err.str(), HasSubstr("expected a folder with *.csv"));
  ASSERT_EQ(Run("occupations resolve Zimmerer"), kOk);
  EXPECT_THAT(Out(), HasSubstr("\"kldbCode\":\"33322\""));
}

TEST_F(TaxonomiesTest, OffersAndWishesThatCarryOnlyTitlesMeetByTheirSkills) {
  console_.console.new_request_id = [] { return std::string(); };
  ASSERT_EQ(ImportAll(), kOk);
  Write("jobs.jsonl",
        "{\"source\":\"s\",\"externalId\":\"1\",\"title\":\"Zimmerer m/w/d\","
        "\"remotePercent\":100,\"state\":\"OFFER_STATE_PUBLISHED\"}\n");
  ASSERT_EQ(Run("import jsonl --kind jobs --network n " + Path("jobs.jsonl")),
            kOk)
      << console_.err.str();
  Write(
      "profile.json",
      "{\"adults\":[{\"id\":\"a\",\"seeksJob\":true,\"remoteWelcome\":true,"
      "\"occupations\":[{\"title\":\"Bauzimmerin\"}]}],\"anchors\":[{\"id\":"
      "\"home\",\"place\":{\"location\":{\"latitude\":51.6,\"longitude\":13.7}"
      "}}]}");
  EXPECT_THAT(RankedJobs([](const std::string& out) {
                return out.find("REASON_KEY_SKILLS") != std::string::npos;
              }),
              AllOf(HasSubstr("REASON_KEY_OCCUPATION_SAME"),
                    HasSubstr("REASON_KEY_SKILLS_SHARED"),
                    HasSubstr("Baupläne lesen, Holz sägen")));
}

TEST_F(TaxonomiesTest, WhatIsIndexedAlreadyFollowsAnImportAndARollback) {
  console_.console.new_request_id = [] { return std::string(); };
  const std::string carpenter = occupations::testing::kCarpenterUri;
  Write("jobs.jsonl",
        absl::StrCat("{\"source\":\"s\",\"externalId\":\"1\",\"title\":\"Wir "
                     "suchen dich\",\"occupations\":[{\"escoUri\":\"",
                     carpenter,
                     "\"}],\"remotePercent\":100,\"state\":"
                     "\"OFFER_STATE_PUBLISHED\"}\n"));
  ASSERT_EQ(Run("import jsonl --kind jobs --network n " + Path("jobs.jsonl")),
            kOk)
      << console_.err.str();
  Write(
      "profile.json",
      absl::StrCat("{\"adults\":[{\"id\":\"a\",\"seeksJob\":true,"
                   "\"remoteWelcome\":true,\"occupations\":[{\"escoUri\":\"",
                   carpenter,
                   "\"}]}],\"anchors\":[{\"id\":\"home\",\"place\":"
                   "{\"location\":{\"latitude\":51.6,\"longitude\":13.7}}}]}"));
  const std::string shared = "REASON_KEY_SKILLS_SHARED";
  EXPECT_THAT(RankedJobs([](const std::string& out) {
                return out.find("networks/n/jobs/") != std::string::npos;
              }),
              Not(HasSubstr(shared)));
  // ESCO says what a carpenter has to know in any case.
  ASSERT_EQ(ImportAll(), kOk);
  EXPECT_THAT(RankedJobs([&](const std::string& out) {
                return out.find(shared) != std::string::npos;
              }),
              HasSubstr("Baupläne lesen, Holz sägen"));
  ASSERT_EQ(Run("taxonomies rollback esco"), kOk);
  EXPECT_THAT(RankedJobs([&](const std::string& out) {
                return out.find(shared) == std::string::npos;
              }),
              AllOf(HasSubstr("networks/n/jobs/"), Not(HasSubstr(shared))));
}

TEST_F(TaxonomiesTest, ADryRunOnlyChecks) {
  ASSERT_EQ(Run("taxonomies import esco --dry-run " + Path("esco")), kOk);
  EXPECT_THAT(Out(), HasSubstr("3 skills"));
  EXPECT_NE(Run("occupations resolve Zimmerer --classification esco"), kOk);
  EXPECT_THAT(console_.err.str(), HasSubstr("ESCO was not imported"));
}

TEST_F(TaxonomiesTest, TablesAskWhatIsMeantWhereThatIsNotSure) {
  ASSERT_EQ(console_.Run(absl::StrCat("--server ", server_.address(),
                                      " --lang de occupations resolve "
                                      "Mitarbeiter Büro")),
            kOk);
  EXPECT_THAT(Out(), HasSubstr("Nicht sicher: Welcher Beruf ist gemeint?"));
}

}  // namespace
}  // namespace heimweg::testing
