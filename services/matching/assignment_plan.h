// AssignmentPlan: what AssignOffers asks, with the names in it found in the
// index.
#ifndef HEIMWEG_SERVICES_MATCHING_ASSIGNMENT_PLAN_H_
#define HEIMWEG_SERVICES_MATCHING_ASSIGNMENT_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/profile_run.h"
#include "services/matching/snapshot.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

// Where an offer stands: its segment times 2^32 plus its row.
using OfferPlace = uint64_t;

constexpr OfferPlace PlaceOf(size_t segment, uint32_t row) {
  return uint64_t{segment} << 32 | row;
}

// The offers of one kind by their places. Thread-safe.
class OfferPlaces {
 public:
  // `snapshot` outlives this; `kind` is one that can be ranked.
  OfferPlaces(const Snapshot& snapshot, type::v1::OfferKind kind)
      : snapshot_(snapshot), kind_(kind) {}

  std::optional<OfferPlace> Find(absl::string_view name) const;
  std::string NameAt(OfferPlace place) const;
  // How many people it takes.
  int32_t CapacityAt(OfferPlace place) const;

 private:
  const Snapshot& snapshot_;
  const type::v1::OfferKind kind_;
};

struct AssignmentPlan {
  ProfileRunPlan ranking;
  v1::AssignmentMethod method = v1::ASSIGNMENT_METHOD_OPTIMUM;
  // In place of the offers' own.
  absl::flat_hash_map<OfferPlace, int32_t> capacities;
  // By name of the profile; nothing: it gets none.
  absl::flat_hash_map<std::string, std::optional<OfferPlace>> locks;
};

// What the request asks, but for the names of capacities and locks, at `now` if
// it names no time; adds a violation for every field that is wrong.
AssignmentPlan PlanOf(const v1::AssignOffersRequest& request, absl::Time now,
                      server::FieldChecks& checks);

// Adds the capacities and locks to the plan of a request without violations;
// `now` as in ProfilesOf. Adds a violation for every name that is not there.
void FindNames(const v1::AssignOffersRequest& request, const Snapshot& snapshot,
               absl::Time now, AssignmentPlan& plan,
               server::FieldChecks& checks);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ASSIGNMENT_PLAN_H_
