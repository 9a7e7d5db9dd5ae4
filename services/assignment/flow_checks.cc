// What an assignment of offers claims, checked without the solver.
#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/flow.h"

namespace heimweg::assignment {
namespace {

// What an offer holds; the greatest is the one that it likes least.
using Held = std::pair<int32_t, int32_t>;  // -score, person

}  // namespace

int64_t CountBlockingPairs(const FlowProblem& problem,
                           const FlowResult& result) {
  const size_t offers = problem.capacities.size();
  std::vector<bool> chosen(problem.edges.size(), false);
  for (const int64_t i : result.chosen) chosen[i] = true;
  std::vector<int32_t> score_of(problem.people(), -1);
  std::vector<int32_t> taken(offers, 0);
  // The least liked of those that an offer has.
  std::vector<Held> worst(offers, {std::numeric_limits<int32_t>::min(), 0});
  const auto each = [&problem](auto visit) {
    for (int32_t person = 0; person < problem.people(); ++person) {
      for (int64_t i = problem.first[person]; i < problem.first[person + 1];
           ++i) {
        visit(person, i, problem.edges[i]);
      }
    }
  };
  each([&](int32_t person, int64_t i, const FlowEdge& edge) {
    if (!chosen[i]) return;
    score_of[person] = edge.score;
    ++taken[edge.offer];
    worst[edge.offer] = std::max(worst[edge.offer], Held{-edge.score, person});
  });
  int64_t blocking = 0;
  each([&](int32_t person, int64_t /*i*/, const FlowEdge& edge) {
    if (edge.score <= score_of[person] || problem.capacities[edge.offer] == 0) {
      return;
    }
    const bool room = taken[edge.offer] < problem.capacities[edge.offer];
    if (room || Held{-edge.score, person} < worst[edge.offer]) ++blocking;
  });
  return blocking;
}

absl::Status CheckOptimum(const FlowProblem& problem,
                          const FlowResult& result) {
  const size_t offers = problem.capacities.size();
  if (result.shadow_prices.size() != offers) {
    return absl::FailedPreconditionError("expected a price for each offer");
  }
  // Weak duality: whatever the prices (0 or more), no assignment's total
  // exceeds the sum of capacity x price and of the best that each person has
  // left.
  int64_t bound = 0;
  for (size_t offer = 0; offer < offers; ++offer) {
    if (result.shadow_prices[offer] < 0) {
      return absl::FailedPreconditionError("expected prices of 0 or more");
    }
    bound += int64_t{problem.capacities[offer]} * result.shadow_prices[offer];
  }
  int64_t total = 0;
  std::vector<int32_t> taken(offers, 0);
  auto next = result.chosen.begin();
  std::vector<int32_t> left;
  for (int32_t person = 0; person < problem.people(); ++person) {
    left.clear();
    for (int64_t i = problem.first[person]; i < problem.first[person + 1];
         ++i) {
      const FlowEdge& edge = problem.edges[i];
      left.push_back(
          std::max(0, edge.score - result.shadow_prices[edge.offer]));
    }
    const size_t best =
        std::min<size_t>(left.size(), problem.offers_per_person);
    std::partial_sort(left.begin(), left.begin() + best, left.end(),
                      std::greater<>());
    for (size_t i = 0; i < best; ++i) bound += left[i];
    int32_t mine = 0;
    for (; next != result.chosen.end() && *next < problem.first[person + 1];
         ++next) {
      ++mine;
      total += problem.edges[*next].score;
      ++taken[problem.edges[*next].offer];
    }
    if (mine > problem.offers_per_person) {
      return absl::FailedPreconditionError("expected fewer offers a person");
    }
  }
  for (size_t offer = 0; offer < offers; ++offer) {
    if (taken[offer] > problem.capacities[offer]) {
      return absl::FailedPreconditionError("expected the capacities kept");
    }
  }
  if (next != result.chosen.end() || total != result.total || total != bound) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the total is ", total, ", the prices prove no more than ", bound));
  }
  return absl::OkStatus();
}

}  // namespace heimweg::assignment
