// batch assign, batch offers and batch lottery on small files.
#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::HasSubstr;

// Two places with room for two adults each; "big" fits nowhere with another.
class BatchAssign : public ::testing::Test {
 protected:
  BatchAssign() {
    Write("W.csv", "household,b,a\nsmall,2,3\nbig,4,5\nother,1,NA\n");
    Write("S.csv", "household,adults\nbig,2\nother,1\nsmall,1\n");
    Write("C.csv", "place,adults\na,2\nb,2\n");
    Write("E.csv", "person,offer,score\nanna,h1,900\nben,h1,800\nben,h2,100\n");
    Write("O.csv", "offer,capacity\nh1,1\nh2,1\n");
  }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(absl::StrCat(dir_.path(), "/", name)) << text;
  }
  std::string File(const std::string& name) {
    return absl::StrCat(dir_.path(), "/", name, " ");
  }
  std::string Places() {
    return absl::StrCat("batch assign --weights ", File("W.csv"), "--sizes ",
                        File("S.csv"), "--capacities ", File("C.csv"));
  }
  std::string Offers(const std::string& command) {
    return absl::StrCat("batch ", command, " --edges ", File("E.csv"),
                        "--capacities ", File("O.csv"));
  }

  const heimweg::testing::TempDir dir_;
  TestConsole console_;
};

TEST_F(BatchAssign, PrintsTheOptimumAsJson) {
  ASSERT_EQ(console_.Run(absl::StrCat(Places(), "--json")), 0)
      << console_.err.str();

  EXPECT_THAT(console_.out.str(),
              HasSubstr("{\"status\":\"optimal\",\"objective\":8,\"bound\":8"));
  EXPECT_THAT(console_.out.str(),
              HasSubstr("\"assignments\":["
                        "{\"household\":\"small\",\"place\":\"b\"},"
                        "{\"household\":\"big\",\"place\":\"a\"},"
                        "{\"household\":\"other\",\"place\":\"b\"}],"
                        "\"unplaced\":[]}\n"));
}

TEST_F(BatchAssign, KeepsWhoIsLocked) {
  Write("L.csv", "household,place\nsmall,a\nother,\n");
  ASSERT_EQ(
      console_.Run(absl::StrCat(Places(), "--json --locks ", File("L.csv"))), 0)
      << console_.err.str();

  EXPECT_THAT(console_.out.str(), HasSubstr("\"objective\":7,"));
  EXPECT_THAT(console_.out.str(), HasSubstr("\"unplaced\":[\"other\"]"));
}

TEST_F(BatchAssign, SaysWhatMoreRoomWouldGive) {
  ASSERT_EQ(
      console_.Run(absl::StrCat(Places(), "--json --what-if a,adults,+1")), 0)
      << console_.err.str();

  EXPECT_THAT(console_.out.str(), HasSubstr("\"whatIfObjective\":9,"));
}

TEST_F(BatchAssign, ADryRunSolvesNothing) {
  ASSERT_EQ(console_.Run(absl::StrCat(Places(), "--dry-run")), 0);

  EXPECT_EQ(console_.out.str(),
            "3 households, 2 places, 5 pairs\nadults: demand 4, capacity 4\n");
}

TEST_F(BatchAssign, OnlineReportsTheShareOfHindsight) {
  ASSERT_EQ(
      console_.Run(absl::StrCat(Places(), "--online --past-weights ",
                                File("W.csv"), "--past-sizes ", File("S.csv"))),
      0)
      << console_.err.str();

  EXPECT_THAT(console_.out.str(), HasSubstr("hindsight can have at most (8."));
}

TEST_F(BatchAssign, AnErrorNamesTheFileAndTheLine) {
  Write("S.csv", "household,adults\nbig,2\nother,x\nsmall,1\n");

  EXPECT_EQ(console_.Run(Places()), 3);
  EXPECT_THAT(console_.err.str(), HasSubstr("S.csv:3: column 2: (adults)"));
}

TEST_F(BatchAssign, OffersAreGivenForTheGreatestTotal) {
  ASSERT_EQ(console_.Run(absl::StrCat(Offers("offers"), "--json")), 0)
      << console_.err.str();

  EXPECT_THAT(console_.out.str(),
              HasSubstr("\"objective\":1000,\"bound\":1000,"));
  EXPECT_THAT(console_.out.str(),
              HasSubstr("{\"person\":\"ben\",\"offer\":\"h2\",\"score\":100}"));
}

TEST_F(BatchAssign, TheLotteryPrintsWhatAnyoneCanVerify) {
  ASSERT_EQ(console_.Run(absl::StrCat(Offers("lottery"), "--seed abc --json")),
            0)
      << console_.err.str();

  // printf abc | sha256sum
  EXPECT_THAT(console_.out.str(),
              HasSubstr("\"seedSha256\":\"ba7816bf8f01cfea414140de5dae2223b0036"
                        "1a396177a9cb410ff61f20015ad\""));
}

}  // namespace
}  // namespace heimweg::cli
