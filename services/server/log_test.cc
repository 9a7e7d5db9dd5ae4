#include "services/server/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace heimweg::server {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Collects the lines until it is read.
class Lines {
 public:
  explicit Lines(Level level)
      : log_(std::make_unique<Log>(level, [this](absl::string_view line) {
          lines_.emplace_back(line);
        })) {}
  Log& log() { return *log_; }
  std::vector<std::string> Read() {
    log_.reset();
    return lines_;
  }

 private:
  std::vector<std::string> lines_;
  std::unique_ptr<Log> log_;
};

TEST(Log, WritesOneJsonObjectPerLine) {
  Lines lines(Level::kInfo);
  lines.log().Warning("slow commit", {{"store", "jobs"}});
  EXPECT_THAT(
      lines.Read(),
      ElementsAre(AllOf(
          StartsWith(R"({"ts":"20)"),
          HasSubstr(
              R"("level":"warning","event":"slow commit","store":"jobs"})"))));
}

TEST(Log, EscapesWhatJsonDoesNotAllow) {
  Lines lines(Level::kInfo);
  lines.log().Info("x", {{"path", "a\"b\\c\nd\x01"}});
  EXPECT_THAT(lines.Read(),
              ElementsAre(HasSubstr(R"("path":"a\"b\\c\u000ad\u0001")")));
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  Lines lines(Level::kWarning);
  lines.log().Info("chatter");
  lines.log().Answered({}, "S/M", absl::OkStatus(), absl::Seconds(1));
  lines.log().Error("kept");
  EXPECT_THAT(lines.Read(), ElementsAre(HasSubstr("kept")));
}

TEST(Log, SaysWhoCalledWhatAndHowItEnded) {
  Call call;
  call.request_id = "0badcafe00000001";
  call.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
  Lines lines(Level::kInfo);
  lines.log().Answered(call, "heimweg.jobs.v1.JobService/GetJob",
                       absl::NotFoundError("no such job"),
                       absl::Microseconds(1500));
  EXPECT_THAT(lines.Read(),
              ElementsAre(AllOf(
                  HasSubstr(R"("request_id":"0badcafe00000001")"),
                  HasSubstr(R"("trace_id":"4bf92f3577b34da6a3ce929d0e0e4736")"),
                  HasSubstr(R"("caller":"operator")"),
                  HasSubstr(R"("method":"heimweg.jobs.v1.JobService/GetJob")"),
                  HasSubstr(R"("code":"NOT_FOUND","ms":1.500})"),
                  Not(HasSubstr("no such job")))));
}

TEST(Log, KeepsTheTextThatTheClientDidNotGet) {
  Lines lines(Level::kInfo);
  lines.log().Answered({}, "S/M", absl::DataLossError("block 7: checksum"),
                       absl::Seconds(1));
  EXPECT_THAT(lines.Read(), ElementsAre(AllOf(HasSubstr(R"("level":"error")"),
                                              HasSubstr("block 7: checksum"))));
}

}  // namespace
}  // namespace heimweg::server
