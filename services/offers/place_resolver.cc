#include "services/offers/place_resolver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/gazetteer.h"
#include "services/places/germany.h"
#include "services/server/field_checks.h"
#include "storage/mutex.h"

namespace heimweg::offers {
namespace {

using type::v1::Place;

// Enough for every postcode of Germany with its commonest spelling.
constexpr size_t kMostKnown = 20'000;

constexpr std::array<absl::string_view, 4> kQueryFields = {
    "postal_code", "municipality", "ags", "location"};

void CheckShape(absl::string_view path, const Place& place,
                server::FieldChecks& checks) {
  if (!place.postal_code().empty() &&
      !places::IsDigits(place.postal_code(), 5)) {
    checks.Add(server::Field(path, "postal_code"), "must have 5 digits");
  }
  if (!place.ags().empty() && !places::IsDigits(place.ags(), 8) &&
      !places::IsDigits(place.ags(), 5)) {
    checks.Add(server::Field(path, "ags"), "must have 8 or 5 digits");
  }
  checks.Text(server::Field(path, "municipality"), place.municipality(), 100);
  checks.Text(server::Field(path, "street_address"), place.street_address(),
              200);
  if (place.has_location()) {
    checks.Range(server::Field(path, "location.latitude"),
                 place.location().latitude(), -90.0, 90.0);
    checks.Range(server::Field(path, "location.longitude"),
                 place.location().longitude(), -180.0, 180.0);
  }
  if (place.postal_code().empty() && place.municipality().empty() &&
      place.ags().empty() && !place.has_location()) {
    checks.Add(server::Field(path, -1),
               "needs a postal_code, municipality, ags or location");
  }
}

std::string AskedPlaceKey(const Place& place) {
  return absl::StrCat(place.postal_code(), "\n", place.ags(), "\n",
                      place.municipality());
}

void CopyPlace(const places::ResolvedPlace& from, type::v1::ResolvedPlace& to) {
  to.mutable_location()->set_latitude(from.location.lat_deg);
  to.mutable_location()->set_longitude(from.location.lng_deg);
  to.set_ags(from.ags);
  to.set_postal_code(from.postal_code);
  to.set_municipality(from.municipality);
  to.set_district(from.district);
  to.set_state(std::string(places::StateName(from.state_ags)));
  to.set_inferred(from.inferred);
}

// Asks for the place by all that was given.
void Ask(const places::Gazetteer& gazetteer, absl::string_view path,
         Place& place, server::FieldChecks& checks) {
  places::PlaceQuery query;
  query.postal_code = place.postal_code();
  query.municipality = place.municipality();
  query.ags = place.ags();
  if (place.has_location()) {
    query.location = places::LatLng{place.location().latitude(),
                                    place.location().longitude()};
  }
  const absl::StatusOr<places::ResolvedPlace> resolved =
      gazetteer.Resolve(query);
  if (resolved.ok()) {
    CopyPlace(*resolved, *place.mutable_resolved());
    return;
  }
  // The gazetteer says "<field>: <what is wrong>".
  const std::string message(resolved.status().message());
  const std::vector<std::string> parts =
      absl::StrSplit(message, absl::MaxSplits(": ", 1));
  const bool named =
      parts.size() == 2 && std::find(kQueryFields.begin(), kQueryFields.end(),
                                     parts[0]) != kQueryFields.end();
  if (named) {
    checks.Add(server::Field(path, parts[0]), parts[1]);
  } else {
    checks.Add(server::Field(path, -1), message);
  }
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
  server::FieldChecks shape;
  CheckShape(path, place, shape);
  if (!shape.ok()) {
    checks.AddAll(std::move(shape).Take());
    return;
  }
  const std::shared_ptr<const places::Gazetteer> gazetteer = gazetteer_();
  if (place.has_location()) {
    // Hardly any two offers have the same point.
    Ask(*gazetteer, path, place, checks);
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
  Ask(*gazetteer, path, place, checks);
  if (!place.has_resolved()) return;
  const storage::MutexLock lock(mutex_);
  Known& known = KnownOf(gazetteer);
  if (known.size() >= kMostKnown) known.clear();
  known.emplace(key, place.resolved());
}

}  // namespace heimweg::offers
