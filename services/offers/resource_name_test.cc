#include "services/offers/resource_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace heimweg::offers {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ResourceNameTest, AnIdHasOneTo63LowerCaseLettersDigitsAndHyphens) {
  EXPECT_TRUE(IsResourceId("a"));
  EXPECT_TRUE(IsResourceId("elbe-elster-2"));
  EXPECT_TRUE(IsResourceId(std::string(63, 'z')));
  for (const std::string wrong :
       {"", "-", "A", "a/b", "a_b", "ä", " a", "a\n"}) {
    EXPECT_FALSE(IsResourceId(wrong)) << wrong;
  }
  EXPECT_FALSE(IsResourceId(std::string(64, 'z')));
}

TEST(ResourceNameTest, AParentIsANetworkOrAll) {
  EXPECT_THAT(ParseNetwork("networks/elbe"), Optional(Eq("elbe")));
  EXPECT_THAT(ParseNetwork("networks/-"), Optional(Eq("-")));
  for (const std::string wrong : {"", "elbe", "networks/", "networks/a/b",
                                  "networks/Elbe", "Networks/elbe"}) {
    EXPECT_EQ(ParseNetwork(wrong), std::nullopt) << wrong;
  }
}

TEST(ResourceNameTest, ANameAndItsKeyAreTheSame) {
  EXPECT_THAT(ParseOfferName("jobs", "networks/elbe/jobs/nurse-1"),
              Optional(Eq("elbe/nurse-1")));
  EXPECT_EQ(OfferName("jobs", "elbe/nurse-1"), "networks/elbe/jobs/nurse-1");
  for (const std::string wrong :
       {"", "networks/elbe", "networks/elbe/jobs", "networks/elbe/jobs/",
        "networks/elbe/homes/nurse-1", "networks//jobs/nurse-1",
        "networks/-/jobs/nurse-1", "networks/elbe/jobs/-",
        "networks/elbe/jobs/nurse-1/", "networks/elbe/jobs/a/b"}) {
    EXPECT_EQ(ParseOfferName("jobs", wrong), std::nullopt) << wrong;
  }
}

TEST(ResourceNameTest, KeysHaveTheOrderOfNames) {
  EXPECT_LT(OfferKey("a-b", "x"), OfferKey("a", "x"));
  EXPECT_LT(OfferName("jobs", "a-b/x"), OfferName("jobs", "a/x"));
}

}  // namespace
}  // namespace heimweg::offers
