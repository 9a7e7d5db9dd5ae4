// places_bench: what SuggestPlaces costs in process on a whole gazetteer:
// thread CPU of queries as people type them: beginnings, whole names, one and
// two typos, digits.
#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/places/gazetteer.h"
#include "services/places/known_places.h"
#include "services/places/place_suggester.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

constexpr size_t kLimit = 10;

double ThreadMicros() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 +
         static_cast<double>(now.tv_nsec) / 1e3;
}

std::string WithTypos(std::string text, int typos, std::mt19937& random) {
  for (; typos > 0 && text.size() > 2; --typos) {
    const size_t at = 1 + random() % (text.size() - 1);
    if (random() % 2 == 0) {
      std::swap(text[at], text[at - 1]);
    } else {
      text[at] = static_cast<char>('a' + random() % 26);
    }
  }
  return text;
}

void Measure(absl::string_view name, const std::vector<std::string>& queries,
             const places::PlaceSuggester& suggester, Table& table) {
  std::vector<double> micros;
  size_t found = 0;
  const double begin = ThreadMicros();
  for (const std::string& query : queries) {
    const double before = ThreadMicros();
    found += suggester.Suggest(query, kLimit).empty() ? 0 : 1;
    micros.push_back(ThreadMicros() - before);
  }
  const double mean =
      (ThreadMicros() - begin) / static_cast<double>(queries.size());
  std::sort(micros.begin(), micros.end());
  table.Row({std::string(name), absl::StrCat(queries.size()),
             absl::StrCat(100 * found / queries.size(), " %"), Shown(mean),
             Shown(micros[micros.size() / 2]),
             Shown(micros[micros.size() * 99 / 100])});
}

int Main(int argc, char** argv) {
  CLI::App app("What SuggestPlaces costs: thread CPU in microseconds");
  std::string file = "var/gazetteer.tsv";
  size_t count = 2'000;
  app.add_option("--gazetteer", file, "The gazetteer")->capture_default_str();
  app.add_option("--queries", count, "Queries of each kind")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const auto gazetteer = places::Gazetteer::Load(file);
  FailUnless(gazetteer.status(), "load the gazetteer");
  const places::KnownPlaces known(*gazetteer);
  const places::PlaceSuggester suggester(known, *gazetteer);
  Table table(absl::StrCat("SuggestPlaces over ", known.places().size(),
                           " places, 10 suggestions, thread CPU in us"),
              {"typed", "queries", "found", "mean", "p50", "p99"});
  std::mt19937 random(1);
  const auto make = [&](auto change) {
    std::vector<std::string> queries;
    for (size_t i = 0; i < count; ++i) {
      queries.push_back(
          change(known.places()[random() % known.places().size()].name));
    }
    return queries;
  };
  const auto beginning = make([&](std::string name) {
    return name.substr(0, 1 + random() % name.size());
  });
  const auto whole = make([](std::string name) { return name; });
  const auto one = make(
      [&](std::string name) { return WithTypos(std::move(name), 1, random); });
  const auto two = make(
      [&](std::string name) { return WithTypos(std::move(name), 2, random); });
  const auto digits = make([&](const std::string&) {
    return absl::StrCat(random() % 10, random() % 10, random() % 10);
  });
  Measure("beginnings", beginning, suggester, table);
  Measure("whole names", whole, suggester, table);
  Measure("one typo", one, suggester, table);
  Measure("two typos", two, suggester, table);
  Measure("three digits", digits, suggester, table);
  std::vector<std::string> mixed = beginning;
  for (const auto* more : {&whole, &one, &two, &digits}) {
    mixed.insert(mixed.end(), more->begin(), more->end());
  }
  Measure("all of these", mixed, suggester, table);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
