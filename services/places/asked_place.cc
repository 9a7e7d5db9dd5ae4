#include "services/places/asked_place.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/gazetteer.h"
#include "services/places/germany.h"
#include "services/server/field_checks.h"

namespace heimweg::places {
namespace {

using type::v1::Place;

PlaceQuery QueryOf(const Place& place) {
  PlaceQuery query;
  query.postal_code = place.postal_code();
  query.municipality = place.municipality();
  query.ags = place.ags();
  if (place.has_location()) {
    query.location = LatLng{.lat_deg = place.location().latitude(),
                            .lng_deg = place.location().longitude()};
  }
  return query;
}

void CopyPlace(const ResolvedPlace& from, type::v1::ResolvedPlace& to) {
  to.mutable_location()->set_latitude(from.location.lat_deg);
  to.mutable_location()->set_longitude(from.location.lng_deg);
  to.set_ags(from.ags);
  to.set_postal_code(from.postal_code);
  to.set_municipality(from.municipality);
  to.set_district(from.district);
  to.set_state(std::string(StateName(from.state_ags)));
  to.set_inferred(from.inferred);
}

}  // namespace

void CheckPlace(const Place& place, server::FieldChecks checks) {
  checks.Expect(place.postal_code().empty() || IsDigits(place.postal_code(), 5),
                "postal_code", "must be 5 digits");
  checks.Expect(place.ags().empty() || IsDigits(place.ags(), 8) ||
                    IsDigits(place.ags(), 5),
                "ags", "must be 8 digits, or 5 for a district");
  checks.Text("municipality", place.municipality(), 100);
  checks.Text("street_address", place.street_address(), 200);
  checks.Range("location.latitude", place.location().latitude(), -90.0, 90.0);
  checks.Range("location.longitude", place.location().longitude(), -180.0,
               180.0);
  checks.Expect(!place.postal_code().empty() || !place.municipality().empty() ||
                    !place.ags().empty() || place.has_location(),
                "", "needs a postal_code, municipality, ags or location");
}

void ResolvePlace(const Gazetteer& gazetteer, Place& place,
                  server::FieldChecks checks) {
  place.clear_resolved();
  const absl::StatusOr<ResolvedPlace> found = gazetteer.Resolve(QueryOf(place));
  if (found.ok()) {
    CopyPlace(*found, *place.mutable_resolved());
    return;
  }
  // "<field>: <what is wrong>", see Gazetteer::Resolve.
  const std::pair<absl::string_view, absl::string_view> error =
      absl::StrSplit(found.status().message(), absl::MaxSplits(": ", 1));
  checks.Add(server::Field(error.first, -1), error.second);
}

}  // namespace heimweg::places
