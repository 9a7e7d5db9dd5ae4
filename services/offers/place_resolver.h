// PlaceResolver: what the gazetteer makes of the places in offers.
#ifndef HEIMWEG_SERVICES_OFFERS_PLACE_RESOLVER_H_
#define HEIMWEG_SERVICES_OFFERS_PLACE_RESOLVER_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/gazetteer.h"
#include "services/server/field_checks.h"
#include "storage/mutex.h"

namespace heimweg::offers {

// Remembers what it resolved: most offers of an import lie in few places.
// Thread-safe.
class PlaceResolver {
 public:
  // `gazetteer` must outlive this.
  explicit PlaceResolver(const places::Gazetteer& gazetteer)
      : gazetteer_(gazetteer) {}

  // Checks the shape of `place` and fills in place.resolved. A place that is
  // wrong, unknown or ambiguous becomes a violation below `path` and leaves
  // `resolved` empty.
  void Resolve(absl::string_view path, type::v1::Place& place,
               server::FieldChecks& checks) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Ask(absl::string_view path, type::v1::Place& place,
           server::FieldChecks& checks) const;

  const places::Gazetteer& gazetteer_;

  mutable storage::Mutex mutex_;
  mutable absl::flat_hash_map<std::string, type::v1::ResolvedPlace> known_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_PLACE_RESOLVER_H_
