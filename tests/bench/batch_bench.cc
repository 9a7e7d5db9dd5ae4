// batch_bench: RankProfiles of a whole heimwegd over its stores: how many
// profiles a second of its CPU time and of the clock, and what a running
// `heimweg batch rank` does to the waiting times of RankOffers, measured in
// turns with and without one.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "tests/bench/load.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

using matching::v1::MatchingService;
using matching::v1::RankOffersRequest;
using matching::v1::RankOffersResponse;
using matching::v1::RankProfilesRequest;
using matching::v1::RankProfilesResponse;

struct Flags {
  RegionFlags region = {.offers = {10'000, 100'000}};
  int64_t profiles = 2'000;
  std::vector<std::string> kinds = {"job", "home", "contact"};
  int32_t top = 50;
  int clients = 1;
  int rounds = 5;
  double seconds = 2;
};

struct Batch {
  int64_t ranked = 0;
  int64_t matches = 0;
  int64_t bytes = 0;
};

type::v1::OfferKind KindOf(const std::string& name) {
  if (name == "home") return type::v1::OFFER_KIND_HOME;
  if (name == "contact") return type::v1::OFFER_KIND_CONTACT;
  return type::v1::OFFER_KIND_JOB;
}

Batch ReadStream(const ServerProcess& heimwegd, const Flags& flags,
                 const std::string& kind) {
  RankProfilesRequest request;
  request.set_kind(KindOf(kind));
  request.set_limit(flags.top);
  grpc::ClientContext context;
  SetDeadline(context, absl::Minutes(30));
  const auto stub = MatchingService::NewStub(heimwegd.Connect());
  const auto stream = stub->RankProfiles(&context, request);
  Batch batch;
  RankProfilesResponse message;
  while (stream->Read(&message)) {
    batch.bytes += static_cast<int64_t>(message.ByteSizeLong());
    for (const auto& one : message.rankings()) {
      if (!one.has_ranking()) continue;
      ++batch.ranked;
      batch.matches += one.ranking().matches_size();
    }
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) {
    Fail(absl::StrCat("RankProfiles: ", status.error_message()));
  }
  return batch;
}

// `heimweg batch rank` in a process of its own, again and again.
class RunningBatches {
 public:
  RunningBatches(const ServerProcess& heimwegd, const Flags& flags) {
    std::string script = absl::StrCat(
        "i=0; while ", HEIMWEG_PROGRAM, " --server ", heimwegd.address(),
        " batch rank --kind jobs --top ", flags.top, " --out ", folder_.path(),
        "/$i; do i=$((i+1)); done");
    std::string shell = "/bin/sh";
    std::string option = "-c";
    char* const argv[] = {shell.data(), option.data(), script.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    // A process group, so that nothing of it is left when it is killed.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int failed =
        posix_spawn(&pid_, argv[0], &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) Fail("cannot start a shell");
  }
  ~RunningBatches() { Stop(); }
  RunningBatches(const RunningBatches&) = delete;
  RunningBatches& operator=(const RunningBatches&) = delete;

  // Kills it. How many profiles were ranked; the bench fails if a batch did.
  int64_t Stop() {
    if (pid_ < 0) return 0;
    const bool ended = waitpid(pid_, nullptr, WNOHANG) != 0;
    kill(-pid_, SIGKILL);
    if (!ended) waitpid(pid_, nullptr, 0);
    pid_ = -1;
    if (ended) Fail("heimweg batch rank failed");
    int64_t ranked = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(folder_.path())) {
      const std::string lines = testing::ContentsOf(file.path().string());
      // The first says what was run.
      ranked += std::max<int64_t>(0, std::ranges::count(lines, '\n') - 1);
    }
    return ranked;
  }

 private:
  const testing::TempDir folder_;
  pid_t pid_ = -1;
};

void MeasureRate(const Flags& flags, const ServerProcess& heimwegd,
                 int64_t offers, const std::string& kind, Table& table) {
  std::vector<double> by_cpu;
  std::vector<double> by_clock;
  Batch batch;
  for (int round = 0; round < flags.rounds; ++round) {
    const absl::Duration cpu = heimwegd.Cpu();
    const absl::Time begin = absl::Now();
    batch = ReadStream(heimwegd, flags, kind);
    const auto ranked = static_cast<double>(batch.ranked);
    by_clock.push_back(ranked / absl::ToDoubleSeconds(absl::Now() - begin));
    by_cpu.push_back(ranked / absl::ToDoubleSeconds(heimwegd.Cpu() - cpu));
  }
  const auto ranked = static_cast<double>(std::max<int64_t>(1, batch.ranked));
  table.Row({absl::StrCat(offers), kind, absl::StrCat(batch.ranked),
             Shown(static_cast<double>(batch.matches) / ranked),
             Shown(static_cast<double>(batch.bytes) / ranked),
             Shown(Median(by_cpu)), Shown(1e6 / Median(by_cpu)),
             Shown(Median(by_clock))});
}

std::vector<double> AskWhile(const Flags& flags, const ServerProcess& heimwegd,
                             const std::vector<RankOffersRequest>& requests) {
  return RunLoad(heimwegd, flags.clients, absl::Seconds(flags.seconds),
                 [&requests](auto& stub, auto& context, int64_t i) {
                   RankOffersResponse response;
                   return stub.RankOffers(
                       &context,
                       requests[static_cast<size_t>(i) % requests.size()],
                       &response);
                 })
      .wall_us;
}

void MeasureWaits(const Flags& flags, const ServerProcess& heimwegd,
                  const generator::Generator& generator, int64_t offers,
                  Table& table) {
  std::vector<RankOffersRequest> requests(200);
  for (size_t i = 0; i < requests.size(); ++i) {
    requests[i].set_profile(
        generator.MakeProfile(static_cast<int64_t>(i) % flags.profiles).name());
    requests[i].set_kind(type::v1::OFFER_KIND_HOME);
  }
  std::vector<double> alone;
  std::vector<double> beside;
  double ranked = 0;
  for (int round = 0; round < flags.rounds; ++round) {
    for (const double us : AskWhile(flags, heimwegd, requests)) {
      alone.push_back(us);
    }
    RunningBatches batches(heimwegd, flags);
    for (const double us : AskWhile(flags, heimwegd, requests)) {
      beside.push_back(us);
    }
    ranked += static_cast<double>(batches.Stop());
  }
  const double seconds = flags.seconds * flags.rounds;
  table.Row({absl::StrCat(offers),
             Shown(static_cast<double>(alone.size()) / seconds),
             Shown(Quantile(alone, 0.5)), Shown(Quantile(alone, 0.99)),
             Shown(static_cast<double>(beside.size()) / seconds),
             Shown(Quantile(beside, 0.5)), Shown(Quantile(beside, 0.99)),
             Shown(Quantile(beside, 0.99) / Quantile(alone, 0.99)),
             Shown(ranked / seconds)});
}

void Run(const Flags& flags) {
  const auto generator = MakeGenerator(flags.region.gazetteer, absl::Now());
  ForEachRegion(flags.region, [&](int64_t offers, const std::string& data) {
    const ServerProcess heimwegd(HeimwegdCommand(flags.region.gazetteer, data));
    Fill(heimwegd.Connect(), *generator, offers, flags.profiles);
    heimwegd.WaitUntilIdle();
    Table rates(
        absl::StrCat("RankProfiles: all profiles, top ", flags.top,
                     " with reasons, medians of ", flags.rounds, " streams"),
        {"offers", "kind", "profiles ranked", "matches each", "bytes each",
         "profiles / s of server CPU", "server CPU us each",
         "profiles / s of the clock"});
    for (const std::string& kind : flags.kinds) {
      MeasureRate(flags, heimwegd, offers, kind, rates);
    }
    Table waits(
        absl::StrCat("RankOffers (homes, top 20) with and without a batch: ",
                     flags.clients, " clients, ", flags.rounds,
                     " rounds in turn"),
        {"offers", "calls/s alone", "p50 us", "p99 us", "calls/s beside",
         "p50 us", "p99 us", "p99 : alone", "profiles/s beside"});
    MeasureWaits(flags, heimwegd, *generator, offers, waits);
  });
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures RankProfiles, and RankOffers beside it.");
  AddRegionFlags(app, flags.region);
  app.add_option("--profiles", flags.profiles, "Households")
      ->check(CLI::Range(int64_t{1}, int64_t{1'000'000}));
  app.add_option("--kinds", flags.kinds, "Kinds of offers, by commas")
      ->delimiter(',')
      ->check(CLI::IsMember({"job", "home", "contact"}));
  app.add_option("--top", flags.top, "Most matches of each")
      ->check(CLI::Range(1, 1'000));
  app.add_option("--clients", flags.clients, "Threads that call RankOffers")
      ->check(CLI::Range(1, 64));
  app.add_option("--rounds", flags.rounds)->check(CLI::Range(1, 100));
  app.add_option("--seconds", flags.seconds, "Of a round of RankOffers")
      ->check(CLI::Range(0.1, 600.0));
  CLI11_PARSE(app, argc, argv);
  Run(flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
