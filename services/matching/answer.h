// What every answer says of its origin: revisions, evaluation time, weights and
// version, with which it can be repeated.
#ifndef HEIMWEG_SERVICES_MATCHING_ANSWER_H_
#define HEIMWEG_SERVICES_MATCHING_ANSWER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "google/protobuf/repeated_field.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/rank.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// One revision for each watched store; 0 before it was once read to its end.
inline void AddRevisions(
    const Snapshot& snapshot,
    google::protobuf::RepeatedPtrField<v1::StoreRevision>& revisions) {
  const auto add = [&](const char* store, std::optional<uint64_t> revision) {
    v1::StoreRevision& added = *revisions.Add();
    added.set_store(store);
    added.set_revision(revision.value_or(0));
  };
  add("jobs", snapshot.jobs->revision);
  add("homes", snapshot.homes->revision);
  add("contacts", snapshot.contacts->revision);
  add("profiles", snapshot.profiles->revision);
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
