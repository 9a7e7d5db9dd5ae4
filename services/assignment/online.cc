#include "services/assignment/online.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <utility>

#include "services/assignment/placement_core.h"
#include "services/assignment/placement_search.h"

namespace heimweg::assignment {
namespace {

// Pairs by household.
std::vector<std::vector<PlacementPair>> ByHousehold(
    const PlacementProblem& problem) {
  std::vector<std::vector<PlacementPair>> pairs(problem.households.size());
  for (const PlacementPair& pair : problem.pairs) {
    pairs[pair.household].push_back(pair);
  }
  return pairs;
}

// Whether the household fits into what room the place has.
bool HasRoom(const PlacementProblem& problem, int household, int place,
             const std::vector<double>& room) {
  const int dimensions = static_cast<int>(problem.dimensions.size());
  for (int d = 0; d < dimensions; ++d) {
    if (problem.size(household, d) > room[place * dimensions + d] + kSlack) {
      return false;
    }
  }
  return true;
}

// Places the households in their order: each where its weight less `price` is
// greatest and not below 0, and there is room; `before` is called first with
// the number of the household and the room that is left.
OnlinePlacement PlaceInOrder(
    const PlacementProblem& problem,
    const std::function<void(int, const std::vector<double>&)>& before,
    const std::function<double(const PlacementPair&)>& price) {
  const int dimensions = static_cast<int>(problem.dimensions.size());
  const auto pairs = ByHousehold(problem);
  std::vector<double> room = problem.capacities;
  OnlinePlacement result;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const int household = static_cast<int>(i);
    before(household, room);
    const PlacementPair* best = nullptr;
    double best_value = 0;
    for (const PlacementPair& pair : pairs[i]) {
      const bool fits = HasRoom(problem, household, pair.place, room);
      const double value = pair.weight - price(pair);
      // A weight that equals its price is worth the room.
      const double least = -kSlack * std::max(1.0, std::abs(pair.weight));
      if (!fits || value < least || (best != nullptr && value <= best_value)) {
        continue;
      }
      best = &pair;
      best_value = value;
    }
    result.place_of.push_back(best == nullptr ? kUnplaced : best->place);
    if (best == nullptr) continue;
    result.objective += best->weight;
    for (int d = 0; d < dimensions; ++d) {
      room[best->place * dimensions + d] -= problem.size(household, d);
    }
  }
  return result;
}

// `count` of the numbers below `size`, each as often as the others or once
// more.
std::vector<int> Sample(int size, int count, std::mt19937_64& random) {
  std::vector<int> numbers(size);
  std::iota(numbers.begin(), numbers.end(), 0);
  std::vector<int> drawn;
  drawn.reserve(count);
  for (int i = 0; i < count; ++i) {
    const int next = i % size;
    const auto left = static_cast<uint64_t>(size - next);
    std::swap(numbers[next], numbers[next + static_cast<int>(random() % left)]);
    drawn.push_back(numbers[next]);
  }
  return drawn;
}

// Few who may still come differ more from sample to sample, and cost less.
int SamplesFor(int count, const OnlineOptions& options) {
  constexpr int kDrawn = 1000;
  constexpr int kMostSamples = 50;
  return std::max(options.samples, std::min(kMostSamples, kDrawn / count));
}

// Somebody who arrived once.
struct Arrival {
  const PlacementProblem* problem = nullptr;
  int household = 0;
  const std::vector<PlacementPair>* pairs = nullptr;
};

// Prices by place and dimension, for `count` arrivals drawn from `known`.
std::vector<double> SamplePrices(const PlacementProblem& past,
                                 const std::vector<Arrival>& known, int count,
                                 const std::vector<double>& room,
                                 std::mt19937_64& random) {
  CorePlacement core;
  PlacementProblem& sample = core.problem;
  sample.places = past.places;
  sample.dimensions = past.dimensions;
  sample.capacities = room;
  sample.households.resize(count);
  const size_t dimensions = past.dimensions.size();
  const std::vector<int> drawn =
      Sample(static_cast<int>(known.size()), count, random);
  for (int i = 0; i < count; ++i) {
    const Arrival& arrival = known[drawn[i]];
    for (size_t d = 0; d < dimensions; ++d) {
      sample.sizes.push_back(
          arrival.problem->size(arrival.household, static_cast<int>(d)));
    }
    for (const PlacementPair& pair : *arrival.pairs) {
      // What is left of a place is worth something to those alone who fit.
      if (!HasRoom(*arrival.problem, arrival.household, pair.place, room)) {
        continue;
      }
      sample.pairs.push_back({i, pair.place, pair.weight});
    }
  }
  std::vector<int> all(sample.pairs.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<int> nobody(count, kUnplaced);
  LinearSolution solution =
      SolveLinear(MakePairProgram(core, all, nobody).program);
  solution.shadow_prices.resize(room.size(), 0);
  return solution.shadow_prices;
}

}  // namespace

absl::StatusOr<OnlinePlacement> PlaceOnline(const PlacementProblem& problem,
                                            const PlacementProblem& past,
                                            const OnlineOptions& options) {
  if (past.places != problem.places || past.dimensions != problem.dimensions ||
      past.households.empty()) {
    return absl::InvalidArgumentError(
        "past arrivals: expected at least one household, and the same places "
        "and dimensions as now");
  }
  if (options.refresh < 1 || options.samples < 1) {
    return absl::InvalidArgumentError(
        "expected a refresh and samples of 1 or more");
  }
  const auto past_pairs = ByHousehold(past);
  const auto pairs = ByHousehold(problem);
  std::vector<Arrival> known;
  for (size_t i = 0; i < past_pairs.size(); ++i) {
    known.push_back({&past, static_cast<int>(i), &past_pairs[i]});
  }
  const int arrivals = static_cast<int>(problem.households.size());
  const size_t dimensions = problem.dimensions.size();
  std::vector<double> prices(problem.capacities.size(), 0);
  std::mt19937_64 random(options.seed);
  const auto refresh = [&](int household, const std::vector<double>& room) {
    known.push_back({&problem, household, &pairs[household]});
    if (household % options.refresh != 0) return;
    // Those who come after this one.
    const int count = arrivals - household - 1;
    std::fill(prices.begin(), prices.end(), 0);
    if (count == 0) return;
    const int samples = SamplesFor(count, options);
    for (int i = 0; i < samples; ++i) {
      const std::vector<double> sample =
          SamplePrices(past, known, count, room, random);
      for (size_t k = 0; k < prices.size(); ++k) {
        prices[k] += std::max(0.0, sample[k]) / samples;
      }
    }
  };
  return PlaceInOrder(problem, refresh, [&](const PlacementPair& pair) {
    double sum = 0;
    for (size_t d = 0; d < dimensions; ++d) {
      sum += prices[pair.place * dimensions + d] *
             problem.size(pair.household, static_cast<int>(d));
    }
    return sum;
  });
}

OnlinePlacement PlaceGreedily(const PlacementProblem& problem) {
  return PlaceInOrder(
      problem, [](int, const std::vector<double>&) {},
      [](const PlacementPair&) { return 0.0; });
}

}  // namespace heimweg::assignment
