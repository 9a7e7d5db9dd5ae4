#include "services/reference/data_set_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace heimweg::reference {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(DataSetNameTest, ANameIsParsedBack) {
  const VersionId id{"esco-skills", 12};
  EXPECT_EQ(VersionName(id), "dataSets/esco-skills/versions/12");
  const auto parsed = ParseVersionName(VersionName(id));
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->data_set, "esco-skills");
  EXPECT_EQ(parsed->number, 12);
  EXPECT_THAT(ParseDataSetName("dataSets/kldb"), Optional(Eq("kldb")));
}

TEST(DataSetNameTest, KeysHaveTheOrderOfTheNumbers) {
  EXPECT_LT(VersionKey({"a", 9}), VersionKey({"a", 10}));
  EXPECT_LT(PartKey({"a", 9}, 9), PartKey({"a", 9}, 10));
}

TEST(DataSetNameTest, WhatIsNoNameIsRefused) {
  for (const char* name :
       {"", "dataSets/", "dataSets/A", "dataSets/a/b", "jobs/a"}) {
    EXPECT_EQ(ParseDataSetName(name), std::nullopt) << name;
  }
  for (const char* name :
       {"dataSets/a/versions/", "dataSets/a/versions/0",
        "dataSets/a/versions/01", "dataSets/a/versions/-1",
        "dataSets/a/versions/ 1", "dataSets//versions/1", "dataSets/a",
        "dataSets/a/versions/99999999999", "dataSets/a/versions/1/parts/2"}) {
    EXPECT_FALSE(ParseVersionName(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace heimweg::reference
