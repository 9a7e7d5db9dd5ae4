#include "services/matching/assignment_plan.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace heimweg::matching {
namespace {

using FieldViolations = std::vector<type::v1::FieldViolation>;

constexpr int32_t kMostCapacity = 100'000;

void AddViolation(std::string field, const char* expected,
                  FieldViolations& violations) {
  type::v1::FieldViolation& added = violations.emplace_back();
  added.set_field(std::move(field));
  added.set_description(expected);
}

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
void CheckNames(const v1::AssignOffersRequest& request,
                FieldViolations& violations) {
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < request.capacities_size(); ++i) {
    const v1::OfferCapacity& given = request.capacities(i);
    const std::string path = absl::StrCat("capacities[", i, "].");
    if (given.capacity() < 0 || given.capacity() > kMostCapacity) {
      AddViolation(path + "capacity", "0 to 100,000", violations);
    }
    if (!seen.insert(given.offer()).second) {
      AddViolation(path + "offer", "each offer at most once", violations);
    }
  }
  seen.clear();
  for (int i = 0; i < request.locks_size(); ++i) {
    if (seen.insert(request.locks(i).profile()).second) continue;
    AddViolation(absl::StrCat("locks[", i, "].profile"),
                 "each profile at most once", violations);
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
                      FieldViolations& violations) {
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
  plan.ranking = PlanOf(ranking, now, violations);
  if (request.method() != v1::ASSIGNMENT_METHOD_UNSPECIFIED) {
    plan.method = request.method();
  }
  if (!v1::AssignmentMethod_IsValid(request.method())) {
    AddViolation("method", "must be a known method", violations);
  }
  CheckNames(request, violations);
  return plan;
}

void FindNames(const v1::AssignOffersRequest& request, const Snapshot& snapshot,
               absl::Time now, AssignmentPlan& plan,
               FieldViolations& violations) {
  const OfferPlaces places(snapshot, request.kind());
  for (int i = 0; i < request.capacities_size(); ++i) {
    const v1::OfferCapacity& given = request.capacities(i);
    const std::optional<OfferPlace> place = places.Find(given.offer());
    if (place) {
      plan.capacities[*place] = given.capacity();
    } else {
      AddViolation(absl::StrCat("capacities[", i, "].offer"),
                   "must be an offer of the kind", violations);
    }
  }
  for (int i = 0; i < request.locks_size(); ++i) {
    const v1::AssignmentLock& lock = request.locks(i);
    const auto profile = snapshot.profiles->Find(lock.profile());
    if (profile == nullptr || !IsAskedFor(plan.ranking, *profile, now)) {
      AddViolation(absl::StrCat("locks[", i, "].profile"),
                   "must be a profile that is assigned", violations);
    }
    const std::optional<OfferPlace> place = places.Find(lock.offer());
    if (!place && !lock.offer().empty()) {
      AddViolation(absl::StrCat("locks[", i, "].offer"),
                   "must be an offer of the kind, or empty", violations);
    }
    plan.locks[lock.profile()] = place;
  }
}

}  // namespace heimweg::matching
