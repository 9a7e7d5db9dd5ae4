// rpc_bench: RankOffers over RPC, by a whole heimwegd over its stores, beside a
// bare echo of an answer of the same size (bench_echo) in turns. Server CPU is
// that of the server's process.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "services/matching/weights.h"
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

struct Flags {
  RegionFlags region = {.offers = {10'000, 100'000, 1'000'000}};
  int64_t profiles = 200;
  int clients = 4;
  int rounds = 5;
  double seconds = 2;
};

std::vector<RankOffersRequest> Requests(
    const generator::Generator& generator, int64_t profiles,
    const std::vector<type::v1::OfferKind>& kinds) {
  std::vector<RankOffersRequest> requests;
  for (int64_t i = 0; i < profiles; ++i) {
    for (const type::v1::OfferKind kind : kinds) {
      RankOffersRequest& request = requests.emplace_back();
      request.set_profile(generator.MakeProfile(i).name());
      request.set_kind(kind);
      *request.mutable_weights() = matching::WithStandards({}, {});
    }
  }
  return requests;
}

// The answers' mean size and the answer that is nearest to it.
struct Answer {
  double mean_bytes = 0;
  std::string bytes;
};

Answer TypicalAnswer(const ServerProcess& heimwegd,
                     const std::vector<RankOffersRequest>& requests) {
  const auto stub = MatchingService::NewStub(heimwegd.Connect());
  std::vector<std::string> all;
  std::vector<double> sizes;
  for (const RankOffersRequest& request : requests) {
    grpc::ClientContext context;
    SetDeadline(context);
    RankOffersResponse response;
    const grpc::Status status = stub->RankOffers(&context, request, &response);
    if (!status.ok())
      Fail(absl::StrCat("RankOffers: ", status.error_message()));
    all.push_back(response.SerializeAsString());
    sizes.push_back(static_cast<double>(all.back().size()));
  }
  Answer answer = {Mean(sizes), ""};
  double nearest = INFINITY;
  for (std::string& bytes : all) {
    const double off =
        std::abs(static_cast<double>(bytes.size()) - answer.mean_bytes);
    if (off >= nearest) continue;
    nearest = off;
    answer.bytes = std::move(bytes);
  }
  return answer;
}

std::vector<double> Ratios(const Turns& rank, const Turns& echo) {
  std::vector<double> ratios;
  for (size_t i = 0; i < rank.cpu_us.size(); ++i) {
    ratios.push_back(rank.cpu_us[i] / echo.cpu_us[i]);
  }
  return ratios;
}

// `echoes` are what the rounds are compared with, in the order of the columns.
void AddRow(Table& table, std::vector<std::string> cells, const Turns& turns,
            const std::vector<const Turns*>& echoes) {
  cells.insert(
      cells.end(),
      {Shown(Median(turns.cpu_us)), Shown(Quantile(turns.wall_us, 0.5)),
       Shown(Quantile(turns.wall_us, 0.99)), Shown(Median(turns.rate))});
  for (const Turns* echo : echoes) {
    cells.push_back(Shown(Median(Ratios(turns, *echo))));
  }
  table.Row(cells);
}

void Compare(const Flags& flags, const ServerProcess& heimwegd, int64_t offers,
             const char* what, const std::vector<RankOffersRequest>& requests,
             Table& table) {
  const testing::TempDir folder;
  const Answer answer = TypicalAnswer(heimwegd, requests);
  const std::string file = folder.path() + "/answer";
  std::ofstream(file, std::ios::binary) << answer.bytes;
  const ServerProcess echo({BENCH_ECHO_PROGRAM, "--answer", file});
  const ServerProcess raw({BENCH_ECHO_PROGRAM, "--raw", "--answer", file});
  const auto request_of = [&requests](int64_t i) -> const RankOffersRequest& {
    return requests[static_cast<size_t>(i) % requests.size()];
  };
  const CallOne rank = [&](auto& stub, auto& context, int64_t i) {
    RankOffersResponse response;
    return stub.RankOffers(&context, request_of(i), &response);
  };
  Turns ranks, echoes, raws;
  for (int round = 0; round < flags.rounds; ++round) {
    const absl::Duration time = absl::Seconds(flags.seconds);
    ranks.Add(RunLoad(heimwegd, flags.clients, time, rank));
    echoes.Add(RunLoad(echo, flags.clients, time, rank));
    raws.Add(RunLoad(raw, flags.clients, time, rank));
  }
  const std::vector<std::string> head = {absl::StrCat(offers), what};
  const auto row = [&](const char* call, double bytes) {
    std::vector<std::string> cells = head;
    cells.insert(cells.end(), {call, Shown(bytes)});
    return cells;
  };
  const auto echo_bytes = static_cast<double>(answer.bytes.size());
  const std::vector<const Turns*> both = {&echoes, &raws};
  AddRow(table, row("RankOffers", answer.mean_bytes), ranks, both);
  AddRow(table, row("echo", echo_bytes), echoes, both);
  AddRow(table, row("echo of bytes", echo_bytes), raws, both);
}

void Run(const Flags& flags) {
  const auto generator = MakeGenerator(flags.region.gazetteer, absl::Now());
  Table table(
      absl::StrCat("RankOffers over RPC (heimwegd, stored households, top 20, "
                   "BASIC, default weights) beside a bare echo: ",
                   flags.clients, " clients, medians of ", flags.rounds,
                   " rounds in turn"),
      {"offers", "kind", "call", "answer bytes", "server CPU us/call",
       "wall p50 us", "wall p99 us", "calls/s", "CPU : echo",
       "CPU : echo of bytes"});
  ForEachRegion(flags.region, [&](int64_t offers, const std::string& data) {
    const ServerProcess heimwegd(HeimwegdCommand(flags.region.gazetteer, data));
    Fill(heimwegd.Connect(), *generator, offers, flags.profiles);
    heimwegd.WaitUntilIdle();
    Compare(flags, heimwegd, offers, "jobs",
            Requests(*generator, flags.profiles, {type::v1::OFFER_KIND_JOB}),
            table);
    Compare(flags, heimwegd, offers, "all in turn",
            Requests(*generator, flags.profiles,
                     {type::v1::OFFER_KIND_JOB, type::v1::OFFER_KIND_HOME,
                      type::v1::OFFER_KIND_CONTACT}),
            table);
  });
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures RankOffers over RPC beside a bare echo.");
  AddRegionFlags(app, flags.region);
  app.add_option("--profiles", flags.profiles, "Households that ask")
      ->check(CLI::Range(int64_t{1}, int64_t{10'000}));
  app.add_option("--clients", flags.clients, "Client threads")
      ->check(CLI::Range(1, 16));
  app.add_option("--rounds", flags.rounds, "Rounds of each")
      ->check(CLI::Range(1, 100));
  app.add_option("--seconds", flags.seconds, "Length of a round")
      ->check(CLI::Range(0.1, 600.0));
  CLI11_PARSE(app, argc, argv);
  Run(flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
