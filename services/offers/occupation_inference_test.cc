#include "services/offers/occupation_inference.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace heimweg::offers {
namespace {

type::v1::Occupation Titled(const char* title) {
  type::v1::Occupation occupation;
  occupation.set_title(title);
  return occupation;
}

TEST(InferOccupationTest, FlagsTheCodeThatATitleSurelyMeans) {
  type::v1::Occupation occupation = Titled("Erzieherin (m/w/d)");
  InferOccupation(occupation);
  EXPECT_EQ(occupation.kldb_code(), "831");
  EXPECT_TRUE(occupation.inferred());
}

TEST(InferOccupationTest, LeavesWhatIsNotSureWithoutACode) {
  type::v1::Occupation occupation = Titled("Tausendsassa");
  occupation.set_inferred(true);
  InferOccupation(occupation);
  EXPECT_EQ(occupation.kldb_code(), "");
  EXPECT_FALSE(occupation.inferred());
}

TEST(InferOccupationTest, NeverChangesACodeThatWasGiven) {
  type::v1::Occupation occupation = Titled("Erzieherin");
  occupation.set_kldb_code("83112");
  InferOccupation(occupation);
  EXPECT_EQ(occupation.kldb_code(), "83112");
  EXPECT_FALSE(occupation.inferred());
}

TEST(InferOccupationTest, FollowsATitleThatChanged) {
  type::v1::Occupation occupation = Titled("Erzieherin");
  InferOccupation(occupation);
  occupation.set_title("Bäcker");
  InferOccupation(occupation);
  EXPECT_EQ(occupation.kldb_code(), "292");
  EXPECT_TRUE(occupation.inferred());
}

}  // namespace
}  // namespace heimweg::offers
