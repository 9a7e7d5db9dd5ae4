#include "clients/cli/flags.h"

#include <gmock/gmock.h>

#include "clients/cli/filter_flags.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/status_check.h"
#include "heimweg/housing/v1/home_service.pb.h"
#include "heimweg/jobs/v1/job_service.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::cli {
namespace {

using heimweg::testing::IsOkAndHolds;
using heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(Names, TakeFullNamesAndIds) {
  EXPECT_THAT(NetworkName("n"), IsOkAndHolds("networks/n"));
  EXPECT_THAT(NetworkName("networks/n"), IsOkAndHolds("networks/n"));
  EXPECT_THAT(NetworkName("-"), IsOkAndHolds("networks/-"));
  EXPECT_THAT(OfferName(Area::kJobs, "n", "j"),
              IsOkAndHolds("networks/n/jobs/j"));
  EXPECT_THAT(OfferName(Area::kHomes, "", "networks/n/homes/h"),
              IsOkAndHolds("networks/n/homes/h"));
  EXPECT_THAT(ProfileName("p"), IsOkAndHolds("profiles/p"));
  EXPECT_THAT(ProfileName("profiles/p"), IsOkAndHolds("profiles/p"));
}

TEST(Names, RefuseWhatIsNone) {
  EXPECT_THAT(NetworkName(""), StatusIs(kInvalid));
  EXPECT_THAT(NetworkName("networks/n/jobs/j"), StatusIs(kInvalid));
  EXPECT_THAT(OfferName(Area::kJobs, "", "j"), StatusIs(kInvalid));
  EXPECT_THAT(OfferName(Area::kJobs, "", "networks/n/homes/h"),
              StatusIs(kInvalid, HasSubstr("among jobs")));
  EXPECT_THAT(OfferName(Area::kJobs, "", "networks/n/jobs/"),
              StatusIs(kInvalid));
  EXPECT_THAT(ProfileName("a/b"), StatusIs(kInvalid));
}

TEST(MaskPaths, AreSplitAndInSnakeCase) {
  EXPECT_THAT(MaskPaths({"state, salary.minimumCents", "title,"}),
              ElementsAre("state", "salary.minimum_cents", "title"));
}

TEST(ParseTime, TakesDaysAndMoments) {
  EXPECT_THAT(ParseTime("1970-01-02"),
              IsOkAndHolds(absl::FromUnixSeconds(86400)));
  EXPECT_THAT(ParseTime("1970-01-01T01:00:00+01:00"),
              IsOkAndHolds(absl::UnixEpoch()));
  EXPECT_THAT(ParseTime("tomorrow"), StatusIs(kInvalid));
}

TEST(ParseWeights, TakesPairsAndJsonTheLaterWins) {
  const auto weights =
      ParseWeights({"salary=8,skills=0", R"({"hours": 2, "salary": 9})"});
  ASSERT_THAT(weights.status(), heimweg::testing::IsOk());
  EXPECT_EQ(ToJson(*weights), R"({"skills":0,"hours":2,"salary":9})");
}

TEST(ParseWeights, NamesWhatIsWrong) {
  EXPECT_THAT(ParseWeights({"money=8"}),
              StatusIs(kInvalid, HasSubstr("'money=8'")));
  EXPECT_THAT(ParseWeights({"salary"}), StatusIs(kInvalid));
  EXPECT_THAT(ParseWeights({"{\"money\": 1}"}),
              StatusIs(kInvalid, HasSubstr("--weights")));
}

TEST(ParseRevisions, TakesStoresOnly) {
  EXPECT_THAT(ParseRevisions({"jobs=12", "homes=3"}),
              IsOkAndHolds(Revisions{{"homes", 3}, {"jobs", 12}}));
  EXPECT_THAT(ParseRevisions({"cats=1"}), StatusIs(kInvalid));
  EXPECT_THAT(ParseRevisions({"jobs=-1"}), StatusIs(kInvalid));
}

TEST(FilterFlags, FillTheFilterOfTheKind) {
  CLI::App app;
  auto filter = std::make_shared<housing::v1::HomeFilter>();
  AddFilterFlags(app, filter);
  app.parse(
      "--tenure rent,trial --home-type semi-detached --ags 12062 --ags 05958 "
      "--source s --external-id 7 --include-expired --state published");
  EXPECT_EQ(
      ToJson(*filter),
      R"({"states":["OFFER_STATE_PUBLISHED"],"agsPrefixes":["12062","05958"],)"
      R"("source":"s","externalId":"7","includeExpired":true,)"
      R"("tenures":["TENURE_RENT","TENURE_TRIAL"],)"
      R"("homeTypes":["HOME_TYPE_SEMI_DETACHED"]})");
}

TEST(FilterFlags, RefuseValuesThatThereAreNot) {
  CLI::App app;
  AddFilterFlags(app, std::make_shared<jobs::v1::JobFilter>());
  EXPECT_THROW(app.parse("--state open"), CLI::ParseError);
}

}  // namespace
}  // namespace heimweg::cli
