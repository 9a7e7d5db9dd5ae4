// What the commands make of the services' answers and errors.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"

namespace heimweg::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Calls, AreRepeatedAfterUnavailableWithTheSameRequestId) {
  FakeServer server;
  server.jobs.errors = {TryAgainIn(2),
                        {grpc::StatusCode::UNAVAILABLE, "overloaded"}};
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "--json jobs create -n n --id a",
                        R"({"title": "Koch"})"),
            0);
  EXPECT_EQ(console.out.str(),
            "{\"name\":\"networks/n/jobs/a\",\"title\":\"Koch\"}\n");
  EXPECT_THAT(server.jobs.request_ids,
              ElementsAre("request-1", "request-1", "request-1"));
  EXPECT_THAT(console.slept,
              ElementsAre(absl::Seconds(2), absl::Milliseconds(200)));
}

TEST(Calls, AreGivenUpAfterSixTries) {
  FakeServer server;
  server.jobs.errors.assign(20, TryAgainIn(0));
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "jobs get networks/n/jobs/a"), 5);
  EXPECT_THAT(server.jobs.errors, SizeIs(14));
  EXPECT_EQ(console.err.str(), "heimweg: overloaded (UNAVAILABLE)\n");
}

TEST(Calls, DoNotWaitBeyondTheirDeadline) {
  FakeServer server;
  server.jobs.errors = {TryAgainIn(60)};
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "jobs get networks/n/jobs/a"), 5);
  EXPECT_THAT(console.slept, IsEmpty());
}

TEST(Calls, AreNotRepeatedAfterOtherErrors) {
  FakeServer server;
  const std::vector<std::pair<grpc::StatusCode, int>> codes = {
      {grpc::StatusCode::INTERNAL, 1},
      {grpc::StatusCode::INVALID_ARGUMENT, 3},
      {grpc::StatusCode::NOT_FOUND, 4},
      {grpc::StatusCode::ALREADY_EXISTS, 6},
      {grpc::StatusCode::ABORTED, 6},
      {grpc::StatusCode::PERMISSION_DENIED, 7},
      {grpc::StatusCode::RESOURCE_EXHAUSTED, 8}};
  for (const auto& [code, exit_code] : codes) {
    server.jobs.errors = {{code, "because"}};
    TestConsole console;
    EXPECT_EQ(console.Run(server.flag() + "jobs get networks/n/jobs/a"),
              exit_code);
    EXPECT_THAT(console.err.str(), HasSubstr("heimweg: because ("));
    EXPECT_THAT(console.slept, IsEmpty());
  }
}

TEST(Calls, ShowEveryWrongField) {
  FakeServer server;
  google::rpc::BadRequest bad;
  for (const char* field : {"salary.maximum_cents", "place"}) {
    auto* violation = bad.add_field_violations();
    violation->set_field(field);
    violation->set_description("is wrong");
  }
  server.jobs.errors = {
      ErrorWith(grpc::StatusCode::INVALID_ARGUMENT, "2 fields are wrong", bad)};
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "jobs create -n n", "{}"), 3);
  EXPECT_EQ(console.err.str(),
            "heimweg: 2 fields are wrong (INVALID_ARGUMENT)\n"
            "  salary.maximum_cents: is wrong\n"
            "  place: is wrong\n");
}

TEST(Calls, SayWhereNobodyAnswersAndHowToStartAServer) {
  // The port was free a moment ago.
  const std::string address = FakeServer().address();
  TestConsole console;
  EXPECT_EQ(console.Run("--server " + address + " jobs get networks/n/jobs/a"),
            5);
  EXPECT_THAT(console.err.str(),
              AllOf(HasSubstr("no server answers at " + address),
                    HasSubstr("deploy/run"), HasSubstr("(UNAVAILABLE)")));
}

TEST(Calls, GoToTheAddressOfTheirService) {
  FakeServer jobs;
  FakeServer others;
  TestConsole console;
  jobs.jobs.errors = {{grpc::StatusCode::NOT_FOUND, "asked here"}};
  EXPECT_EQ(console.Run(others.flag() + "--jobs-server " + jobs.address() +
                        " jobs get networks/n/jobs/a"),
            4);
  EXPECT_THAT(jobs.jobs.errors, IsEmpty());
}

TEST(List, FollowsThePages) {
  FakeServer server;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    server.jobs.stored.emplace_back().set_name(
        absl::StrCat("networks/n/jobs/", id));
  }
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "--json jobs list --all --kldb 81"), 0);
  EXPECT_THAT(console.out.str(),
              AllOf(HasSubstr("jobs/a\"}\n"), HasSubstr("jobs/e\"}\n")));
  EXPECT_EQ(server.jobs.last_list.parent(), "networks/-");
  EXPECT_THAT(server.jobs.last_list.filter().kldb_prefixes(),
              ElementsAre("81"));
  EXPECT_EQ(console.Run(server.flag() + "jobs list -n n --page-size 2"), 0);
  EXPECT_THAT(console.out.str(), Not(HasSubstr("jobs/c")));
  EXPECT_THAT(console.err.str(), HasSubstr("--page-token 2"));
}

TEST(Update, SendsTheMaskInTheFieldsNames) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(
      console.Run(server.flag() + "jobs update a -n n --mask state,sourceUri",
                  R"({"state": "OFFER_STATE_FILLED"})"),
      0);
  EXPECT_EQ(server.jobs.last_update.job().name(), "networks/n/jobs/a");
  EXPECT_THAT(server.jobs.last_update.update_mask().paths(),
              ElementsAre("state", "source_uri"));
}

TEST(ProfilePut, CreatesThenReplaces) {
  FakeServer server;
  TestConsole console;
  const std::string put = server.flag() + "profile put";
  EXPECT_EQ(console.Run(put, R"({"name": "profiles/p"})"), 0);
  EXPECT_EQ(console.out.str(), "Created profiles/p\n");
  EXPECT_EQ(console.Run(put, R"({"name": "profiles/p", "pets": ["PET_DOG"]})"),
            0);
  EXPECT_EQ(console.out.str(), "Replaced profiles/p\n");
  EXPECT_EQ(server.profiles.stored["profiles/p"].pets_size(), 1);
}

TEST(Watch, ResumesBehindWhatItHandled) {
  FakeServer server;
  server.jobs.stored.emplace_back().set_name("networks/n/jobs/a");
  server.jobs.break_watch = true;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "watch jobs -n n --once"), 0);
  EXPECT_THAT(console.out.str(), AllOf(HasSubstr("+ networks/n/jobs/a"),
                                       HasSubstr("- networks/n/jobs/gone")));
  EXPECT_THAT(server.jobs.resume_tokens, ElementsAre("", "t1"));
  EXPECT_EQ(console.err.str(), "Resume with --resume t2\n");
}

TEST(Watch, PrintsEachChangeAndThenTheTokenBehindIt) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(
      console.Run(server.flag() + "--json watch jobs -n n --once --resume t1"),
      0);
  EXPECT_EQ(console.out.str(),
            "{\"deletedName\":\"networks/n/jobs/gone\"}\n"
            "{\"resumeToken\":\"t2\",\"revision\":\"2\",\"complete\":true}\n");
}

TEST(Watch, SaysWhatToDoWithATokenThatIsTooOld) {
  FakeServer server;
  server.jobs.errors = {{grpc::StatusCode::OUT_OF_RANGE, "too old"}};
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "watch jobs --resume t0"), 3);
  EXPECT_THAT(console.err.str(), HasSubstr("watch again without --resume"));
}

TEST(Watch, EndsWhenItIsInterrupted) {
  FakeServer server;
  TestConsole console;
  console.console.interrupted = [] { return true; };
  EXPECT_EQ(console.Run(server.flag() + "watch jobs"), 0);
}

}  // namespace
}  // namespace heimweg::cli
