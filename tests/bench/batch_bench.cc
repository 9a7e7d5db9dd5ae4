// batch_bench: RankProfiles of a whole heimwegd over its stores: how many
// profiles a second of its CPU time and of the clock, and what a batch does to
// the waiting times of RankOffers, measured in turns with and without one.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "tests/bench/load.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"

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

// Reads streams one after the other until `stop`, or one if that is null.
Batch ReadStreams(const ServerProcess& heimwegd, const Flags& flags,
                  const std::atomic<bool>* stop) {
  const auto stub = MatchingService::NewStub(heimwegd.Connect());
  Batch batch;
  do {
    RankProfilesRequest request;
    request.set_kind(type::v1::OFFER_KIND_JOB);
    request.set_limit(flags.top);
    grpc::ClientContext context;
    SetDeadline(context, absl::Minutes(30));
    const auto stream = stub->RankProfiles(&context, request);
    RankProfilesResponse message;
    while (stream->Read(&message) && (stop == nullptr || !*stop)) {
      batch.bytes += static_cast<int64_t>(message.ByteSizeLong());
      for (const auto& one : message.rankings()) {
        if (!one.has_ranking()) continue;
        ++batch.ranked;
        batch.matches += one.ranking().matches_size();
      }
    }
    if (stop != nullptr && *stop) context.TryCancel();
    const grpc::Status status = stream->Finish();
    if (!status.ok() && status.error_code() != grpc::StatusCode::CANCELLED) {
      Fail(absl::StrCat("RankProfiles: ", status.error_message()));
    }
  } while (stop != nullptr && !*stop);
  return batch;
}

void MeasureRate(const Flags& flags, const ServerProcess& heimwegd,
                 int64_t offers, Table& table) {
  std::vector<double> by_cpu;
  std::vector<double> by_clock;
  Batch batch;
  for (int round = 0; round < flags.rounds; ++round) {
    const absl::Duration cpu = heimwegd.Cpu();
    const absl::Time begin = absl::Now();
    batch = ReadStreams(heimwegd, flags, nullptr);
    const auto ranked = static_cast<double>(batch.ranked);
    by_clock.push_back(ranked / absl::ToDoubleSeconds(absl::Now() - begin));
    by_cpu.push_back(ranked / absl::ToDoubleSeconds(heimwegd.Cpu() - cpu));
  }
  const auto ranked = static_cast<double>(std::max<int64_t>(1, batch.ranked));
  table.Row({absl::StrCat(offers), absl::StrCat(batch.ranked),
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

// The client of the batch has a low priority, as heimweg batch rank has.
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
    std::atomic<bool> stop = false;
    Batch batch;
    std::thread reader([&] {
      constexpr int kNice = 10;
      setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
      batch = ReadStreams(heimwegd, flags, &stop);
    });
    for (const double us : AskWhile(flags, heimwegd, requests)) {
      beside.push_back(us);
    }
    stop = true;
    reader.join();
    ranked += static_cast<double>(batch.ranked);
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
        absl::StrCat("RankProfiles: jobs for all profiles, top ", flags.top,
                     " with reasons, medians of ", flags.rounds, " streams"),
        {"offers", "profiles ranked", "matches each", "bytes each",
         "profiles / s of server CPU", "server CPU us each",
         "profiles / s of the clock"});
    MeasureRate(flags, heimwegd, offers, rates);
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
