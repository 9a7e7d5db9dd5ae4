#include "services/assignment/flow.h"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/string_view.h"

namespace heimweg::assignment {
namespace {

using Graph = lemon::StaticDigraph;
constexpr int32_t kMaxScore = 1'000'000;
using NetworkSimplex = lemon::NetworkSimplex<Graph, int32_t, int64_t>;

absl::Status CheckProblem(const FlowProblem& problem) {
  const auto wrong = [](absl::string_view expected) {
    return absl::InvalidArgumentError(expected);
  };
  if (problem.first.empty() || problem.first.front() != 0 ||
      problem.first.back() != static_cast<int64_t>(problem.edges.size())) {
    return wrong("expected the edges of every person");
  }
  for (const int32_t capacity : problem.capacities) {
    if (capacity < 0) return wrong("expected capacities of 0 or more");
  }
  if (problem.offers_per_person < 1) {
    return wrong("expected one offer a person at least");
  }
  const int32_t offers = static_cast<int32_t>(problem.capacities.size());
  std::vector<int32_t> last_person(offers, -1);
  for (int32_t person = 0; person < problem.people(); ++person) {
    if (problem.first[person] > problem.first[person + 1]) {
      return wrong("expected the edges of every person");
    }
    for (int64_t i = problem.first[person]; i < problem.first[person + 1];
         ++i) {
      const FlowEdge& edge = problem.edges[i];
      if (edge.offer < 0 || edge.offer >= offers || edge.score < 0 ||
          edge.score > kMaxScore || last_person[edge.offer] == person) {
        return wrong(
            "expected known offers, each once a person, and scores from 0 to "
            "1,000,000 millionths");
      }
      last_person[edge.offer] = person;
    }
  }
  const int64_t arcs =
      problem.first.back() + problem.people() + int64_t{offers};
  const int64_t supply = int64_t{problem.people()} * problem.offers_per_person;
  if (std::max(arcs, supply) >= std::numeric_limits<int32_t>::max()) {
    return absl::ResourceExhaustedError(
        "expected fewer than 2^31 arcs and offers to give");
  }
  return absl::OkStatus();
}

// Arcs in the order of their sources, as StaticDigraph wants them: those of
// each person and one to the sink (no offer), then one from each offer to the
// sink. An iterator makes them, so that they need no memory of their own.
class Arcs {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = std::pair<int, int>;
  using difference_type = std::ptrdiff_t;
  using pointer = const value_type*;
  using reference = const value_type&;

  Arcs(const FlowProblem& problem, int32_t person)
      : problem_(&problem), person_(person) {
    edge_ = person < problem.people() ? problem.first[person]
                                      : problem.first.back();
    Make();
  }

  const value_type& operator*() const { return arc_; }
  const value_type* operator->() const { return &arc_; }
  Arcs& operator++() {
    const bool is_person = person_ < problem_->people();
    if (is_person && edge_ < problem_->first[person_ + 1]) {
      ++edge_;
    } else {
      ++person_;
    }
    Make();
    return *this;
  }
  Arcs operator++(int) {
    Arcs before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Arcs& other) const {
    return person_ == other.person_ && edge_ == other.edge_;
  }
  bool operator!=(const Arcs& other) const { return !(*this == other); }

 private:
  void Make() {
    const int32_t people = problem_->people();
    const int32_t sink =
        people + static_cast<int32_t>(problem_->capacities.size());
    const bool to_offer =
        person_ < people && edge_ < problem_->first[person_ + 1];
    arc_ = {person_, to_offer ? people + problem_->edges[edge_].offer : sink};
  }

  const FlowProblem* problem_;
  // A person, or people() + an offer.
  int32_t person_;
  int64_t edge_;
  value_type arc_;
};

// Number of the arc of an edge: one arc to the sink for each person before.
int32_t ArcOf(int64_t edge, int32_t person) {
  return static_cast<int32_t>(edge + person);
}

void ReadFlow(const FlowProblem& problem, const Graph& graph,
              const NetworkSimplex& simplex, FlowResult& result) {
  const int32_t people = problem.people();
  for (int32_t person = 0; person < people; ++person) {
    for (int64_t i = problem.first[person]; i < problem.first[person + 1];
         ++i) {
      if (simplex.flow(graph.arc(ArcOf(i, person))) == 0) continue;
      result.chosen.push_back(i);
      result.total += problem.edges[i].score;
    }
  }
  const int32_t offers = static_cast<int32_t>(problem.capacities.size());
  const int64_t sink = simplex.potential(graph.node(people + offers));
  for (int32_t offer = 0; offer < offers; ++offer) {
    const int64_t price = sink - simplex.potential(graph.node(people + offer));
    result.shadow_prices.push_back(
        static_cast<int32_t>(std::clamp<int64_t>(price, 0, kMaxScore)));
  }
}

// Positions of a person's edges, the highest score first, then as they come.
std::vector<int64_t> ByScore(const FlowProblem& problem) {
  std::vector<int64_t> order(problem.edges.size());
  for (size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<int64_t>(i);
  }
  for (int32_t person = 0; person < problem.people(); ++person) {
    std::sort(order.begin() + problem.first[person],
              order.begin() + problem.first[person + 1],
              [&problem](int64_t a, int64_t b) {
                const int32_t left = problem.edges[a].score;
                const int32_t right = problem.edges[b].score;
                return left != right ? left > right : a < b;
              });
  }
  return order;
}

// What an offer holds: the one that it likes least in front.
using Held = std::pair<int32_t, int32_t>;  // -score, person

}  // namespace

absl::StatusOr<FlowResult> AssignByFlow(const FlowProblem& problem) {
  const absl::Status status = CheckProblem(problem);
  if (!status.ok()) return status;
  const int32_t people = problem.people();
  const int32_t offers = static_cast<int32_t>(problem.capacities.size());
  Graph graph;
  graph.build(people + offers + 1, Arcs(problem, 0),
              Arcs(problem, people + offers));
  FlowResult result;
  {
    Graph::ArcMap<int32_t> costs(graph, 0);
    Graph::ArcMap<int32_t> capacities(graph, 1);
    Graph::NodeMap<int32_t> supplies(graph, 0);
    for (int32_t person = 0; person < people; ++person) {
      supplies[graph.node(person)] = problem.offers_per_person;
      capacities[graph.arc(ArcOf(problem.first[person + 1], person))] =
          problem.offers_per_person;
      for (int64_t i = problem.first[person]; i < problem.first[person + 1];
           ++i) {
        costs[graph.arc(ArcOf(i, person))] = -problem.edges[i].score;
      }
    }
    const int32_t first_offer_arc = ArcOf(problem.first.back(), people);
    for (int32_t offer = 0; offer < offers; ++offer) {
      capacities[graph.arc(first_offer_arc + offer)] =
          problem.capacities[offer];
    }
    supplies[graph.node(people + offers)] = -people * problem.offers_per_person;
    NetworkSimplex simplex(graph);
    simplex.upperMap(capacities).costMap(costs).supplyMap(supplies);
    if (simplex.run() != NetworkSimplex::OPTIMAL) {
      return absl::InternalError("the flow has no optimum");
    }
    ReadFlow(problem, graph, simplex, result);
  }
  const absl::Status proof = CheckOptimum(problem, result);
  if (!proof.ok()) return absl::InternalError(proof.message());
  return result;
}

absl::StatusOr<FlowResult> AssignByDeferredAcceptance(
    const FlowProblem& problem) {
  const absl::Status status = CheckProblem(problem);
  if (!status.ok()) return status;
  if (problem.offers_per_person != 1) {
    return absl::InvalidArgumentError("expected one offer a person");
  }
  const std::vector<int64_t> order = ByScore(problem);
  std::vector<int64_t> next(problem.first.begin(), problem.first.end() - 1);
  std::vector<std::vector<Held>> held(problem.capacities.size());
  for (int32_t first = 0; first < problem.people(); ++first) {
    int32_t person = first;
    while (person >= 0 && next[person] < problem.first[person + 1]) {
      const FlowEdge& edge = problem.edges[order[next[person]++]];
      std::vector<Held>& queue = held[edge.offer];
      const Held me{-edge.score, person};
      if (static_cast<int32_t>(queue.size()) < problem.capacities[edge.offer]) {
        queue.push_back(me);
        std::push_heap(queue.begin(), queue.end());
        person = -1;
      } else if (!queue.empty() && me < queue.front()) {
        std::pop_heap(queue.begin(), queue.end());
        person = std::exchange(queue.back(), me).second;
        std::push_heap(queue.begin(), queue.end());
      }
    }
  }
  FlowResult result;
  for (const std::vector<Held>& queue : held) {
    for (const auto& [score, person] : queue) {
      // The last proposal is the one that is held.
      result.chosen.push_back(order[next[person] - 1]);
      result.total -= score;
    }
  }
  std::sort(result.chosen.begin(), result.chosen.end());
  return result;
}

absl::StatusOr<FlowResult> AssignGreedily(const FlowProblem& problem) {
  const absl::Status status = CheckProblem(problem);
  if (!status.ok()) return status;
  std::vector<int32_t> person_of(problem.edges.size());
  std::vector<int64_t> order(problem.edges.size());
  for (int32_t person = 0; person < problem.people(); ++person) {
    for (int64_t i = problem.first[person]; i < problem.first[person + 1];
         ++i) {
      person_of[i] = person;
      order[i] = i;
    }
  }
  std::sort(order.begin(), order.end(), [&problem](int64_t a, int64_t b) {
    const int32_t left = problem.edges[a].score;
    const int32_t right = problem.edges[b].score;
    return left != right ? left > right : a < b;
  });
  std::vector<int32_t> left = problem.capacities;
  std::vector<int32_t> wanted(problem.people(), problem.offers_per_person);
  FlowResult result;
  for (const int64_t i : order) {
    const FlowEdge& edge = problem.edges[i];
    if (wanted[person_of[i]] == 0 || left[edge.offer] == 0) continue;
    --wanted[person_of[i]];
    --left[edge.offer];
    result.chosen.push_back(i);
    result.total += edge.score;
  }
  std::sort(result.chosen.begin(), result.chosen.end());
  return result;
}

}  // namespace heimweg::assignment
