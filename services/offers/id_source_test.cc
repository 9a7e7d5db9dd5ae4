#include "services/offers/id_source.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/time/time.h"
#include "services/offers/resource_name.h"

namespace heimweg::offers {
namespace {

const absl::Time kNow = absl::FromUnixMillis(1'800'000'000'000);

TEST(IdSourceTest, IdsAreValidAndDiffer) {
  IdSource ids(1);
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const std::string id = ids.NewId(kNow);
    EXPECT_TRUE(IsResourceId(id)) << id;
    EXPECT_TRUE(seen.insert(id).second) << id;
  }
}

TEST(IdSourceTest, LaterIdsSortBehindEarlierOnes) {
  IdSource ids(1);
  const std::string earlier = ids.NewId(kNow);
  EXPECT_LT(earlier, ids.NewId(kNow + absl::Milliseconds(1)));
}

TEST(IdSourceTest, AnotherSeedGivesOtherIds) {
  EXPECT_NE(IdSource(1).NewId(kNow), IdSource(2).NewId(kNow));
  EXPECT_EQ(IdSource(1).NewId(kNow), IdSource(1).NewId(kNow));
}

}  // namespace
}  // namespace heimweg::offers
