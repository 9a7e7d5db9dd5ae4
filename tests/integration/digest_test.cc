// Digests from a real heimwegd to a real SMTP server.
#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/integration/digest_fixture.h"

namespace heimweg::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

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

}  // namespace
}  // namespace heimweg::testing
