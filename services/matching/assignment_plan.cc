#include "services/matching/assignment_plan.h"

#include "absl/container/flat_hash_set.h"

namespace heimweg::matching {
namespace {

using server::Field;
using server::FieldChecks;

constexpr int32_t kMostCapacity = 100'000;

template <typename Visit>
auto VisitViewOf(const Snapshot& snapshot, type::v1::OfferKind kind,
                 Visit visit) {
  switch (kind) {
    case type::v1::OFFER_KIND_HOME:
      return visit(*snapshot.homes);
    case type::v1::OFFER_KIND_CONTACT:
      return visit(*snapshot.contacts);
    default:
      return visit(*snapshot.jobs);
  }
}

size_t SegmentOf(OfferPlace place) { return place >> 32; }
uint32_t RowIn(OfferPlace place) { return static_cast<uint32_t>(place); }

// What is wrong with them whatever the index holds.
void CheckNames(const v1::AssignOffersRequest& request, FieldChecks& checks) {
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < request.capacities_size(); ++i) {
    const v1::OfferCapacity& given = request.capacities(i);
    checks.Range(Field("capacities", i, "capacity"), given.capacity(), 0,
                 kMostCapacity);
    checks.Expect(seen.insert(given.offer()).second,
                  Field("capacities", i, "offer"), "each offer at most once");
  }
  seen.clear();
  for (int i = 0; i < request.locks_size(); ++i) {
    checks.Expect(seen.insert(request.locks(i).profile()).second,
                  Field("locks", i, "profile"), "each profile at most once");
  }
}

}  // namespace

std::optional<OfferPlace> OfferPlaces::Find(absl::string_view name) const {
  return VisitViewOf(snapshot_, kind_,
                     [&](const auto& view) -> std::optional<OfferPlace> {
                       const auto found = view.Find(name);
                       if (!found) return std::nullopt;
                       return PlaceOf(found->first, found->second);
                     });
}

std::string OfferPlaces::NameAt(OfferPlace place) const {
  return VisitViewOf(snapshot_, kind_, [&](const auto& view) {
    return std::string(
        view.segments[SegmentOf(place)].segment->cards.NameAt(RowIn(place)));
  });
}

int32_t OfferPlaces::CapacityAt(OfferPlace place) const {
  return VisitViewOf(snapshot_, kind_, [&](const auto& view) {
    return view.segments[SegmentOf(place)].segment->columns.common.CapacityOf(
        RowIn(place));
  });
}

AssignmentPlan PlanOf(const v1::AssignOffersRequest& request, absl::Time now,
                      FieldChecks& checks) {
  v1::RankProfilesRequest ranking;
  ranking.set_network(request.network());
  ranking.set_kind(request.kind());
  ranking.set_limit(request.limit());
  if (request.has_evaluation_time()) {
    *ranking.mutable_evaluation_time() = request.evaluation_time();
  }
  *ranking.mutable_ags_prefixes() = request.ags_prefixes();
  *ranking.mutable_offer_networks() = request.offer_networks();
  if (request.has_weights()) *ranking.mutable_weights() = request.weights();
  AssignmentPlan plan;
  plan.ranking = PlanOf(ranking, now, checks);
  if (request.method() != v1::ASSIGNMENT_METHOD_UNSPECIFIED) {
    plan.method = request.method();
  }
  checks.Known("method", request.method(), v1::AssignmentMethod_IsValid);
  CheckNames(request, checks);
  return plan;
}

void FindNames(const v1::AssignOffersRequest& request, const Snapshot& snapshot,
               absl::Time now, AssignmentPlan& plan, FieldChecks& checks) {
  const OfferPlaces places(snapshot, request.kind());
  for (int i = 0; i < request.capacities_size(); ++i) {
    const v1::OfferCapacity& given = request.capacities(i);
    const std::optional<OfferPlace> place = places.Find(given.offer());
    if (place) {
      plan.capacities[*place] = given.capacity();
    } else {
      checks.Add(Field("capacities", i, "offer"),
                 "must be an offer of the kind");
    }
  }
  for (int i = 0; i < request.locks_size(); ++i) {
    const v1::AssignmentLock& lock = request.locks(i);
    const auto profile = snapshot.profiles->Find(lock.profile());
    if (profile == nullptr || !IsAskedFor(plan.ranking, *profile, now)) {
      checks.Add(Field("locks", i, "profile"),
                 "must be a profile that is assigned");
    }
    const std::optional<OfferPlace> place = places.Find(lock.offer());
    if (!place && !lock.offer().empty()) {
      checks.Add(Field("locks", i, "offer"),
                 "must be an offer of the kind, or empty");
    }
    plan.locks[lock.profile()] = place;
  }
}

}  // namespace heimweg::matching
