#include "services/assignment/placement_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace heimweg::assignment {
namespace {

constexpr double kNoPair = -std::numeric_limits<double>::infinity();

// xorshift64*: the same numbers on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  uint64_t Next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1Du;
  }
  int Below(int n) { return static_cast<int>((Next() >> 33) % n); }
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

 private:
  uint64_t state_;
};

// The state of the search. Thread-compatible.
class Search {
 public:
  Search(const PlacementProblem& problem, uint64_t seed)
      : problem_(problem),
        dimensions_(static_cast<int>(problem.dimensions.size())),
        places_(static_cast<int>(problem.places.size())),
        weights_(problem.households.size() * problem.places.size(), kNoPair),
        place_of_(problem.households.size(), kUnplaced),
        slot_(problem.households.size(), 0),
        members_(problem.places.size()),
        room_(problem.capacities),
        random_(seed) {
    for (const PlacementPair& pair : problem.pairs) {
      Weight(pair.household, pair.place) = pair.weight;
    }
    for (double& room : room_) room += kSlack * std::max(1.0, room);
  }

  bool Fits(int household, int place) const {
    for (int d = 0; d < dimensions_; ++d) {
      if (problem_.size(household, d) > room_[place * dimensions_ + d]) {
        return false;
      }
    }
    return true;
  }

  void Put(int household, int place) {
    place_of_[household] = place;
    slot_[household] = static_cast<int>(members_[place].size());
    members_[place].push_back(household);
    for (int d = 0; d < dimensions_; ++d) {
      room_[place * dimensions_ + d] -= problem_.size(household, d);
    }
    value_ += Weight(household, place);
  }

  void Take(int household) {
    const int place = place_of_[household];
    if (place == kUnplaced) return;
    const int last = members_[place].back();
    members_[place][slot_[household]] = last;
    slot_[last] = slot_[household];
    members_[place].pop_back();
    for (int d = 0; d < dimensions_; ++d) {
      room_[place * dimensions_ + d] += problem_.size(household, d);
    }
    value_ -= Weight(household, place);
    place_of_[household] = kUnplaced;
  }

  // The heaviest pairs first.
  void Greedy() {
    std::vector<PlacementPair> pairs = problem_.pairs;
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const PlacementPair& a, const PlacementPair& b) {
                       return a.weight > b.weight;
                     });
    for (const PlacementPair& pair : pairs) {
      if (place_of_[pair.household] == kUnplaced && pair.weight >= 0 &&
          Fits(pair.household, pair.place)) {
        Put(pair.household, pair.place);
      }
    }
  }

  void Start(const std::vector<int>& places) {
    for (size_t i = 0; i < places.size(); ++i) {
      const int household = static_cast<int>(i);
      if (places[i] != kUnplaced && HasPair(household, places[i]) &&
          Fits(household, places[i])) {
        Put(household, places[i]);
      }
    }
  }

  // One proposal: a household to a place; if it does not fit, one that is there
  // makes way: to where the first came from, or to nowhere.
  void Step(double temperature) {
    const int household = random_.Below(static_cast<int>(place_of_.size()));
    const int to = random_.Below(places_);
    const int from = place_of_[household];
    if (to == from || !HasPair(household, to)) return;
    const double before = value_;
    Take(household);
    if (Fits(household, to)) {
      Put(household, to);
      if (!Accept(value_ - before, temperature)) Undo(household, from);
      return;
    }
    if (!members_[to].empty()) {
      Exchange(household, from, to, before, temperature);
    } else if (from != kUnplaced) {
      Put(household, from);
    }
  }

  double value() const { return value_; }
  const std::vector<int>& place_of() const { return place_of_; }

 private:
  double& Weight(int household, int place) {
    return weights_[household * problem_.places.size() + place];
  }
  bool HasPair(int household, int place) const {
    return weights_[household * problem_.places.size() + place] != kNoPair;
  }

  bool Accept(double gain, double temperature) {
    return gain >= 0 || random_.Unit() < std::exp(gain / temperature);
  }

  void Undo(int household, int from) {
    Take(household);
    if (from != kUnplaced) Put(household, from);
  }

  void Exchange(int household, int from, int to, double before,
                double temperature) {
    const int other =
        members_[to][random_.Below(static_cast<int>(members_[to].size()))];
    Take(other);
    bool done = Fits(household, to);
    if (done) {
      Put(household, to);
      // Where the other one goes: back, or to a place at random.
      int back = from;
      if (back == kUnplaced || !HasPair(other, back) || !Fits(other, back)) {
        back = random_.Below(places_);
      }
      if (back != to && HasPair(other, back) && Fits(other, back)) {
        Put(other, back);
      }
      done = Accept(value_ - before, temperature);
      if (!done) {
        Take(other);
        Take(household);
      }
    }
    if (!done) {
      Put(other, to);
      if (from != kUnplaced) Put(household, from);
    }
  }

  const PlacementProblem& problem_;
  const int dimensions_;
  const int places_;
  std::vector<double> weights_;
  std::vector<int> place_of_;
  // Position of a household among its place's members.
  std::vector<int> slot_;
  std::vector<std::vector<int>> members_;
  std::vector<double> room_;
  double value_ = 0;
  Random random_;
};

double MeanWeight(const PlacementProblem& problem) {
  double sum = 0;
  for (const PlacementPair& pair : problem.pairs) sum += std::abs(pair.weight);
  return problem.pairs.empty()
             ? 1
             : std::max(1e-12, sum / static_cast<double>(problem.pairs.size()));
}

}  // namespace

std::vector<int> SearchPlacement(const PlacementProblem& problem,
                                 std::vector<int> start,
                                 const SearchOptions& options) {
  Search search(problem, options.seed);
  search.Start(start);
  search.Greedy();
  std::vector<int> best = search.place_of();
  if (problem.pairs.empty()) return best;
  double best_value = search.value();
  const double hot = 0.1 * MeanWeight(problem);
  const double cold = 0.001 * MeanWeight(problem);
  constexpr int64_t kBlock = 4096;
  for (int64_t step = 0; step < options.steps; step += kBlock) {
    if (absl::Now() > options.deadline) break;
    const double share =
        static_cast<double>(step) / static_cast<double>(options.steps);
    const double temperature = hot * std::pow(cold / hot, share);
    for (int64_t i = 0; i < kBlock; ++i) {
      search.Step(temperature);
      if (search.value() > best_value + 1e-9) {
        best_value = search.value();
        best = search.place_of();
      }
    }
  }
  return best;
}

}  // namespace heimweg::assignment
