// PlaceResolver: what the gazetteer makes of the places in offers.
#ifndef HEIMWEG_SERVICES_OFFERS_PLACE_RESOLVER_H_
#define HEIMWEG_SERVICES_OFFERS_PLACE_RESOLVER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/gazetteer.h"
#include "services/places/gazetteer_source.h"
#include "services/server/field_checks.h"
#include "storage/mutex.h"

namespace heimweg::offers {

// Remembers what it resolved: most offers of an import lie in few places.
// Thread-safe.
class PlaceResolver {
 public:
  explicit PlaceResolver(places::GazetteerSource gazetteer)
      : gazetteer_(std::move(gazetteer)) {}

  // Checks the shape of `place` and fills in place.resolved. A place that is
  // wrong, unknown or ambiguous becomes a violation below `path` and leaves
  // `resolved` empty.
  void Resolve(absl::string_view path, type::v1::Place& place,
               server::FieldChecks& checks) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  using Known = absl::flat_hash_map<std::string, type::v1::ResolvedPlace>;

  // What `gazetteer` was asked before.
  Known& KnownOf(const std::shared_ptr<const places::Gazetteer>& gazetteer)
      const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const places::GazetteerSource gazetteer_;

  mutable storage::Mutex mutex_;
  // Holds the gazetteer, so that no other one can have its address.
  mutable std::shared_ptr<const places::Gazetteer> known_from_
      ABSL_GUARDED_BY(mutex_);
  mutable Known known_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_PLACE_RESOLVER_H_
