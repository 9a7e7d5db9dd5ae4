// heimweg batch offers --kind.
#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OffersCallTest : public ::testing::Test {
 protected:
  OffersCallTest() {
    matching::v1::AssignOffersResponse progress;
    progress.set_total_profiles(3);
    matching::v1::AssignOffersResponse first = progress;
    first.set_ranked_profiles(3);
    first.mutable_summary()->set_profiles_with_matches(3);
    first.mutable_summary()->set_assigned_profiles(2);
    first.mutable_summary()->set_total_score(1'500'000);
    first.mutable_summary()->set_best_total_score(1'600'000);
    matching::v1::ScarceOffer& scarce = *first.add_scarce_offers();
    scarce.set_offer("networks/n/jobs/a");
    scarce.set_capacity(1);
    scarce.set_shadow_price_millionths(250'000);
    Add(first, "profiles/p1", "networks/n/jobs/a", 900'000);
    matching::v1::AssignOffersResponse second;
    Add(second, "profiles/p2", "networks/n/jobs/b", 600'000);
    second.mutable_assignments(0)->set_locked(true);
    server_.matching.assignment = {progress, first, second};
  }

  static void Add(matching::v1::AssignOffersResponse& response,
                  const std::string& profile, const std::string& offer,
                  int score) {
    matching::v1::OfferAssignment& added = *response.add_assignments();
    added.set_profile(profile);
    added.set_offer(offer);
    added.set_score_millionths(score);
    added.set_adult("anna");
  }

  std::string File(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(dir_.path(), "/", name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  int Run(const std::string& words) {
    return console_.Run(absl::StrCat(server_.flag(), words));
  }

  const heimweg::testing::TempDir dir_;
  FakeServer server_;
  TestConsole console_;
};

TEST_F(OffersCallTest, PrintsTheShapeThatFilesGive) {
  ASSERT_EQ(Run("--json batch offers --kind jobs --method greedy"), 0)
      << console_.err.str();
  EXPECT_THAT(
      console_.out.str(),
      AllOf(HasSubstr("{\"status\":\"feasible\",\"method\":\"greedy\","
                      "\"objective\":1500000,\"bound\":1600000,\"gap\":"
                      "0.062500000,\"blockingPairs\":0,"),
            HasSubstr("\"assignments\":[{\"person\":\"profiles/p1\",\"offer\":"
                      "\"networks/n/jobs/a\",\"score\":900000,\"adult\":"
                      "\"anna\"},{\"person\":\"profiles/p2\",\"offer\":"
                      "\"networks/n/jobs/b\",\"score\":600000,\"adult\":"
                      "\"anna\",\"locked\":true}]}\n")));
}

TEST_F(OffersCallTest, ShowsWhoGetsWhatAndWhatIsScarce) {
  ASSERT_EQ(Run("batch offers --kind jobs"), 0) << console_.err.str();
  EXPECT_THAT(
      console_.out.str(),
      AllOf(HasSubstr("profiles/p2"), HasSubstr("0.600 locked"),
            HasSubstr("2 of 3 profiles"), HasSubstr("93.750 % of the optimum"),
            HasSubstr("one more opening"), HasSubstr("0.250")));
}

TEST_F(OffersCallTest, AsksForWhatTheOptionsSay) {
  const std::string capacities =
      File("c.csv", "offer,capacity\nnetworks/n/homes/a,4\n");
  const std::string locks = File(
      "l.csv", "profile,offer\nprofiles/p1,networks/n/homes/a\nprofiles/p2,\n");

  ASSERT_EQ(
      Run(absl::StrCat("batch offers --kind homes --network n --top 7 --method "
                       "deferred-acceptance --at 2027-01-01 --pin homes=4 "
                       "--capacities ",
                       capacities, " --locks ", locks)),
      0)
      << console_.err.str();

  const auto& request = server_.matching.last_assign;
  EXPECT_EQ(request.kind(), type::v1::OFFER_KIND_HOME);
  EXPECT_EQ(request.network(), "networks/n");
  EXPECT_EQ(request.limit(), 7);
  EXPECT_EQ(request.method(), matching::v1::ASSIGNMENT_METHOD_STABLE);
  EXPECT_EQ(request.evaluation_time().seconds(), 1'798'761'600);
  ASSERT_EQ(request.revisions_size(), 1);
  ASSERT_EQ(request.capacities_size(), 1);
  EXPECT_EQ(request.capacities(0).offer(), "networks/n/homes/a");
  EXPECT_EQ(request.capacities(0).capacity(), 4);
  ASSERT_EQ(request.locks_size(), 2);
  EXPECT_EQ(request.locks(0).offer(), "networks/n/homes/a");
  EXPECT_EQ(request.locks(1).profile(), "profiles/p2");
  EXPECT_EQ(request.locks(1).offer(), "");
}

TEST_F(OffersCallTest, NamesTheLineOfAFileThatIsWrong) {
  EXPECT_NE(Run(absl::StrCat("batch offers --kind jobs --capacities ",
                             File("c.csv", "offer,capacity\na,many\n"))),
            0);
  EXPECT_THAT(console_.err.str(),
              AllOf(HasSubstr("c.csv:2: column 2"), HasSubstr("whole number")));
  EXPECT_NE(Run(absl::StrCat("batch offers --kind jobs --locks ",
                             File("l.csv", "person,offer\n"))),
            0);
  EXPECT_THAT(console_.err.str(), HasSubstr("profile,offer"));
}

TEST_F(OffersCallTest, NeedsFilesOrAKindNotBoth) {
  EXPECT_NE(Run("batch offers"), 0);
  EXPECT_THAT(console_.err.str(), HasSubstr("--kind"));
  EXPECT_NE(Run("batch offers --kind jobs --edges e.csv"), 0);
  EXPECT_NE(Run("batch offers --kind jobs --per-person 3"), 0);
  EXPECT_THAT(console_.out.str(), Not(HasSubstr("profiles/p1")));
}

}  // namespace
}  // namespace heimweg::cli
