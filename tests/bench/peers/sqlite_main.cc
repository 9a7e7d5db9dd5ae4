// peers_sqlite: SQLite over the corpus, asked in turns.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/bench/peers/sqlite_engine.h"
#include "tests/bench/peers/turns.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

int Main(int argc, char** argv) {
  std::string folder;
  std::string file;
  bool steps = false;
  CLI::App app("Answers the queries of a corpus by SQLite, in turns.");
  app.add_option("--corpus", folder, "Folder of the corpus")->required();
  app.add_option("--file", file, "The database; made if it is not there")
      ->required();
  app.add_flag("--steps", steps, "In two steps instead of one statement");
  CLI11_PARSE(app, argc, argv);
  const bool filled = std::filesystem::exists(file);
  const auto corpus = ReadCorpus(folder, /*with_jobs=*/!filled);
  FailUnless(corpus.status(), "the corpus");
  const auto engine = SqliteEngine::Open(file, *corpus);
  FailUnless(engine.status(), "the database");
  ServeTurns(
      absl::StrCat(std::filesystem::file_size(file) / 1'000'000, " MB on disk"),
      [&] {
        return TakeTurn(corpus->queries.size(), [&](size_t query) {
          const QueryFacts& facts = corpus->queries[query];
          return steps ? (*engine)->BestInSteps(facts) : (*engine)->Best(facts);
        });
      });
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
