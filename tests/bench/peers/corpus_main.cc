// peers_corpus: writes the corpus of the comparison as flat files.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <string>

#include "absl/strings/str_format.h"
#include "services/places/gazetteer.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

int Main(int argc, char** argv) {
  int64_t offers = 100'000;
  int64_t queries = 200;
  std::string folder;
  std::string gazetteer_file;
  CLI::App app("Writes generated jobs and queries as flat files.");
  app.add_option("--offers", offers, "Offers, of which 60 % are jobs")
      ->check(CLI::Range(int64_t{1}, int64_t{10'000'000}));
  app.add_option("--queries", queries, "Queries")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000}));
  app.add_option("--corpus", folder, "Folder for the files")->required();
  app.add_option("--gazetteer", gazetteer_file, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  const auto gazetteer = places::Gazetteer::Load(gazetteer_file);
  FailUnless(gazetteer.status(), "the gazetteer");
  std::filesystem::create_directories(folder);
  const Corpus corpus = MakeCorpus(PeerRegion(&*gazetteer), offers, queries);
  FailUnless(WriteCorpus(corpus, folder), "the corpus");
  absl::PrintF("%d jobs, %d queries\n", corpus.jobs.size(),
               corpus.queries.size());
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
