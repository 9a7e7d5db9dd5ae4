#include "clients/digest/mail_sink.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/digest/testing/smtp_server.h"
#include "tests/support/status_matchers.h"

namespace heimweg::digest {
namespace {

using heimweg::testing::IsOk;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Envelope To(const std::string& address) {
  return {"id1@heimweg.example", "lotsen@heimweg.example", address,
          "Subject: Hallo\r\n\r\nGuten Tag\r\n.\r\nbis bald\r\n"};
}

std::unique_ptr<MailSink> SinkTo(const std::string& url) {
  SmtpOptions options;
  options.url = url;
  options.timeout_seconds = 10;
  return *NewSmtpSink(options);
}

TEST(SmtpSink, HandsOverTheVeryBytesOnOneConnection) {
  const SmtpServer server;
  ASSERT_NE(server.port(), "");
  const auto sink = SinkTo(server.url());
  EXPECT_EQ(*sink->Send(To("a@mail.example")), Delivery::kTaken);
  EXPECT_EQ(*sink->Send(To("b@mail.example")), Delivery::kTaken);
  const std::string bytes = To("").bytes;
  EXPECT_THAT(server.Mails(), ElementsAre(bytes, bytes));
}

TEST(SmtpSink, TellsRefusalsFromThingsToTryAgain) {
  const SmtpServer server;
  const auto sink = SinkTo(server.url());
  EXPECT_EQ(*sink->Send(To("refused@mail.example")), Delivery::kRefused);
  EXPECT_EQ(*sink->Send(To("busy@mail.example")), Delivery::kDeferred);
  EXPECT_THAT(server.Mails(), IsEmpty());
  EXPECT_EQ(*sink->Send(To("busy@mail.example")), Delivery::kTaken);
}

TEST(SmtpSink, DefersWhenNobodyAnswers) {
  SmtpServer server;
  const auto sink = SinkTo(server.url());
  server.Stop();
  EXPECT_EQ(*sink->Send(To("a@mail.example")), Delivery::kDeferred);
}

TEST(SmtpSink, SpeaksNoOtherProtocol) {
  SmtpOptions options;
  options.url = "http://127.0.0.1:25";
  EXPECT_EQ(NewSmtpSink(options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(FolderSink, WritesAFileForEachMailOnce) {
  const heimweg::testing::TempDir dir;
  const auto sink = NewFolderSink(dir.path());
  ASSERT_THAT(sink, IsOk());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(*(*sink)->Send(To("a@mail.example")), Delivery::kTaken);
  }
  std::ifstream file(dir.path() + "/id1@heimweg.example.eml");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_EQ(bytes.str(), To("").bytes);
}

TEST(FolderSink, NeedsAFolder) {
  EXPECT_EQ(NewFolderSink("/no/such/folder").status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace heimweg::digest
