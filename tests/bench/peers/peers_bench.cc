// peers_bench: asks several engines the same queries in turns, checks that all
// give the same scores, and prints what each query costs them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/turns.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

constexpr double kTolerance = 1e-5;

struct Flags {
  std::string corpus;
  std::vector<std::string> engines;
  int rounds = 3;
  bool json = false;
};

// Of one engine, over all rounds.
struct Measured {
  std::unique_ptr<Engine> engine;
  std::vector<double> cpu_us;
  double greatest_difference = 0;  // of a score, from the first engine's
};

// The greatest difference of two answers to one query; the bench fails if it
// is too great.
double Difference(const Measured& one, size_t query, const Scores& expected,
                  const Scores& given) {
  if (given.size() != expected.size()) {
    Fail(absl::StrCat(one.engine->name(), " gives ", given.size(),
                      " matches for query ", query + 1, ", expected ",
                      expected.size()));
  }
  double greatest = 0;
  for (size_t rank = 0; rank < expected.size(); ++rank) {
    const double difference = std::abs(given[rank] - expected[rank]);
    if (!(difference <= kTolerance)) {
      Fail(absl::StrFormat(
          "%s gives the score %.7f at rank %d of query %d, expected %.7f",
          one.engine->name(), given[rank], rank + 1, query + 1,
          expected[rank]));
    }
    greatest = std::max(greatest, difference);
  }
  return greatest;
}

// One turn of each engine; the first one's answers are the measure.
void TakeRound(size_t queries, bool counted, std::vector<Measured>& all) {
  std::vector<Scores> expected;
  for (Measured& one : all) {
    Turn turn = one.engine->Take(queries);
    if (counted) one.cpu_us.push_back(turn.cpu_us);
    if (expected.empty())
      expected = std::move(turn.answers);
    else
      for (size_t i = 0; i < queries; ++i) {
        one.greatest_difference =
            std::max(one.greatest_difference,
                     Difference(one, i, expected[i], turn.answers[i]));
      }
  }
}

// Medians of the ratios to another engine, round by round.
double Ratio(const Measured& one, const Measured& other) {
  std::vector<double> ratios;
  for (size_t round = 0; round < one.cpu_us.size(); ++round) {
    ratios.push_back(one.cpu_us[round] / other.cpu_us[round]);
  }
  return Median(std::move(ratios));
}

const Measured* Find(const std::vector<Measured>& all, const char* name) {
  const auto found = std::find_if(
      all.begin(), all.end(),
      [name](const Measured& one) { return one.engine->name() == name; });
  return found == all.end() ? nullptr : &*found;
}

void PrintTable(const Corpus& corpus, const Flags& flags,
                const std::vector<Measured>& all) {
  const Measured* scan = Find(all, "scan");
  Table table(absl::StrCat(corpus.offers, " offers, ", JobsOf(corpus.offers),
                           " of them jobs; ", corpus.queries.size(),
                           " queries, top ", kPeerLimit, "; medians of ",
                           flags.rounds, " rounds in turn"),
              {"engine", "CPU us/query", "least", "most",
               absl::StrCat("x ", all.front().engine->name()), "x scan",
               "greatest difference of a score", "note"});
  for (const Measured& one : all) {
    table.Row({one.engine->name(), Shown(Median(one.cpu_us)),
               Shown(Quantile(one.cpu_us, 0)), Shown(Quantile(one.cpu_us, 1)),
               Shown(Ratio(one, all.front())),
               scan == nullptr ? "-" : Shown(Ratio(one, *scan)),
               absl::StrFormat("%.1e", one.greatest_difference),
               one.engine->note()});
  }
}

void PrintJson(const Corpus& corpus, const Flags& flags,
               const std::vector<Measured>& all) {
  nlohmann::json report = {
      {"offers", corpus.offers},          {"jobs", JobsOf(corpus.offers)},
      {"queries", corpus.queries.size()}, {"limit", kPeerLimit},
      {"rounds", flags.rounds},           {"engines", nlohmann::json::array()}};
  const Measured* scan = Find(all, "scan");
  for (const Measured& one : all) {
    nlohmann::json& row = report["engines"].emplace_back();
    row = {{"name", one.engine->name()},
           {"cpu_us_per_query", Median(one.cpu_us)},
           {"cpu_us_per_query_by_round", one.cpu_us},
           {"ratio_to_" + all.front().engine->name(), Ratio(one, all.front())},
           {"greatest_score_difference", one.greatest_difference},
           {"note", one.engine->note()}};
    if (scan != nullptr) row["ratio_to_scan"] = Ratio(one, *scan);
  }
  std::cout << report.dump(2) << std::endl;
}

void Run(const Flags& flags) {
  const auto corpus = ReadCorpus(flags.corpus, /*with_jobs=*/false);
  FailUnless(corpus.status(), "the corpus");
  std::vector<Measured> all;
  for (const std::string& engine : flags.engines) {
    const std::pair<std::string, std::string> name_and_command =
        absl::StrSplit(engine, absl::MaxSplits('=', 1));
    absl::FPrintF(stderr, "loading %s\n", name_and_command.first);
    all.emplace_back().engine = std::make_unique<Engine>(
        name_and_command.first, name_and_command.second);
  }
  // The first round warms caches and compilers.
  for (int round = 0; round <= flags.rounds; ++round) {
    absl::FPrintF(stderr, "round %d of %d\n", round, flags.rounds);
    TakeRound(corpus->queries.size(), round > 0, all);
  }
  flags.json ? PrintJson(*corpus, flags, all) : PrintTable(*corpus, flags, all);
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Compares engines on the same queries, in turns.");
  app.add_option("--corpus", flags.corpus, "Folder of the corpus")->required();
  app.add_option("--engine", flags.engines,
                 "NAME=COMMAND of an engine (turns.h); ratios are to the first")
      ->required();
  app.add_option("--rounds", flags.rounds, "Rounds after the first")
      ->check(CLI::Range(1, 100));
  app.add_flag("--json", flags.json, "Prints JSON");
  CLI11_PARSE(app, argc, argv);
  Run(flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
