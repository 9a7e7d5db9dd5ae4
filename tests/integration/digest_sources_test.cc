// Where digests take their matches from: whatever it is, the same is told to
// the same people, once.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <regex>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/integration/digest_fixture.h"

namespace heimweg::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kStanding[] = "--standing ";

// How many jobs DigestTest begins with.
constexpr int64_t kJobs = 2;

// A job that fits every household of DigestTest, as these do.
std::string AJob(const std::string& title) {
  return absl::StrCat(
      R"({"title":")", title,
      R"(","place":{"location":{"latitude":51.46,"longitude":13.52}},"occupations":[{"kldbCode":"29302"}],"state":"OFFER_STATE_PUBLISHED"})");
}

class DigestSourcesTest : public DigestTest {
 protected:
  // A standing wish that all networks may see.
  void AddWish(const std::string& id, const std::string& email) {
    AddHousehold(id, email);
    RunOk(absl::StrCat("profile grant-consent ", id, " -n -"));
    RunOk("status --wait 60 --caught-up");
  }
  void CreateJob(const std::string& id, const std::string& title,
                 const std::string& network = "n") {
    RunOk(absl::StrCat("jobs create --network ", network, " --id ", id),
          AJob(title));
    RunOk("status --wait 60 --caught-up");
  }
  // Until the household has so many matches whose offer fits; the test's time
  // limit ends a wait in vain.
  void WaitForMatches(const std::string& id, int64_t count) {
    do {
      RunOk("--json matches list --profile " + id);
      ASSERT_FALSE(HasFailure());
    } while (Lines() != count);
  }
  int64_t Lines() const {
    const std::string text = console_.out.str();
    return std::count(text.begin(), text.end(), '\n');
  }
  // The name of the first match that was listed last.
  std::string MatchName() const {
    std::smatch found;
    const std::string text = console_.out.str();
    return std::regex_search(text, found,
                             std::regex("profiles/[a-z0-9]+/matches/[0-9a-f]+"))
               ? found[0].str()
               : "";
  }
  std::string CounsellorsDigest() const {
    return absl::StrReplaceAll(Digest(), {{"returnees", "counsellors"}}) +
           "--to team@n.example ";
  }
  std::string Path(const std::string& name) const {
    return absl::StrCat(dir_.path(), "/", name);
  }
  void BatchRank() {
    RunOk("batch rank --kind jobs --out " + Path("jobs.jsonl"));
  }
  std::string Batch() const {
    return absl::StrCat("--batch ", Path("jobs.jsonl"), " ");
  }
};

TEST_F(DigestSourcesTest, StandingMatchesAreToldOnceAndNoMoreThanAWeekAllows) {
  AddWish("p1", "p1@mail.example");
  AddHousehold("p2", "p2@mail.example", false);
  CreateJob("beikoch", "Beikoch");
  WaitForMatches("p1", kJobs + 1);
  RunOk(Digest() + kStanding);
  EXPECT_THAT(console_.out.str(), AllOf(HasSubstr("\"told\":\"1\""),
                                        HasSubstr("\"withoutConsent\":\"1\"")));
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(smtp_.Mails()[0],
              AllOf(HasSubstr("p1@mail.example"), HasSubstr("Guten Tag"),
                    HasSubstr("Subject: 3 neue Angebote"),
                    HasSubstr("* Beikoch"), HasSubstr("* Koch"),
                    HasSubstr("  - "), HasSubstr("List-Unsubscribe:")));
  RunOk(Digest() + kStanding);
  EXPECT_THAT(console_.out.str(), HasSubstr("\"toldEnough\":\"1\""));
  RunOk(Digest() + kStanding + "--per-week 2");
  EXPECT_THAT(console_.out.str(), HasSubstr("\"nothingNew\":\"1\""));
  EXPECT_THAT(smtp_.Mails(), SizeIs(1));
}

TEST_F(DigestSourcesTest, WhatOneSourceToldIsNewInNone) {
  AddWish("p1", "p1@mail.example");
  CreateJob("beikoch", "Beikoch");
  WaitForMatches("p1", kJobs + 1);
  RunOk(Digest() + "--per-week 7 ");
  BatchRank();
  RunOk(Digest() + "--per-week 7 " + kStanding);
  EXPECT_THAT(console_.out.str(), HasSubstr("\"nothingNew\":\"1\""));
  RunOk(Digest() + "--per-week 7 " + Batch());
  EXPECT_THAT(console_.out.str(), HasSubstr("\"nothingNew\":\"1\""));
  EXPECT_THAT(smtp_.Mails(), SizeIs(1));
}

TEST_F(DigestSourcesTest, AMatchThatWasSeenIsNewForCounsellorsOnly) {
  AddWish("p1", "p1@mail.example");
  CreateJob("beikoch", "Beikoch");
  CreateJob("fremd", "Souschef", "m");
  WaitForMatches("p1", kJobs + 2);
  RunOk("matches list --offer networks/n/jobs/beikoch --json");
  RunOk(absl::StrCat("matches act ", MatchName(), " see"));
  RunOk(Digest() + kStanding);
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(smtp_.Mails()[0],
              AllOf(HasSubstr("* Souschef"), Not(HasSubstr("Beikoch"))));
  RunOk(CounsellorsDigest() + kStanding);
  ASSERT_THAT(smtp_.Mails(), SizeIs(2));
  EXPECT_THAT(smtp_.Mails()[1],
              AllOf(HasSubstr("team@n.example"), HasSubstr("profiles/p1: "),
                    HasSubstr("* Beikoch"), Not(HasSubstr("Souschef")),
                    Not(HasSubstr("p1@mail.example"))))
      << "the network's own offers";
}

TEST_F(DigestSourcesTest, AMatchWhoseOfferIsGoneIsNotTold) {
  AddWish("p1", "p1@mail.example");
  CreateJob("beikoch", "Beikoch");
  WaitForMatches("p1", kJobs + 1);
  RunOk("jobs delete networks/n/jobs/beikoch");
  WaitForMatches("p1", kJobs);
  RunOk(Digest() + kStanding);
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(smtp_.Mails()[0],
              AllOf(HasSubstr("* Koch"), Not(HasSubstr("Beikoch"))));
}

TEST_F(DigestSourcesTest, ABatchRunIsToldToBothAndNamesWhatIsNotDismissed) {
  AddWish("p1", "p1@mail.example");
  AddWish("p2", "p2@mail.example");
  BatchRank();
  RunOk(Digest() + "--top 1 --per-week 7 " + Batch());
  ASSERT_THAT(smtp_.Mails(), SizeIs(2));
  const std::string mail = smtp_.Mails()[0];
  EXPECT_THAT(mail, AllOf(HasSubstr("p1@mail.example"), HasSubstr("* Koch")));
  // Dismissed after the run; the other one is left.
  RunOk(absl::StrCat("digest act ", Token(mail, "/dismiss"), " --key ",
                     Path("key")));
  ASSERT_EQ(unlink(Path("book").c_str()), 0);
  RunOk(Digest() + Batch());
  ASSERT_THAT(smtp_.Mails(), SizeIs(4));
  EXPECT_THAT(smtp_.Mails()[2],
              AllOf(HasSubstr("p1@mail.example"), Not(HasSubstr("* Koch"))));
  RunOk(CounsellorsDigest() + Batch());
  ASSERT_THAT(smtp_.Mails(), SizeIs(5));
  EXPECT_THAT(smtp_.Mails()[4],
              AllOf(HasSubstr("profiles/p1: "), HasSubstr("profiles/p2: ")));
}

TEST_F(DigestSourcesTest, WhatIsGoneSinceABatchRunIsNotTold) {
  AddWish("p1", "p1@mail.example");
  CreateJob("beikoch", "Beikoch");
  CreateJob("souschef", "Souschef");
  BatchRank();
  RunOk("jobs delete networks/n/jobs/beikoch");
  RunOk("jobs update networks/n/jobs/souschef --mask state",
        R"({"state":"OFFER_STATE_FILLED"})");
  RunOk("status --wait 60 --caught-up");
  RunOk(Digest() + Batch());
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(smtp_.Mails()[0],
              AllOf(HasSubstr("* Koch"), Not(HasSubstr("Beikoch")),
                    Not(HasSubstr("Souschef"))));
}

TEST_F(DigestSourcesTest, RefusesFilesThatAreNoRunOrAnOldOne) {
  AddWish("p1", "p1@mail.example");
  EXPECT_NE(Run(Digest() + Batch()), 0);
  EXPECT_THAT(console_.err.str(), HasSubstr("jobs.jsonl"));
  std::ofstream(Path("jobs.jsonl")) << "profile;matches;rank\n";
  EXPECT_NE(Run(Digest() + Batch()), 0);
  EXPECT_THAT(console_.err.str(), HasSubstr("expected"));
  ASSERT_EQ(unlink(Path("jobs.jsonl").c_str()), 0);
  BatchRank();
  EXPECT_NE(Run(Digest() + Batch() + Path("jobs.jsonl")), 0);
  EXPECT_THAT(console_.err.str(), HasSubstr("another file holds"));
  EXPECT_NE(Run(Digest() + Batch() + kStanding), 0);
  console_.now += absl::Hours(49);
  EXPECT_NE(Run(Digest() + Batch()), 0);
  EXPECT_THAT(console_.err.str(), HasSubstr("two days"));
  EXPECT_THAT(smtp_.Mails(), IsEmpty());
}

class KilledDigestTest : public DigestSourcesTest,
                         public ::testing::WithParamInterface<const char*> {};

TEST_P(KilledDigestTest, AKillRepeatsOneMailUnderTheSameId) {
  AddWish("p1", "hang@mail.example");
  CreateJob("beikoch", "Beikoch");
  WaitForMatches("p1", kJobs + 1);
  BatchRank();
  const std::string digest =
      Digest() + absl::StrReplaceAll(GetParam(), {{"--batch", Batch()}});
  const pid_t child = StartHeimweg(Server() + digest);
  // The server has the mail, and the program has no answer yet.
  while (smtp_.Mails().empty()) {
    ASSERT_EQ(waitpid(child, nullptr, WNOHANG), 0) << "it ended by itself";
    usleep(10'000);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  RunOk(digest);
  RunOk(digest);
  ASSERT_THAT(smtp_.Mails(), SizeIs(2));
  EXPECT_NE(MessageId(smtp_.Mails()[0]), "");
  EXPECT_EQ(MessageId(smtp_.Mails()[0]), MessageId(smtp_.Mails()[1]));
}

INSTANTIATE_TEST_SUITE_P(OfEachSource, KilledDigestTest,
                         ::testing::Values("", "--standing", "--batch"));

}  // namespace
}  // namespace heimweg::testing
