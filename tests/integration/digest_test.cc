// Digests from a real heimwegd to a real SMTP server.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/testing/test_console.h"
#include "clients/digest/testing/smtp_server.h"
#include "tests/support/heimwegd.h"
#include "tests/support/temp_dir.h"

namespace heimweg {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kJobs[] =
    R"({"source":"t","externalId":"1","title":"Koch","place":{"location":{"latitude":51.46,"longitude":13.52}},"occupations":[{"kldbCode":"29302"}],"state":"OFFER_STATE_PUBLISHED"}
{"source":"t","externalId":"2","title":"Köchin","place":{"location":{"latitude":51.46,"longitude":13.53}},"occupations":[{"kldbCode":"29302"}],"state":"OFFER_STATE_PUBLISHED"}
)";

std::string Household(const std::string& id, const std::string& email) {
  return absl::StrCat(
      R"({"name":"profiles/)", id,
      R"(","adults":[{"id":"a","seeksJob":true,"occupations":[{"kldbCode":"29302"}]}],
          "anchors":[{"id":"home","place":{"location":{"latitude":51.46,"longitude":13.52}},"radiusKm":20}],
          "notifications":{"enabled":true,"thresholdMillionths":0},
          "personal":{"displayName":"R. Muster","languageCode":"de","email":")",
      email, "\"}}");
}

std::string MessageId(const std::string& mail) {
  std::smatch found;
  return std::regex_search(mail, found, std::regex("Message-Id: (\\S+)"))
             ? found[1].str()
             : "";
}

// The first token of a link to `page`, quoted-printable undone.
std::string Token(const std::string& mail, const std::string& page) {
  const std::string text =
      absl::StrReplaceAll(mail, {{"=\r\n", ""}, {"=3D", "="}});
  std::smatch found;
  return std::regex_search(text, found,
                           std::regex(page + "\\?t=([A-Za-z0-9_.-]+)"))
             ? found[1].str()
             : "";
}

class DigestTest : public ::testing::Test {
 protected:
  DigestTest()
      : heimwegd_({"--target=all", absl::StrCat("--data=", dir_.path())}) {
    console_.console.new_request_id = [this] {
      return absl::StrFormat("00000000-0000-4000-8000-%012d", ++requests_);
    };
    RunOk("import jsonl -n n -k jobs", kJobs);
  }

  std::string Server() const {
    return absl::StrCat("--server ", heimwegd_.address(), " ");
  }
  int Run(const std::string& words, const std::string& input = "") {
    return console_.Run(Server() + words, input);
  }
  void RunOk(const std::string& words, const std::string& input = "") {
    ASSERT_EQ(Run(words, input), 0) << console_.err.str();
  }
  // A household that has agreed to digests, unless `consents` is false.
  void AddHousehold(const std::string& id, const std::string& email,
                    bool consents = true) {
    RunOk("profile put", Household(id, email));
    if (consents) {
      RunOk(
          absl::StrCat("profile grant-consent ", id, " -n n --purpose digest"));
    }
    RunOk("status --wait 60 --caught-up");
  }
  std::string Digest() const {
    return absl::StrCat(
        "digest returnees -n n --from lotsen@n.example "
        "--link-base https://portal.example --json --smtp ",
        smtp_.url(), " --book ", dir_.path(), "/book --key ", dir_.path(),
        "/key ");
  }

  const heimweg::testing::TempDir dir_;
  testing::Heimwegd heimwegd_;
  digest::SmtpServer smtp_;
  cli::TestConsole console_;
  int requests_ = 0;
};

TEST_F(DigestTest, WritesOnceToThoseWhoAgreed) {
  AddHousehold("p1", "p1@mail.example");
  AddHousehold("p2", "p2@mail.example", false);
  RunOk(Digest());
  EXPECT_THAT(console_.out.str(), AllOf(HasSubstr("\"told\":\"1\""),
                                        HasSubstr("\"withoutConsent\":\"1\"")));
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(smtp_.Mails()[0],
              AllOf(HasSubstr("p1@mail.example"), HasSubstr("Guten Tag"),
                    HasSubstr("* Koch"), HasSubstr("List-Unsubscribe:")));
  RunOk(Digest());
  EXPECT_THAT(console_.out.str(), HasSubstr("\"toldEnough\":\"1\""));
  RunOk(Digest() + "--per-week 2");
  EXPECT_THAT(console_.out.str(), HasSubstr("\"nothingNew\":\"1\""));
  EXPECT_THAT(smtp_.Mails(), SizeIs(1));
}

TEST_F(DigestTest, TellsOfWhatIsNewOnly) {
  AddHousehold("p1", "p1@mail.example");
  RunOk(Digest() + "--top 1 --per-week 2");
  RunOk(Digest() + "--top 1 --per-week 2");
  ASSERT_THAT(smtp_.Mails(), SizeIs(2));
  EXPECT_NE(MessageId(smtp_.Mails()[0]), MessageId(smtp_.Mails()[1]));
  EXPECT_NE(absl::StrContains(smtp_.Mails()[0], "* Koch"),
            absl::StrContains(smtp_.Mails()[1], "* Koch"));
}

// What is passed on "unter der Hand" is for counsellors to tell.
TEST_F(DigestTest, ReturneesAreToldOfWhatIsPublicOnly) {
  constexpr char kHidden[] =
      R"({"source":"t","externalId":"3","title":"Küchenchefin","place":{"location":{"latitude":51.46,"longitude":13.52}},"occupations":[{"kldbCode":"29302"}],"state":"OFFER_STATE_PUBLISHED","visibility":"VISIBILITY_COUNSELLORS"}
)";
  RunOk("import jsonl -n n -k jobs", kHidden);
  AddHousehold("p1", "p1@mail.example");
  RunOk("profile grant-consent p1 -n n --purpose matching");
  // The hidden one is among the best, which are not all that may be told.
  RunOk(Digest() + "--top 2");
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(smtp_.Mails()[0],
              AllOf(HasSubstr("* Koch"), HasSubstr("K=F6chin"),
                    Not(HasSubstr("chenchefin"))));
  RunOk(absl::StrReplaceAll(Digest(), {{"returnees", "counsellors"}}) +
        "--to team@n.example");
  ASSERT_THAT(smtp_.Mails(), SizeIs(2));
  EXPECT_THAT(smtp_.Mails()[1], HasSubstr("chenchefin"));

  RunOk("export jobposting -n n");
  EXPECT_THAT(console_.out.str(),
              AllOf(HasSubstr("Koch"), Not(HasSubstr("chenchefin"))));
  EXPECT_THAT(console_.err.str(),
              HasSubstr("2 written, 1 left out that are not public"));
  RunOk("export jobposting -n n --internal");
  EXPECT_THAT(console_.out.str(), HasSubstr("chenchefin"));
  RunOk("export csv jobs -n n");
  EXPECT_THAT(console_.out.str(), HasSubstr("chenchefin"));
}

TEST_F(DigestTest, ADryRunSendsAndBooksNothing) {
  AddHousehold("p1", "p1@mail.example");
  RunOk(Digest() + "--dry-run");
  EXPECT_THAT(console_.out.str(), HasSubstr("\"told\":\"1\""));
  EXPECT_THAT(smtp_.Mails(), IsEmpty());
  RunOk(Digest());
  EXPECT_THAT(smtp_.Mails(), SizeIs(1));
}

TEST_F(DigestTest, LinksDismissAndUnsubscribe) {
  AddHousehold("p1", "p1@mail.example");
  RunOk(Digest() + "--top 1");
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  const std::string mail = smtp_.Mails()[0];
  const std::string key = absl::StrCat(" --key ", dir_.path(), "/key");
  RunOk("digest act " + Token(mail, "/dismiss") + key);
  RunOk("digest act " + Token(mail, "/dismiss") + key);
  RunOk("profile get p1 --json");
  EXPECT_THAT(console_.out.str(),
              HasSubstr("\"dismissedOffers\":[\"networks/"));
  RunOk("digest act " + Token(mail, "/unsubscribe") + key);
  RunOk(Digest() + "--per-week 7");
  EXPECT_THAT(console_.out.str(), HasSubstr("\"withoutConsent\":\"1\""));
  EXPECT_EQ(Run("digest act x" + Token(mail, "/unsubscribe") + key), 7);
}

TEST_F(DigestTest, GoesOnAfterTheServerWasAway) {
  AddHousehold("p1", "busy@mail.example");
  EXPECT_EQ(Run(Digest() + "--tries 1"), 5);
  EXPECT_THAT(console_.out.str(), HasSubstr("\"deferred\":\"1\""));
  EXPECT_THAT(smtp_.Mails(), IsEmpty());
  RunOk(Digest());
  EXPECT_THAT(smtp_.Mails(), SizeIs(1));
}

TEST_F(DigestTest, TriesAgainWithinARun) {
  AddHousehold("p1", "busy@mail.example");
  RunOk(Digest());
  EXPECT_THAT(console_.slept, ElementsAre(absl::Seconds(1)));
  EXPECT_THAT(smtp_.Mails(), SizeIs(1));
}

TEST_F(DigestTest, CountsRefusalsAndMissingAddressesWithoutShowingThem) {
  AddHousehold("p1", "refused@mail.example");
  AddHousehold("p2", "");
  RunOk(Digest());
  EXPECT_THAT(console_.out.str(), AllOf(HasSubstr("\"refused\":\"1\""),
                                        HasSubstr("\"withoutAddress\":\"1\"")));
  EXPECT_THAT(console_.out.str() + console_.err.str(),
              Not(HasSubstr("mail.example")));
}

TEST_F(DigestTest, CounsellorsHearOfHouseholdsThatLetThem) {
  AddHousehold("p1", "p1@mail.example", false);
  AddHousehold("p2", "p2@mail.example", false);
  RunOk("profile grant-consent p1 -n n --purpose matching");
  RunOk(absl::StrReplaceAll(Digest(), {{"returnees", "counsellors"}}) +
        "--to team@n.example");
  ASSERT_THAT(smtp_.Mails(), SizeIs(1));
  EXPECT_THAT(
      smtp_.Mails()[0],
      AllOf(HasSubstr("profiles/p1: Jobs"), Not(HasSubstr("Muster")),
            Not(HasSubstr("profiles/p2")), Not(HasSubstr("p1@mail.example"))));
}

// Runs the program itself, so that it can be killed.
pid_t StartHeimweg(const std::string& words) {
  const std::vector<std::string> arguments =
      absl::StrSplit(words, ' ', absl::SkipEmpty());
  const pid_t child = fork();
  if (child != 0) return child;
  std::vector<char*> argv;
  std::string program = HEIMWEG_PROGRAM;
  argv.push_back(program.data());
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

TEST_F(DigestTest, AKillRepeatsOneMailUnderTheSameId) {
  AddHousehold("p1", "hang@mail.example");
  const pid_t child = StartHeimweg(Server() + Digest());
  // The server has the mail, and the program has no answer yet.
  while (smtp_.Mails().empty()) {
    ASSERT_EQ(waitpid(child, nullptr, WNOHANG), 0) << "it ended by itself";
    usleep(10'000);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  RunOk(Digest());
  RunOk(Digest());
  ASSERT_THAT(smtp_.Mails(), SizeIs(2));
  EXPECT_NE(MessageId(smtp_.Mails()[0]), "");
  EXPECT_EQ(MessageId(smtp_.Mails()[0]), MessageId(smtp_.Mails()[1]));
}

}  // namespace
}  // namespace heimweg
