// peers_product: the product's normal path, asked in turns: RankOffers over RPC
// of a whole heimwegd over its stores, with the weights of the comparison. CPU
// is that of the server's process, its part of the RPC included, while four
// clients ask all queries again and again.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "services/places/gazetteer.h"
#include "tests/bench/load.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/turns.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"

namespace heimweg::bench {
namespace {

using matching::v1::MatchingService;
using matching::v1::RankOffersRequest;
using matching::v1::RankOffersResponse;

constexpr int kClients = 4;
constexpr int64_t kJobsInMemory = 25'600;
constexpr absl::Duration kLook = absl::Milliseconds(20);

struct Flags {
  std::string corpus;
  std::string data;
  std::string gazetteer;
  double seconds = 2;
};

void FillServer(const ServerProcess& server, const PeerRegion& region,
                int64_t jobs) {
  const auto channel = server.Connect();
  if (OffersOf(WaitUntilReady(channel)) == jobs) return;
  for (int64_t from = 0; from < jobs; from += kJobsInMemory) {
    std::vector<jobs::v1::ImportJobsRequest> requests;
    const int64_t to = std::min(jobs, from + kJobsInMemory);
    for (int64_t i = from; i < to; ++i) {
      if ((i - from) % kImportRows == 0) {
        requests.emplace_back().set_parent(kParent);
      }
      *requests.back().add_jobs() = region.MakeJob(i);
    }
    ImportJobs(channel, requests);
  }
  while (OffersOf(WaitUntilReady(channel)) < jobs) absl::SleepFor(kLook);
}

Scores ScoresOf(const RankOffersResponse& response) {
  Scores scores;
  for (const matching::v1::Match& match : response.matches()) {
    scores.push_back(match.score_millionths() / 1e6);
  }
  return scores;
}

Turn Ask(const ServerProcess& server,
         const std::vector<RankOffersRequest>& requests, double seconds) {
  Turn turn;
  const auto stub = MatchingService::NewStub(server.Connect());
  for (const RankOffersRequest& request : requests) {
    grpc::ClientContext context;
    SetDeadline(context);
    RankOffersResponse response;
    const grpc::Status status = stub->RankOffers(&context, request, &response);
    if (!status.ok()) {
      Fail(absl::StrCat("RankOffers: ", status.error_message()));
    }
    turn.answers.push_back(ScoresOf(response));
  }
  const CallOne call = [&](auto& stub_of_client, auto& context, int64_t i) {
    RankOffersResponse response;
    return stub_of_client.RankOffers(
        &context, requests[static_cast<size_t>(i) % requests.size()],
        &response);
  };
  turn.cpu_us =
      RunLoad(server, kClients, absl::Seconds(seconds), call).server_cpu_us;
  return turn;
}

void Run(const Flags& flags) {
  const auto corpus = ReadCorpus(flags.corpus, /*with_jobs=*/false);
  FailUnless(corpus.status(), "the corpus");
  const auto gazetteer = places::Gazetteer::Load(flags.gazetteer);
  FailUnless(gazetteer.status(), "the gazetteer");
  const PeerRegion region(&*gazetteer);
  std::filesystem::create_directories(flags.data);
  const ServerProcess server(HeimwegdCommand(flags.gazetteer, flags.data));
  FillServer(server, region, JobsOf(corpus->offers));
  std::vector<RankOffersRequest> requests;
  for (size_t i = 0; i < corpus->queries.size(); ++i) {
    requests.push_back(region.MakeQuery(static_cast<int64_t>(i)));
  }
  ServeTurns(absl::StrCat(server.ResidentBytes() / 1'000'000, " MB of memory"),
             [&] { return Ask(server, requests, flags.seconds); });
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Answers the queries of a corpus by heimwegd, in turns.");
  app.add_option("--corpus", flags.corpus, "Folder of the corpus")->required();
  app.add_option("--data", flags.data,
                 "Folder of the stores; filled if they are not")
      ->required();
  app.add_option("--seconds", flags.seconds, "Length of a turn's load")
      ->check(CLI::Range(0.1, 600.0));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  Run(flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
