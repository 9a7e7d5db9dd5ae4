#include "services/server/metrics.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kGetJob[] = "heimweg.jobs.v1.JobService/GetJob";

std::string HttpGet(int port, const std::string& path) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(connection, reinterpret_cast<sockaddr*>(&address),
                    sizeof(address)),
            0);
  const std::string request =
      absl::StrCat("GET ", path, " HTTP/1.0\r\nHost: x\r\n\r\n");
  EXPECT_EQ(send(connection, request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  ssize_t got = 0;
  while ((got = recv(connection, buffer, sizeof(buffer), 0)) > 0) {
    answer.append(buffer, static_cast<size_t>(got));
  }
  close(connection);
  return answer;
}

TEST(Metrics, CountsCallsByServiceMethodAndCode) {
  Metrics metrics;
  Metrics::Method& method = metrics.ForMethod(kGetJob);
  method.Started();
  method.Started();
  method.Handled(absl::StatusCode::kOk, absl::Milliseconds(3));
  method.Handled(absl::StatusCode::kNotFound, absl::Milliseconds(3));

  const std::string labels =
      R"(grpc_method="GetJob",grpc_service="heimweg.jobs.v1.JobService")";
  EXPECT_THAT(
      metrics.Text(),
      AllOf(
          HasSubstr(absl::StrCat("grpc_server_started_total{", labels, "} 2")),
          HasSubstr(R"(grpc_server_handled_total{grpc_code="OK",)"),
          HasSubstr(R"(grpc_server_handled_total{grpc_code="NotFound",)"),
          Not(HasSubstr("Internal")),
          HasSubstr(absl::StrCat("grpc_server_handling_seconds_count{", labels,
                                 "} 2"))));
}

TEST(Metrics, ReadsASeriesAtEachScrapeAsLongAsItLives) {
  Metrics metrics;
  double level = 1;
  Metrics::Series series = metrics.AddGauge(
      "heimweg_offers", "Offers.", {{"kind", "jobs"}}, [&] { return level; });
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(heimweg_offers{kind="jobs"} 1)"));
  level = 2;
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(heimweg_offers{kind="jobs"} 2)"));
  series.reset();
  EXPECT_THAT(metrics.Text(), Not(HasSubstr("heimweg_offers")));
}

TEST(Metrics, PutsSeriesOfOneNameIntoOneFamily) {
  Metrics metrics;
  const auto jobs = metrics.AddCounter("heimweg_writes_total", "Writes.",
                                       {{"kind", "jobs"}}, [] { return 1; });
  const auto homes = metrics.AddCounter("heimweg_writes_total", "Writes.",
                                        {{"kind", "homes"}}, [] { return 2; });
  const std::string text = metrics.Text();
  EXPECT_EQ(text.find("# TYPE heimweg_writes_total counter"),
            text.rfind("# TYPE heimweg_writes_total counter"));
  EXPECT_THAT(text, AllOf(HasSubstr(R"({kind="jobs"} 1)"),
                          HasSubstr(R"({kind="homes"} 2)")));
}

TEST(Metrics, ServesThemOverHttp) {
  Metrics metrics;
  metrics.ForMethod(kGetJob).Started();
  const auto series =
      metrics.AddGauge("heimweg_offers", "Offers.", {}, [] { return 7; });

  ASSERT_THAT(metrics.Expose("127.0.0.1:0"), IsOk());

  EXPECT_THAT(HttpGet(metrics.port(), "/metrics"),
              AllOf(HasSubstr("grpc_server_started_total"),
                    HasSubstr("heimweg_offers 7")));
}

TEST(Metrics, SayThatTheirPortIsTaken) {
  Metrics first;
  ASSERT_THAT(first.Expose("127.0.0.1:0"), IsOk());
  Metrics second;
  EXPECT_THAT(second.Expose(absl::StrCat("127.0.0.1:", first.port())),
              StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace heimweg::server
