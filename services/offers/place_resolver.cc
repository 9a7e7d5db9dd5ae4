#include "services/offers/place_resolver.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/asked_place.h"
#include "services/places/gazetteer.h"
#include "services/server/field_checks.h"
#include "storage/mutex.h"

namespace heimweg::offers {
namespace {

using type::v1::Place;

// Enough for every postcode of Germany with its commonest spelling.
constexpr size_t kMostKnown = 20'000;

std::string AskedPlaceKey(const Place& place) {
  return absl::StrCat(place.postal_code(), "\n", place.ags(), "\n",
                      place.municipality());
}

}  // namespace

PlaceResolver::Known& PlaceResolver::KnownOf(
    const std::shared_ptr<const places::Gazetteer>& gazetteer) const {
  if (known_from_ != gazetteer) {
    known_.clear();
    known_from_ = gazetteer;
  }
  return known_;
}

void PlaceResolver::Resolve(absl::string_view path, Place& place,
                            server::FieldChecks& checks) const {
  place.clear_resolved();
  server::FieldChecks form;
  places::CheckPlace(place, form.In(server::Field(path, -1)));
  if (!form.ok()) {
    checks.AddAll(std::move(form).Take());
    return;
  }
  const std::shared_ptr<const places::Gazetteer> gazetteer = gazetteer_();
  if (place.has_location()) {
    // Hardly any two offers have the same point.
    places::ResolvePlace(*gazetteer, place, checks.In(server::Field(path, -1)));
    return;
  }
  const std::string key = AskedPlaceKey(place);
  {
    const storage::MutexLock lock(mutex_);
    const Known& known = KnownOf(gazetteer);
    const auto found = known.find(key);
    if (found != known.end()) {
      *place.mutable_resolved() = found->second;
      return;
    }
  }
  places::ResolvePlace(*gazetteer, place, checks.In(server::Field(path, -1)));
  if (!place.has_resolved()) return;
  const storage::MutexLock lock(mutex_);
  Known& known = KnownOf(gazetteer);
  if (known.size() >= kMostKnown) known.clear();
  known.emplace(key, place.resolved());
}

}  // namespace heimweg::offers
