#include "clients/exporters/csv_columns.h"

#include <gmock/gmock.h>

#include "heimweg/matching/v1/match.pb.h"

namespace heimweg::exporters {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::StartsWith;

TEST(CsvColumns, LeaveOutWhatTheyAreTold) {
  const CsvColumns columns(*matching::v1::Match::descriptor(),
                           {"reasons", "features", "card"});
  EXPECT_THAT(columns.Names(),
              ElementsAre("offer", "score_millionths", "adult", "anchor",
                          "distance_meters", "commute_minutes"));
  matching::v1::Match match;
  match.set_offer("networks/n/jobs/j");
  match.set_score_millionths(7);
  match.set_distance_meters(0);
  match.mutable_card()->set_title("t");
  EXPECT_THAT(columns.Cells(match),
              ElementsAre("networks/n/jobs/j", "7", "", "", "0", ""));
}

TEST(CsvColumns, ReachIntoMessages) {
  const CsvColumns columns(*matching::v1::Match::descriptor());
  EXPECT_THAT(columns.Names(), Contains("card.postal_code"));
  EXPECT_THAT(columns.Names(), Not(Contains("card")));
  EXPECT_THAT(columns.Names(), Contains(StartsWith("reasons.parameters.")));
  EXPECT_EQ(columns.Cells(matching::v1::Match()).size(),
            columns.Names().size());
}

TEST(CsvRow, QuotesWhatWouldBeReadInAnotherWay) {
  EXPECT_EQ(CsvRow({"a", "", "b;c", "d\"e", "f\ng"}),
            "a;;\"b;c\";\"d\"\"e\";\"f\ng\"\r\n");
  EXPECT_EQ(CsvRow({}), "\r\n");
}

}  // namespace
}  // namespace heimweg::exporters
