// The same services in one process and in five, killed and started again in any
// order, give the same rankings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"

namespace heimweg::testing {
namespace {

using ::testing::Eq;
using ::testing::SizeIs;

constexpr int kOffers = 1'500;
constexpr int kProfiles = 12;
constexpr char kData[] = "stores";

// Five processes of one world.
class Apart {
 public:
  explicit Apart(const SampleWorld& world)
      : jobs_(With(world, {"--target=jobs"})),
        housing_(With(world, {"--target=housing"})),
        contacts_(With(world, {"--target=contacts"})),
        profiles_(With(world, {"--target=profiles"})),
        matching_(With(
            world, {"--target=matching", "--jobs-address=" + jobs_.address(),
                    "--housing-address=" + housing_.address(),
                    "--contacts-address=" + contacts_.address(),
                    "--profiles-address=" + profiles_.address()})) {}

  std::shared_ptr<grpc::Channel> matching() const {
    return matching_.Channel();
  }
  std::vector<Heimwegd*> processes() {
    return {&jobs_, &housing_, &contacts_, &profiles_, &matching_};
  }

 private:
  static std::vector<std::string> With(const SampleWorld& world,
                                       const std::vector<std::string>& more) {
    std::vector<std::string> flags = world.Flags(kData);
    flags.insert(flags.end(), more.begin(), more.end());
    return flags;
  }

  Heimwegd jobs_;
  Heimwegd housing_;
  Heimwegd contacts_;
  Heimwegd profiles_;
  Heimwegd matching_;
};

TEST(Targets, RankTheSameTogetherAndApartAndAfterEachKill) {
  const SampleWorld world;
  std::vector<std::string> flags = world.Flags(kData);
  flags.emplace_back("--target=all");
  Revisions filled;
  std::vector<std::string> expected;
  {
    Heimwegd together(flags);
    const Channels all = AllAt(together.Channel());
    filled = world.Fill(all, kOffers, kProfiles);
    SampleWorld::WaitUntilIndexed(all.matching, filled, kProfiles);
    expected = RankingBytes(world, all.matching, kProfiles);
    const Ended ended = together.Terminate();
    EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  }
  ASSERT_THAT(expected, SizeIs(4 * kProfiles));

  Apart apart(world);  // Over the same stores.
  const auto matching = apart.matching();
  SampleWorld::WaitUntilIndexed(matching, filled, kProfiles);
  EXPECT_THAT(RankingBytes(world, matching, kProfiles), Eq(expected));

  for (Heimwegd* process : apart.processes()) {
    process->Kill();
    process->Restart();
    SampleWorld::WaitUntilIndexed(matching, filled, kProfiles);
    EXPECT_THAT(RankingBytes(world, matching, kProfiles), Eq(expected));
  }
}

}  // namespace
}  // namespace heimweg::testing
