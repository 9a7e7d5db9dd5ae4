// duplicates: what is asked for, what is said of an offer.
#include <gmock/gmock.h>

#include "clients/cli/json.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"

namespace heimweg::cli {
namespace {

using ::testing::HasSubstr;

TEST(DuplicatesCommand, ListsThemWithWhatTheyRepeat) {
  FakeServer server;
  jobs::v1::Job& job = server.jobs.stored.emplace_back();
  job.set_name("networks/n/jobs/b");
  job.set_title("Tischler");
  job.mutable_duplicate_of()->set_offer("networks/m/jobs/a");
  job.mutable_duplicate_of()->set_score(11);
  TestConsole console;
  EXPECT_EQ(
      console.Run(server.flag() + "duplicates list --kind jobs --network n"),
      0);
  EXPECT_TRUE(server.jobs.last_list.filter().only_duplicates());
  EXPECT_EQ(server.jobs.last_list.parent(), "networks/n");
  EXPECT_THAT(console.out.str(), HasSubstr("networks/m/jobs/a"));
  EXPECT_THAT(console.out.str(), HasSubstr("11"));
}

TEST(DuplicatesCommand, SaysWhenThereAreNone) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(
      console.Run(server.flag() + "--lang en duplicates list --kind jobs"), 0);
  EXPECT_THAT(console.out.str(), HasSubstr("No likely duplicates."));
}

TEST(DuplicatesCommand, StoresWhatAPersonSays) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "duplicates split networks/n/jobs/b"),
            0);
  EXPECT_TRUE(server.jobs.last_update.job().duplicate_ruling().distinct());
  EXPECT_EQ(server.jobs.last_update.update_mask().paths(0), "duplicate_ruling");
  EXPECT_EQ(console.Run(server.flag() + "duplicates join networks/n/jobs/b "
                                        "networks/m/jobs/a"),
            0);
  EXPECT_EQ(server.jobs.last_update.job().duplicate_ruling().same_as(),
            "networks/m/jobs/a");
  EXPECT_EQ(console.Run(server.flag() + "duplicates reset networks/n/jobs/b"),
            0);
  EXPECT_FALSE(server.jobs.last_update.job().has_duplicate_ruling());
}

TEST(DuplicatesCommand, RefusesToJoinDifferentKinds) {
  FakeServer server;
  TestConsole console;
  EXPECT_NE(console.Run(server.flag() + "duplicates join networks/n/jobs/b "
                                        "networks/n/homes/a"),
            0);
}

}  // namespace
}  // namespace heimweg::cli
