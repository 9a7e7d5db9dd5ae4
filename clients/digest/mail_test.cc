#include "clients/digest/mail.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/support/status_matchers.h"

namespace heimweg::digest {
namespace {

using heimweg::testing::IsOk;

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Mail AMail() {
  Mail mail;
  mail.message_id = "4f1c@heimweg.example";
  mail.date = absl::FromUnixSeconds(1'800'000'000);
  mail.from_name = "Rückkehr Elbe-Elster";
  mail.from_address = "lotsen@heimweg.example";
  mail.to_name = "R. Muster";
  mail.to_address = "r.muster@mail.example";
  mail.subject = "3 neue Angebote für Ihren Heimweg";
  mail.plain = "Grüße\n";
  mail.html = "<p>Gr&uuml;&szlig;e</p>\n";
  mail.unsubscribe_url = absl::StrCat("https://portal.example/unsubscribe?t=",
                                      std::string(150, 'x'));
  return mail;
}

TEST(Mail, HasTheHeadersThatAMailingOwes) {
  const auto bytes = Compose(AMail());
  ASSERT_THAT(bytes, IsOk());
  // Folded lines count as one (RFC 5322, 2.2.3).
  const std::string unfolded =
      absl::StrReplaceAll(*bytes, {{"\r\n ", " "}, {"\r\n\t", " "}});
  EXPECT_THAT(
      unfolded,
      AllOf(HasSubstr("Message-Id: <4f1c@heimweg.example>\r\n"),
            HasSubstr("To: \"R. Muster\" <r.muster@mail.example>\r\n"),
            HasSubstr("Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"),
            HasSubstr("Auto-Submitted: auto-generated\r\n"),
            HasSubstr("List-Unsubscribe-Post: "
                      "List-Unsubscribe=One-Click\r\n"),
            HasSubstr(absl::StrCat("<", AMail().unsubscribe_url, ">\r\n"))));
}

TEST(Mail, IsAsciiWithCrlfAndBothAlternatives) {
  const auto bytes = Compose(AMail());
  ASSERT_THAT(bytes, IsOk());
  EXPECT_THAT(*bytes,
              AllOf(HasSubstr("multipart/alternative"), HasSubstr("text/plain"),
                    HasSubstr("text/html"), HasSubstr("charset=iso-8859-1"),
                    HasSubstr("Gr=FC=DFe")));
  for (size_t i = 0; i < bytes->size(); ++i) {
    ASSERT_LT(static_cast<unsigned char>((*bytes)[i]), 128) << i;
    if ((*bytes)[i] == '\n') {
      ASSERT_EQ((*bytes)[i - 1], '\r') << i;
    }
  }
}

TEST(Mail, FallsBackToUtf8) {
  Mail mail = AMail();
  mail.plain = "Łódź, Zgorzelec – Görlitz\n";
  const auto bytes = Compose(mail);
  ASSERT_THAT(bytes, IsOk());
  EXPECT_THAT(*bytes, AllOf(HasSubstr("text/plain; charset=utf-8"),
                            HasSubstr("=C5=81=C3=B3d=C5=BA")));
}

TEST(Mail, HasTheSameBytesEachTime) {
  EXPECT_EQ(*Compose(AMail()), *Compose(AMail()));
}

TEST(Mail, LetsNoNameOrSubjectAddAHeader) {
  Mail mail = AMail();
  mail.to_name = "R. Muster\r\nBcc: all@mail.example";
  mail.subject = "Hallo\nX-Evil: 1";
  const auto bytes = Compose(mail);
  ASSERT_THAT(bytes, IsOk());
  EXPECT_THAT(*bytes,
              AllOf(Not(HasSubstr("\nBcc:")), Not(HasSubstr("\nX-Evil:"))));
}

TEST(Mail, RefusesWhatIsNotOneAddressWithoutRepeatingIt) {
  for (const char* address :
       {"", "muster", "@mail.example", "muster@", "a@b.example,c@d.example",
        "a b@c.example", "<a@b.example>", "a@b.example\r\nRCPT TO:<x@y.z>",
        "müller@mail.example"}) {
    Mail mail = AMail();
    mail.to_address = address;
    const auto bytes = Compose(mail);
    EXPECT_EQ(bytes.status().code(), absl::StatusCode::kInvalidArgument);
    if (*address != '\0') {
      EXPECT_FALSE(absl::StrContains(bytes.status().message(), address));
    }
  }
}

}  // namespace
}  // namespace heimweg::digest
