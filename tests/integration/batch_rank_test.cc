// heimweg batch rank is killed in its middle, and so is the heimwegd that it
// asks: the output ends as if neither had happened. And AssignOffers on the
// wire.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"
#include "tests/support/temp_dir.h"

namespace heimweg::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kProfiles = 640;
// So many offers and matches that a line is long in making.
constexpr int kOffers = 1'000;
constexpr char kTop[] = "400";
constexpr std::chrono::seconds kLimit(60);

// 0 for a file that is not there.
uintmax_t BytesOf(const std::string& path) {
  std::error_code none;
  const uintmax_t bytes = std::filesystem::file_size(path, none);
  return none ? 0 : bytes;
}

// A running `heimweg batch rank`. Thread-compatible.
class BatchRank {
 public:
  BatchRank(const Heimwegd& server, const std::string& out, int workers,
            const std::string& format) {
    const std::string log = absl::StrCat(out, ".log");
    std::vector<std::string> words = {HEIMWEG_PROGRAM,
                                      "--server",
                                      server.address(),
                                      "batch",
                                      "rank",
                                      "--kind",
                                      "jobs",
                                      "--top",
                                      kTop,
                                      "--format",
                                      format,
                                      "--full",
                                      "--at",
                                      "2026-11-30T00:00:00Z",
                                      "--workers",
                                      absl::StrCat(workers),
                                      "--out",
                                      out};
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    EXPECT_EQ(
        posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ),
        0);
    posix_spawn_file_actions_destroy(&actions);
  }
  ~BatchRank() { Kill(); }
  BatchRank(const BatchRank&) = delete;
  BatchRank& operator=(const BatchRank&) = delete;

  void Kill() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    Wait();
  }
  // Its exit code; -1 if a signal ended it.
  int Wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  bool Runs() const { return waitpid(pid_, nullptr, WNOHANG) == 0; }
  // The policies of its threads.
  std::set<int> Policies() const {
    std::set<int> policies;
    for (const auto& thread : std::filesystem::directory_iterator(
             absl::StrCat("/proc/", pid_, "/task"))) {
      policies.insert(
          sched_getscheduler(std::stoi(thread.path().filename().string())));
    }
    return policies;
  }

 private:
  pid_t pid_ = -1;
};

// Until `path` has so many bytes; false if the run ended before. Lines are not
// counted: a run is quicker than who reads what it writes.
bool WaitForBytes(const BatchRank& run, const std::string& path,
                  uintmax_t bytes) {
  const auto give_up = std::chrono::steady_clock::now() + kLimit;
  while (BytesOf(path) < bytes) {
    if (!run.Runs() || std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

class BatchRankTest : public ::testing::Test {
 protected:
  BatchRankTest() : server_(Flags()) {
    const Revisions revisions =
        world_.Fill(AllAt(server_.Channel()), kOffers, kProfiles);
    SampleWorld::WaitUntilIndexed(server_.Channel(), revisions, kProfiles);
  }

  std::vector<std::string> Flags() const {
    std::vector<std::string> flags = world_.Flags("stores");
    flags.emplace_back("--target=all");
    return flags;
  }
  std::string Path(const std::string& name) const {
    return absl::StrCat(world_.folder(), "/", name);
  }

  const SampleWorld world_;
  Heimwegd server_;
};

class KilledBatchRankTest : public BatchRankTest,
                            public ::testing::WithParamInterface<const char*> {
};

TEST_P(KilledBatchRankTest, OnBothSidesItEndsAsIfNothingHadHappened) {
  const std::string whole = Path("whole");
  ASSERT_EQ(BatchRank(server_, whole, 1, GetParam()).Wait(), 0)
      << ContentsOf(whole + ".log");
  const uintmax_t bytes = BytesOf(whole);
  ASSERT_GE(std::ranges::count(ContentsOf(whole), '\n'), 1 + kProfiles);

  const std::string killed = Path("killed");
  BatchRank first(server_, killed, 3, GetParam());
  ASSERT_TRUE(WaitForBytes(first, killed, bytes / 6));
  EXPECT_THAT(first.Policies(), ElementsAre(SCHED_IDLE))
      << "calls beside it would wait";
  first.Kill();
  const uintmax_t kept = BytesOf(killed);
  ASSERT_LT(kept, bytes) << "it was not in the middle";

  BatchRank second(server_, killed, 2, GetParam());
  ASSERT_TRUE(WaitForBytes(second, killed, std::max(kept + 1, bytes / 3)));
  server_.Kill();
  ASSERT_TRUE(second.Runs());
  server_.Restart();
  ASSERT_EQ(second.Wait(), 0) << ContentsOf(killed + ".log");

  EXPECT_THAT(ContentsOf(killed + ".log"), HasSubstr("Goes on after "));
  EXPECT_TRUE(ContentsOf(killed) == ContentsOf(whole));
}

INSTANTIATE_TEST_SUITE_P(AsEachFormat, KilledBatchRankTest,
                         ::testing::Values("jsonl", "csv"));

TEST_F(BatchRankTest, AssignOffersKeepsTheStoredCapacities) {
  const auto stub = matching::v1::MatchingService::NewStub(server_.Channel());
  matching::v1::AssignOffersRequest request;
  request.set_kind(type::v1::OFFER_KIND_HOME);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLimit);
  const auto stream = stub->AssignOffers(&context, request);
  matching::v1::AssignOffersResponse all;
  matching::v1::AssignOffersResponse message;
  while (stream->Read(&message)) all.MergeFrom(message);
  const grpc::Status status = stream->Finish();

  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(all.ranked_profiles(), kProfiles);
  EXPECT_GT(all.assignments_size(), 0);
  EXPECT_EQ(all.summary().assigned_profiles(), all.assignments_size());
  EXPECT_EQ(all.summary().total_score(), all.summary().best_total_score());
  std::map<std::string, int> people;
  for (const auto& one : all.assignments()) ++people[one.offer()];
  const auto homes = housing::v1::HomeService::NewStub(server_.Channel());
  for (const auto& [name, count] : people) {
    housing::v1::GetHomeRequest get;
    get.set_name(name);
    grpc::ClientContext call;
    call.set_deadline(std::chrono::system_clock::now() + kLimit);
    housing::v1::Home home;
    ASSERT_TRUE(homes->GetHome(&call, get, &home).ok()) << name;
    EXPECT_LE(count, home.has_capacity() ? home.capacity() : 1) << name;
  }
}

}  // namespace
}  // namespace heimweg::testing
