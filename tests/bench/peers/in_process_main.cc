// peers_in_process: the product's index without any RPC, asked in turns: its
// ranking, or the scan of every job that the ratios are compared with.
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "services/places/gazetteer.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/in_process.h"
#include "tests/bench/peers/turns.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

int Main(int argc, char** argv) {
  std::string folder;
  std::string gazetteer_file;
  bool scan = false;
  CLI::App app("Answers the queries of a corpus in process, in turns.");
  app.add_option("--corpus", folder, "Folder of the corpus")->required();
  app.add_flag("--scan", scan, "Scores every job instead of ranking");
  app.add_option("--gazetteer", gazetteer_file, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  const auto corpus = ReadCorpus(folder, /*with_jobs=*/false);
  FailUnless(corpus.status(), "the corpus");
  const auto gazetteer = places::Gazetteer::Load(gazetteer_file);
  FailUnless(gazetteer.status(), "the gazetteer");
  const PeerRegion region(&*gazetteer);
  const InProcess product(region, JobsOf(corpus->offers));
  std::vector<matching::v1::RankOffersRequest> requests;
  for (size_t i = 0; i < corpus->queries.size(); ++i) {
    requests.push_back(region.MakeQuery(static_cast<int64_t>(i)));
  }
  ServeTurns("", [&] {
    return TakeTurn(requests.size(), [&](size_t query) {
      return scan ? product.Scan(requests[query])
                  : product.Rank(requests[query]);
    });
  });
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
