#include "services/assignment/placement_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<NumberTable> Table(const std::string& file,
                                  const std::string& text,
                                  const std::string& key = "household") {
  std::istringstream in(text);
  return ReadNumberTable(in, file, key);
}

struct Files {
  std::string weights = "household,a,b\nh1,1.5,2\nh2,,NA\nh3,-1,0\n";
  // Other orders than in the weights: names join.
  std::string sizes = "household,seats,adults\nh3,0,1\nh1,2,2\nh2,1,1\n";
  std::string capacities = "place,adults,seats\nb,4,5\nc,0,0\na,1,2\n";
  std::string compatibility;
};

absl::StatusOr<PlacementProblem> Join(const Files& files) {
  auto weights = Table("W.csv", files.weights);
  auto sizes = Table("S.csv", files.sizes);
  auto capacities = Table("C.csv", files.capacities, "place");
  for (const auto* table : {&weights, &sizes, &capacities}) {
    if (!table->ok()) return table->status();
  }
  if (files.compatibility.empty()) {
    return JoinPlacement(*weights, *sizes, *capacities, nullptr);
  }
  auto compatibility = Table("K.csv", files.compatibility);
  if (!compatibility.ok()) return compatibility.status();
  return JoinPlacement(*weights, *sizes, *capacities, &*compatibility);
}

std::string Error(const Files& files) {
  const auto problem = Join(files);
  return problem.ok() ? "" : std::string(problem.status().message());
}

TEST(PlacementCsvTest, JoinsByNameWhateverTheOrder) {
  const auto problem = Join({});

  ASSERT_TRUE(problem.ok()) << problem.status();
  EXPECT_THAT(problem->households, ElementsAre("h1", "h2", "h3"));
  EXPECT_THAT(problem->places, ElementsAre("a", "b"));
  EXPECT_THAT(problem->dimensions, ElementsAre("seats", "adults"));
  EXPECT_THAT(problem->sizes, ElementsAre(2, 2, 1, 1, 0, 1));
  EXPECT_THAT(problem->capacities, ElementsAre(2, 1, 5, 4));
}

TEST(PlacementCsvTest, EmptyAndNaAreNoPair) {
  const auto problem = Join({});

  ASSERT_TRUE(problem.ok()) << problem.status();
  ASSERT_EQ(problem->pairs.size(), 4u);
  EXPECT_EQ(problem->pairs[1].place, 1);
  EXPECT_EQ(problem->pairs[1].weight, 2);
  EXPECT_EQ(problem->pairs[2].household, 2);
}

TEST(PlacementCsvTest, CompatibilityTakesPairsAway) {
  Files files;
  files.compatibility = "household,b,a\nh3,1,0\nh2,1,1\nh1,NA,1\n";
  const auto problem = Join(files);

  ASSERT_TRUE(problem.ok()) << problem.status();
  ASSERT_EQ(problem->pairs.size(), 2u);
  EXPECT_EQ(problem->pairs[0].place, 0);
  EXPECT_EQ(problem->pairs[1].household, 2);
  EXPECT_EQ(problem->pairs[1].place, 1);
}

TEST(PlacementCsvTest, ErrorsNameFileLineAndColumn) {
  Files files;
  files.weights = "household,a,b\nh1,1,two\n";
  EXPECT_THAT(Error(files),
              HasSubstr("W.csv:2: column 3: (b): expected a num"));
  files.weights = "household,a,b\nh1,1,\"0,5\"\n";
  EXPECT_THAT(Error(files), HasSubstr("W.csv:2: column 3: "));
  files.weights = "household,a,b\nh1,1,inf\n";
  EXPECT_THAT(Error(files), HasSubstr("W.csv:2: column 3: "));
  files.weights = "household,a,b\nh1,1\n";
  EXPECT_THAT(Error(files), HasSubstr("W.csv:2: expected 3 columns"));
  files.weights = "household,a,a\n";
  EXPECT_THAT(Error(files),
              HasSubstr("W.csv:1: column 3: expected every name"));
  files.weights = "household,a,b\nh1,1,1\nh1,1,1\n";
  EXPECT_THAT(Error(files), HasSubstr("W.csv:3: column 1: "));
  files.weights = "name;a;b\n";
  EXPECT_THAT(Error(files), HasSubstr("commas"));
  files.weights = "";
  EXPECT_THAT(Error(files), HasSubstr("W.csv:1: expected a header"));
}

TEST(PlacementCsvTest, WhatTheWeightsNameMustStandInTheOtherFiles) {
  Files files;
  files.sizes = "household,seats,adults\nh3,0,1\nh1,2,2\n";
  EXPECT_THAT(Error(files), HasSubstr("S.csv: expected a row for the household "
                                      "\"h2\", which W.csv names"));
  files = Files();
  files.capacities = "place,adults,seats\nb,4,5\n";
  EXPECT_THAT(Error(files), HasSubstr("C.csv: expected a row for the place"));
  files = Files();
  files.capacities = "place,adults\nb,4\na,4\n";
  EXPECT_THAT(Error(files), HasSubstr("C.csv: expected a column \"seats\""));
  files = Files();
  files.compatibility = "household,a\nh1,1\nh2,1\nh3,1\n";
  EXPECT_THAT(Error(files), HasSubstr("K.csv: expected a column \"b\""));
}

TEST(PlacementCsvTest, SizesAndCapacitiesAreNeverEmptyOrNegative) {
  Files files;
  files.sizes = "household,seats,adults\nh3,,1\nh1,2,2\nh2,1,1\n";
  EXPECT_THAT(Error(files), HasSubstr("S.csv:2: column 2: (seats)"));
  files = Files();
  files.capacities = "place,adults,seats\nb,4,5\nc,0,0\na,1,-2\n";
  EXPECT_THAT(Error(files), HasSubstr("C.csv:4: column 3: (seats)"));
}

}  // namespace
}  // namespace heimweg::assignment
