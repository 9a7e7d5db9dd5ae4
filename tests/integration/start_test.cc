// What heimwegd says when it cannot start, and how it ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"

namespace heimweg::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> With(std::vector<std::string> flags,
                              const std::vector<std::string>& more) {
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

// One line that a person can act on.
MATCHER_P(IsOneLineWith, text, "is one line that holds the text") {
  *result_listener << arg;
  return std::count(arg.begin(), arg.end(), '\n') == 1 &&
         arg.rfind("heimwegd: ", 0) == 0 &&
         ::testing::ExplainMatchResult(HasSubstr(text), arg, result_listener);
}

TEST(Start, RefusesAPortInUse) {
  const SampleWorld world;
  const Heimwegd first(With(world.Flags("first"), {"--target=jobs"}));
  const Ended second = RunHeimwegd(
      With(world.Flags("second"), {"--target=jobs", "--metrics-listen=off",
                                   "--listen=" + first.address()}));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.errors, IsOneLineWith("in use"));
}

TEST(Start, RefusesAStoreInUse) {
  const SampleWorld world;
  const Heimwegd first(With(world.Flags("stores"), {"--target=jobs"}));
  const Ended second = RunHeimwegd(
      With(world.Flags("stores"),
           {"--target=jobs", "--metrics-listen=off", "--listen=127.0.0.1:0"}));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.errors, IsOneLineWith("/stores/jobs"));
}

TEST(Start, RefusesADataFolderThatCannotBeMade) {
  const SampleWorld world;
  std::ofstream(world.folder() + "/file") << "no folder";
  const Ended ended = RunHeimwegd(
      With(world.Flags("file/stores"),
           {"--target=jobs", "--metrics-listen=off", "--listen=127.0.0.1:0"}));
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, IsOneLineWith("--data"));
}

TEST(Start, RefusesAMissingGazetteer) {
  const SampleWorld world;
  const Ended ended = RunHeimwegd(
      {"--gazetteer=" + world.folder() + "/none.tsv", "--target=jobs",
       "--data=" + world.folder() + "/stores", "--metrics-listen=off"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, IsOneLineWith("none.tsv"));
}

TEST(Start, RefusesAnUnknownTargetAndNamesTheKnownOnes) {
  const Ended ended = RunHeimwegd({"--target=cars"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.errors, IsOneLineWith("housing"));
}

TEST(Start, EndsWithZeroOnSigterm) {
  const SampleWorld world;
  Heimwegd process(With(world.Flags("stores"), {"--target=all"}));
  EXPECT_EQ(process.Terminate().exit_code, 0);
}

TEST(Start, WritesNoPersonalDataToItsLog) {
  const SampleWorld world;
  Heimwegd process(
      With(world.Flags("stores"), {"--target=all", "--log-level=debug"}));
  const Channels all = AllAt(process.Channel());
  world.Fill(all, 200, 5);
  const Ended ended = process.Terminate();
  EXPECT_THAT(ended.errors, HasSubstr("ProfileService/CreateProfile"));
  for (int i = 0; i < 5; ++i) {
    const profiles::v1::PersonalPart personal =
        world.generator().MakeProfile(i).personal();
    ASSERT_FALSE(personal.display_name().empty());
    EXPECT_THAT(ended.errors, AllOf(Not(HasSubstr(personal.display_name())),
                                    Not(HasSubstr(personal.email()))));
  }
}

}  // namespace
}  // namespace heimweg::testing
