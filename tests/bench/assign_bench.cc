// How long assignments take: households to places (proven, or the gap that is
// left), people to offers, arrivals at shadow prices. All from seeds.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/assignment/flow.h"
#include "services/assignment/online.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {
namespace {

struct Options {
  int households = 330;
  int places = 20;
  int dimensions = 3;
  int first_seed = 1;
  int seeds = 0;
  double limit_seconds = 60;
  int people = 0;
  int offers = 20'000;
  int edges = 50;
  bool online = false;
};

double Cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double PeakMib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Adults 1 to 4, children 0 to 5, of which about 6 in 10 need a seat at school;
// the weight of a pair is the sum over adults of the probability of work there
// (a logistic of place, adult and chance); 8 pairs in 10 exist. Capacity is
// demand, shared among the places unevenly, within 5 % for each dimension.
PlacementProblem MakePlacement(uint64_t seed, const Options& options) {
  std::mt19937_64 random(seed);
  const auto unit = [&random] {
    return static_cast<double>(random() >> 11) * 0x1p-53;
  };
  const auto normal = [&unit] {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return sum;
  };
  PlacementProblem problem;
  problem.dimensions = {"adults", "children", "seats"};
  problem.dimensions.resize(options.dimensions);
  std::vector<double> level(options.places);
  std::vector<double> share(options.places);
  double shares = 0;
  for (int k = 0; k < options.places; ++k) {
    problem.places.push_back(absl::StrCat("p", k));
    level[k] = 1.6 * unit() - 1.6;
    share[k] = 0.5 + unit();
    shares += share[k];
  }
  constexpr int kAdults[] = {1, 1, 1, 2, 2, 2, 2, 3, 4};
  constexpr int kChildren[] = {0, 0, 0, 1, 1, 2, 2, 3, 4, 5};
  std::vector<double> demand(options.dimensions, 0);
  for (int i = 0; i < options.households; ++i) {
    problem.households.push_back(absl::StrCat("h", i));
    double size[3] = {static_cast<double>(kAdults[random() % 9]),
                      static_cast<double>(kChildren[random() % 10]), 0};
    for (int c = 0; c < size[1]; ++c) size[2] += unit() < 0.6 ? 1 : 0;
    for (int d = 0; d < options.dimensions; ++d) {
      problem.sizes.push_back(size[d]);
      demand[d] += size[d];
    }
    std::vector<double> skill(static_cast<size_t>(size[0]));
    for (double& s : skill) s = normal();
    for (int k = 0; k < options.places; ++k) {
      if (unit() >= 0.8) continue;
      double weight = 0;
      for (const double s : skill) {
        weight += 1 / (1 + std::exp(-(level[k] + s + 0.7 * normal())));
      }
      problem.pairs.push_back({i, k, weight});
    }
  }
  for (int k = 0; k < options.places; ++k) {
    for (int d = 0; d < options.dimensions; ++d) {
      problem.capacities.push_back(
          std::round(demand[d] * share[k] / shares * (0.95 + 0.1 * unit())));
    }
  }
  return problem;
}

void BenchPlacement(const Options& options) {
  std::printf(
      "\n| seed | pairs | status | objective | gap | seconds | CPU s |\n"
      "|---|---|---|---|---|---|---|\n");
  int proven = 0;
  for (int seed = options.first_seed; seed < options.first_seed + options.seeds;
       ++seed) {
    const PlacementProblem problem = MakePlacement(seed, options);
    PlacementOptions solver;
    solver.time_limit = absl::Seconds(options.limit_seconds);
    const absl::Time begin = absl::Now();
    const double cpu = Cpu();
    const auto placement = SolvePlacement(problem, solver);
    if (!placement.ok() || !CheckPlacement(problem, placement->place_of).ok()) {
      std::printf("| %d | failed |\n", seed);
      continue;
    }
    proven += placement->gap <= 1e-6 ? 1 : 0;
    std::printf("| %d | %zu | %s | %.6f | %.1e | %.1f | %.1f |\n", seed,
                problem.pairs.size(),
                std::string(StatusName(placement->status)).c_str(),
                placement->objective, placement->gap,
                absl::ToDoubleSeconds(absl::Now() - begin), Cpu() - cpu);
    std::fflush(stdout);
  }
  std::printf("\n%d x %d, %d dimensions: %d of %d proven to 1e-6 within %g s\n",
              options.households, options.places, options.dimensions, proven,
              options.seeds, options.limit_seconds);
}

void BenchOnline(const Options& options) {
  std::printf(
      "\n| seed | online | greedy | hindsight at most | online %% | "
      "greedy %% | seconds |\n|---|---|---|---|---|---|---|\n");
  for (int seed = options.first_seed; seed < options.first_seed + options.seeds;
       ++seed) {
    // One year's places and two years' households, of which the first is past.
    Options both = options;
    both.households *= 2;
    const PlacementProblem years = MakePlacement(seed, both);
    PlacementProblem year[2];
    for (int y = 0; y < 2; ++y) {
      year[y].places = years.places;
      year[y].dimensions = years.dimensions;
      for (const double room : years.capacities) {
        year[y].capacities.push_back(std::round(room / 2));
      }
      const int first = y * options.households;
      for (int i = 0; i < options.households; ++i) {
        year[y].households.push_back(years.households[first + i]);
        for (int d = 0; d < options.dimensions; ++d) {
          year[y].sizes.push_back(years.size(first + i, d));
        }
      }
    }
    for (PlacementPair pair : years.pairs) {
      const int y = pair.household / options.households;
      pair.household %= options.households;
      year[y].pairs.push_back(pair);
    }
    const absl::Time begin = absl::Now();
    const auto online = PlaceOnline(year[1], year[0], {});
    const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    if (!online.ok()) continue;
    const OnlinePlacement greedy = PlaceGreedily(year[1]);
    PlacementOptions solver;
    solver.time_limit = absl::Seconds(options.limit_seconds);
    const auto hindsight = SolvePlacement(year[1], solver);
    if (!hindsight.ok()) continue;
    std::printf("| %d | %.3f | %.3f | %.3f | %.2f | %.2f | %.1f |\n", seed,
                online->objective, greedy.objective, hindsight->bound,
                100 * online->objective / hindsight->bound,
                100 * greedy.objective / hindsight->bound, seconds);
    std::fflush(stdout);
  }
}

// People and offers on a line with crowded spots, so that popular offers are in
// many lists; the best `edges` of those near; capacity 1.1 times the people.
FlowProblem MakeFlow(const Options& options) {
  std::mt19937_64 random(99);
  const auto unit = [&random] {
    return static_cast<double>(random() >> 11) * 0x1p-53;
  };
  const auto spot = [&unit] { return 200 * unit() * unit() + 3 * unit(); };
  FlowProblem problem;
  const int most = std::max(2, 22 * options.people / options.offers / 10);
  std::vector<double> offers(options.offers);
  for (double& offer : offers) {
    offer = spot();
    problem.capacities.push_back(
        1 + static_cast<int32_t>(random() % std::max(1, most - 1)));
  }
  std::sort(offers.begin(), offers.end());
  const int window = std::min(options.offers,
                              std::max(4 * options.edges, options.offers / 10));
  for (int person = 0; person < options.people; ++person) {
    const double here = spot();
    const int centre = static_cast<int>(
        std::lower_bound(offers.begin(), offers.end(), here) - offers.begin());
    const int low = std::clamp(centre - window / 2, 0, options.offers - window);
    std::vector<FlowEdge> near;
    for (int i = low; i < low + window; ++i) {
      const double score =
          0.4 * std::exp(-std::abs(offers[i] - here) / 3) + 0.6 * unit();
      near.push_back({i, static_cast<int32_t>(score * 1'000'000)});
    }
    const auto kept =
        near.begin() + std::min<size_t>(near.size(), options.edges);
    std::partial_sort(
        near.begin(), kept, near.end(),
        [](const FlowEdge& a, const FlowEdge& b) { return a.score > b.score; });
    problem.edges.insert(problem.edges.end(), near.begin(), kept);
    problem.first.push_back(static_cast<int64_t>(problem.edges.size()));
  }
  return problem;
}

void BenchFlow(const Options& options) {
  const FlowProblem problem = MakeFlow(options);
  std::printf(
      "\n%d people, %d offers, %zu edges, input %.0f MiB\n\n"
      "| method | CPU s | total | %% of optimum | people | peak MiB |\n"
      "|---|---|---|---|---|---|\n",
      options.people, options.offers, problem.edges.size(), PeakMib());
  const double begin = Cpu();
  const auto best = AssignByFlow(problem);
  const double seconds = Cpu() - begin;
  if (!best.ok()) {
    std::printf("%s\n", std::string(best.status().message()).c_str());
    return;
  }
  const double optimum = static_cast<double>(std::max<int64_t>(1, best->total));
  const auto row = [&](const char* name, double cpu, const FlowResult& result) {
    std::printf("| %s | %.2f | %lld | %.2f | %zu | %.0f |\n", name, cpu,
                static_cast<long long>(result.total),
                100 * static_cast<double>(result.total) / optimum,
                result.chosen.size(), PeakMib());
  };
  row("flow, proven", seconds, *best);
  const double stable_begin = Cpu();
  const auto stable = AssignByDeferredAcceptance(problem);
  if (stable.ok()) {
    row("deferred acceptance", Cpu() - stable_begin, *stable);
    std::printf("\n%lld blocking pairs\n",
                static_cast<long long>(CountBlockingPairs(problem, *stable)));
  }
}

}  // namespace

int Main(int argc, char** argv) {
  Options options;
  CLI::App app("Times assignments");
  app.add_option("--seeds", options.seeds, "Placements, from as many seeds");
  app.add_option("--first-seed", options.first_seed, "The first of the seeds");
  app.add_option("--households", options.households, "Of a placement");
  app.add_option("--places", options.places, "Of a placement");
  app.add_option("--dimensions", options.dimensions, "Of a placement, 1 to 3")
      ->check(CLI::Range(1, 3));
  app.add_option("--limit", options.limit_seconds, "Seconds for a placement");
  app.add_flag("--online", options.online, "Place them as they arrive");
  app.add_option("--people", options.people, "A flow of as many people");
  app.add_option("--offers", options.offers, "Of the flow");
  app.add_option("--edges", options.edges, "Of a person");
  CLI11_PARSE(app, argc, argv);
  if (options.seeds > 0 && options.online) {
    BenchOnline(options);
  } else if (options.seeds > 0) {
    BenchPlacement(options);
  }
  if (options.people > 0) BenchFlow(options);
  return 0;
}

}  // namespace heimweg::assignment

int main(int argc, char** argv) {
  return heimweg::assignment::Main(argc, argv);
}
