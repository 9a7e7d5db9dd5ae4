// What every answer says of its origin: revisions, evaluation time, weights and
// version, with which it can be repeated.
#ifndef HEIMWEG_SERVICES_MATCHING_ANSWER_H_
#define HEIMWEG_SERVICES_MATCHING_ANSWER_H_

#include <cstdint>

#include "google/protobuf/repeated_field.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/rank.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// Calls visit(store, revision) for each watched store; the revision is 0 before
// it was once read to its end.
template <typename Visit>
void VisitRevisions(const Snapshot& snapshot, Visit visit) {
  visit("jobs", snapshot.jobs->revision.value_or(0));
  visit("homes", snapshot.homes->revision.value_or(0));
  visit("contacts", snapshot.contacts->revision.value_or(0));
  visit("profiles", snapshot.profiles->revision.value_or(0));
}

inline void AddRevisions(
    const Snapshot& snapshot,
    google::protobuf::RepeatedPtrField<v1::StoreRevision>& revisions) {
  VisitRevisions(snapshot, [&](const char* store, uint64_t revision) {
    v1::StoreRevision& added = *revisions.Add();
    added.set_store(store);
    added.set_revision(revision);
  });
}

template <typename Response>
void SetProvenance(const Snapshot& snapshot, const Wish& wish,
                   Response& response) {
  response.mutable_evaluation_time()->set_seconds(wish.evaluation_seconds);
  AddRevisions(snapshot, *response.mutable_revisions());
  *response.mutable_weights() = wish.weights;
  response.set_engine_version(kEngineVersion);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ANSWER_H_
