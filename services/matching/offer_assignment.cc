#include "services/matching/offer_assignment.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/flow.h"
#include "services/matching/search.h"
#include "services/matching/wish.h"

namespace heimweg::matching {
namespace {

using assignment::FlowProblem;
using assignment::FlowResult;
using Profiles = std::vector<const profiles::v1::Profile*>;

constexpr size_t kMostScarceOffers = 1'000;

template <typename Query>
absl::StatusOr<std::vector<Choice>> BestOf(const Query& query, int32_t limit,
                                           const Cancelled& cancelled) {
  const auto best = Search(query, static_cast<size_t>(limit), cancelled);
  if (!best) return absl::CancelledError("the caller has gone");
  std::vector<Choice> choices;
  choices.reserve(best->size());
  for (const Ranked& ranked : *best) {
    choices.push_back({PlaceOf(ranked.segment, ranked.row), ranked.score,
                       static_cast<uint32_t>(ranked.seeker)});
  }
  return choices;
}

absl::StatusOr<std::vector<Choice>> BestOf(const Snapshot& snapshot,
                                           const Wish& wish, int32_t limit,
                                           const Cancelled& cancelled) {
  switch (wish.kind) {
    case type::v1::OFFER_KIND_HOME:
      return BestOf(HomeQuery(*snapshot.homes, wish), limit, cancelled);
    case type::v1::OFFER_KIND_CONTACT:
      return BestOf(ContactQuery(*snapshot.contacts, wish), limit, cancelled);
    default:
      return BestOf(JobQuery(*snapshot.jobs, wish), limit, cancelled);
  }
}

// A flow problem and what its numbers mean: person i is profile i, who has no
// edges if there is a lock. Edges are in the order of choices.
struct Numbered {
  FlowProblem problem;
  std::vector<OfferPlace> offers;
};

// Capacities of those that are not the offers' own, less what locks take.
absl::StatusOr<absl::flat_hash_map<OfferPlace, int32_t>> RoomLeft(
    const AssignmentPlan& plan, const Profiles& profiles,
    const OfferPlaces& places) {
  auto room = plan.capacities;
  for (const profiles::v1::Profile* profile : profiles) {
    const auto lock = plan.locks.find(profile->name());
    if (lock == plan.locks.end() || !lock->second) continue;
    const OfferPlace place = *lock->second;
    int32_t& left = room.emplace(place, places.CapacityAt(place)).first->second;
    if (--left >= 0) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("locks: expected no more profiles than ",
                     places.NameAt(place), " has room for"));
  }
  return room;
}

absl::StatusOr<Numbered> NumberAll(const AssignmentPlan& plan,
                                   const Profiles& profiles,
                                   const std::vector<Choices>& choices,
                                   const OfferPlaces& places) {
  const auto room = RoomLeft(plan, profiles, places);
  if (!room.ok()) return room.status();
  Numbered numbered;
  FlowProblem& problem = numbered.problem;
  absl::flat_hash_map<OfferPlace, int32_t> numbers;
  for (size_t i = 0; i < profiles.size(); ++i) {
    if (!plan.locks.contains(profiles[i]->name())) {
      for (const Choice& choice : choices[i].offers) {
        const auto [found, is_new] =
            numbers.emplace(choice.offer, static_cast<int32_t>(numbers.size()));
        problem.edges.push_back({found->second, choice.score});
        if (!is_new) continue;
        const auto left = room->find(choice.offer);
        problem.capacities.push_back(left != room->end()
                                         ? left->second
                                         : places.CapacityAt(choice.offer));
        numbered.offers.push_back(choice.offer);
      }
    }
    problem.first.push_back(static_cast<int64_t>(problem.edges.size()));
  }
  return numbered;
}

absl::StatusOr<FlowResult> SolveBy(const FlowProblem& problem,
                                   v1::AssignmentMethod method) {
  if (problem.edges.empty()) return FlowResult();
  switch (method) {
    case v1::ASSIGNMENT_METHOD_STABLE:
      return assignment::AssignByDeferredAcceptance(problem);
    case v1::ASSIGNMENT_METHOD_GREEDY:
      return assignment::AssignGreedily(problem);
    default:
      return assignment::AssignByFlow(problem);
  }
}

v1::OfferAssignment LockedOf(const profiles::v1::Profile& profile,
                             const Choices& choices, OfferPlace place,
                             const OfferPlaces& places) {
  v1::OfferAssignment locked;
  locked.set_profile(profile.name());
  locked.set_offer(places.NameAt(place));
  locked.set_locked(true);
  for (const Choice& choice : choices.offers) {
    if (choice.offer != place) continue;
    locked.set_score_millionths(choice.score);
    if (!choices.adults.empty()) {
      locked.set_adult(choices.adults[choice.seeker]);
    }
  }
  return locked;
}

// Every profile that got an offer, in order.
std::vector<v1::OfferAssignment> AssignmentsOf(
    const AssignmentPlan& plan, const Profiles& profiles,
    const std::vector<Choices>& choices, const Numbered& numbered,
    const FlowResult& result, const OfferPlaces& places) {
  std::vector<v1::OfferAssignment> assignments;
  size_t next = 0;  // among the chosen
  for (size_t i = 0; i < profiles.size(); ++i) {
    const auto lock = plan.locks.find(profiles[i]->name());
    if (lock != plan.locks.end()) {
      if (!lock->second) continue;
      assignments.push_back(
          LockedOf(*profiles[i], choices[i], *lock->second, places));
      continue;
    }
    const int64_t first = numbered.problem.first[i];
    if (next == result.chosen.size() ||
        result.chosen[next] >= numbered.problem.first[i + 1]) {
      continue;
    }
    const Choice& choice = choices[i].offers[result.chosen[next++] - first];
    v1::OfferAssignment& added = assignments.emplace_back();
    added.set_profile(profiles[i]->name());
    added.set_offer(places.NameAt(choice.offer));
    added.set_score_millionths(choice.score);
    if (!choices[i].adults.empty()) {
      added.set_adult(choices[i].adults[choice.seeker]);
    }
  }
  return assignments;
}

std::vector<v1::ScarceOffer> ScarceOf(const Numbered& numbered,
                                      const FlowResult& result,
                                      const AssignmentPlan& plan,
                                      const OfferPlaces& places) {
  std::vector<v1::ScarceOffer> scarce;
  for (size_t i = 0; i < result.shadow_prices.size(); ++i) {
    if (result.shadow_prices[i] == 0) continue;
    const OfferPlace place = numbered.offers[i];
    const auto given = plan.capacities.find(place);
    v1::ScarceOffer& added = scarce.emplace_back();
    added.set_offer(places.NameAt(place));
    added.set_capacity(given != plan.capacities.end()
                           ? given->second
                           : places.CapacityAt(place));
    added.set_shadow_price_millionths(result.shadow_prices[i]);
  }
  const auto by_name = [](const auto& a, const auto& b) {
    return a.offer() < b.offer();
  };
  std::sort(scarce.begin(), scarce.end(), [&](const auto& a, const auto& b) {
    return a.shadow_price_millionths() != b.shadow_price_millionths()
               ? a.shadow_price_millionths() > b.shadow_price_millionths()
               : by_name(a, b);
  });
  if (scarce.size() > kMostScarceOffers) scarce.resize(kMostScarceOffers);
  std::sort(scarce.begin(), scarce.end(), by_name);
  return scarce;
}

v1::AssignmentSummary RunSummaryOf(
    const Numbered& numbered, const FlowResult& result, int64_t best_total,
    const std::vector<v1::OfferAssignment>& assignments) {
  const FlowProblem& problem = numbered.problem;
  v1::AssignmentSummary summary;
  int64_t with_matches = 0;
  for (size_t i = 1; i < problem.first.size(); ++i) {
    if (problem.first[i] > problem.first[i - 1]) ++with_matches;
  }
  int64_t locked_score = 0;
  for (const v1::OfferAssignment& one : assignments) {
    if (!one.locked()) continue;
    ++with_matches;
    locked_score += one.score_millionths();
  }
  summary.set_profiles_with_matches(with_matches);
  summary.set_matched_offers(static_cast<int64_t>(numbered.offers.size()));
  summary.set_pairs(static_cast<int64_t>(problem.edges.size()));
  summary.set_assigned_profiles(static_cast<int64_t>(assignments.size()));
  summary.set_total_score(result.total + locked_score);
  summary.set_best_total_score(best_total + locked_score);
  summary.set_blocking_pairs(
      problem.edges.empty() ? 0
                            : assignment::CountBlockingPairs(problem, result));
  return summary;
}

}  // namespace

absl::StatusOr<Choices> ChoicesOf(const Snapshot& snapshot,
                                  const ProfileRunPlan& plan,
                                  const profiles::v1::Profile& profile,
                                  const Cancelled& cancelled) {
  const absl::StatusOr<Wish> wish =
      CompileWish(plan.question, profile, absl::UnixEpoch());
  if (!wish.ok()) return Choices();
  auto best = BestOf(snapshot, *wish, plan.options.limit, cancelled);
  if (!best.ok()) return best.status();
  Choices choices;
  choices.offers = *std::move(best);
  for (const JobSeeker& seeker : wish->seekers) {
    choices.adults.push_back(seeker.id);
  }
  return choices;
}

absl::StatusOr<Assigned> Assign(const Snapshot& snapshot,
                                const AssignmentPlan& plan,
                                const Profiles& profiles,
                                const std::vector<Choices>& choices) {
  const OfferPlaces places(snapshot, plan.ranking.question.kind);
  const auto numbered = NumberAll(plan, profiles, choices, places);
  if (!numbered.ok()) return numbered.status();
  const auto result = SolveBy(numbered->problem, plan.method);
  if (!result.ok()) return result.status();
  int64_t best_total = result->total;
  if (plan.method != v1::ASSIGNMENT_METHOD_OPTIMUM) {
    const auto best = SolveBy(numbered->problem, v1::ASSIGNMENT_METHOD_OPTIMUM);
    if (!best.ok()) return best.status();
    best_total = best->total;
  }
  Assigned assigned;
  assigned.assignments =
      AssignmentsOf(plan, profiles, choices, *numbered, *result, places);
  assigned.scarce_offers = ScarceOf(*numbered, *result, plan, places);
  assigned.summary =
      RunSummaryOf(*numbered, *result, best_total, assigned.assignments);
  return assigned;
}

}  // namespace heimweg::matching
