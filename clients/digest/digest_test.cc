#include "clients/digest/digest.h"

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"

namespace heimweg::digest {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Digest ADigest(cli::Language language = cli::Language::kEnglish) {
  Digest digest;
  digest.language = language;
  digest.recipient_name = "R. Muster";
  digest.sender_name = "Rückkehr Elbe-Elster";
  digest.sections = {{"Jobs",
                      {{"Koch – Gasthof <Zum Hirsch> & Co",
                        "04910 Elsterwerda",
                        "12.3 km",
                        "87.3",
                        {"12.3 km from parents."},
                        "https://portal.example/o?id=a&b",
                        "https://portal.example/dismiss?t=x.y"}}}};
  digest.unsubscribe_url = "https://portal.example/unsubscribe?t=u.v";
  return digest;
}

TEST(Digest, SaysInPlainTextWhatIsNewAndWhy) {
  EXPECT_EQ(PlainText(ADigest()),
            "Hello R. Muster,\n\n"
            "these offers are new and fit what you are looking for.\n"
            "\nJobs\n\n"
            "* Koch – Gasthof <Zum Hirsch> & Co\n"
            "  04910 Elsterwerda, 12.3 km, 87.3 of 100 points\n"
            "  - 12.3 km from parents.\n"
            "  https://portal.example/o?id=a&b\n"
            "  Not for us: https://portal.example/dismiss?t=x.y\n\n"
            "Rückkehr Elbe-Elster\n\n"
            "You get this message because you agreed to it. One click ends "
            "it:\n"
            "https://portal.example/unsubscribe?t=u.v\n");
}

TEST(Digest, SpeaksGerman) {
  const Digest digest = ADigest(cli::Language::kGerman);
  EXPECT_EQ(Subject(digest), "1 neues Angebot für Ihren Heimweg");
  EXPECT_THAT(PlainText(digest),
              AllOf(HasSubstr("Guten Tag R. Muster,"),
                    HasSubstr("von 100 Punkten"), HasSubstr("Nichts für uns")));
  EXPECT_THAT(Html(digest), HasSubstr("<html lang=\"de\">"));
}

TEST(Digest, CountsOffersOfAllSectionsInItsSubject) {
  Digest digest = ADigest();
  digest.sections.push_back(
      {"Homes", std::vector<DigestOffer>(2, digest.sections[0].offers[0])});
  EXPECT_EQ(Subject(digest), "3 new offers for your way home");
}

TEST(Digest, EscapesEveryTextInHtml) {
  Digest digest = ADigest();
  digest.recipient_name = "<script>alert(1)</script>";
  digest.sections[0].offers[0].reasons = {"\"><img src=x>"};
  const std::string html = Html(digest);
  EXPECT_THAT(html, AllOf(HasSubstr("Gasthof &lt;Zum Hirsch&gt; &amp; Co"),
                          HasSubstr("o?id=a&amp;b\""), Not(HasSubstr("<img")),
                          Not(HasSubstr("<script"))));
}

TEST(Digest, WrapsLongReasonsBetweenWords) {
  Digest digest = ADigest();
  std::string reason;
  for (int i = 0; i < 60; ++i) reason += "Gründe ";
  digest.sections[0].offers[0].reasons = {reason};
  for (const absl::string_view line : absl::StrSplit(PlainText(digest), '\n')) {
    EXPECT_LE(line.size(), 78u);
  }
}

TEST(Digest, OfCounsellorsHasNoLinkToUnsubscribe) {
  Digest digest = ADigest();
  digest.unsubscribe_url.clear();
  EXPECT_EQ(Subject(digest), "1 new match");
  EXPECT_THAT(Html(digest), Not(HasSubstr("unsubscribe")));
  EXPECT_THAT(PlainText(digest), Not(HasSubstr("One click")));
}

}  // namespace
}  // namespace heimweg::digest
