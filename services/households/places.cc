#include "services/households/places.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/distance.h"
#include "services/places/gazetteer.h"
#include "services/places/germany.h"
#include "services/server/field_checks.h"

namespace heimweg::households {
namespace {

places::PlaceQuery QueryOf(const type::v1::Place& place) {
  places::PlaceQuery query;
  query.postal_code = place.postal_code();
  query.municipality = place.municipality();
  query.ags = place.ags();
  if (place.has_location()) {
    query.location = places::LatLng{.lat_deg = place.location().latitude(),
                                    .lng_deg = place.location().longitude()};
  }
  return query;
}

type::v1::ResolvedPlace ToProto(const places::ResolvedPlace& found) {
  type::v1::ResolvedPlace resolved;
  resolved.mutable_location()->set_latitude(found.location.lat_deg);
  resolved.mutable_location()->set_longitude(found.location.lng_deg);
  resolved.set_ags(found.ags);
  resolved.set_postal_code(found.postal_code);
  resolved.set_municipality(found.municipality);
  resolved.set_district(found.district);
  resolved.set_state(std::string(places::StateName(found.state_ags)));
  resolved.set_inferred(found.inferred);
  return resolved;
}

}  // namespace

void CheckPlace(const type::v1::Place& place, server::FieldChecks checks) {
  const bool named = !place.postal_code().empty() ||
                     !place.municipality().empty() || !place.ags().empty() ||
                     place.has_location();
  checks.Expect(
      named, "postal_code",
      "one of postal_code, municipality, ags and location must be set");
  checks.Expect(
      place.postal_code().empty() || places::IsDigits(place.postal_code(), 5),
      "postal_code", "must be 5 digits");
  checks.Text("municipality", place.municipality(), 100);
  checks.Expect(place.ags().empty() || places::IsDigits(place.ags(), 5) ||
                    places::IsDigits(place.ags(), 8),
                "ags", "must be 8 digits, or 5 for a district");
  checks.Range("location.latitude", place.location().latitude(), -90.0, 90.0);
  checks.Range("location.longitude", place.location().longitude(), -180.0,
               180.0);
  checks.Text("street_address", place.street_address(), 200);
}

std::vector<server::Violation> ResolvePlaces(const places::Gazetteer& gazetteer,
                                             profiles::v1::Profile* profile) {
  server::FieldChecks checks;
  for (int i = 0; i < profile->anchors_size(); ++i) {
    type::v1::Place& place = *profile->mutable_anchors(i)->mutable_place();
    place.clear_resolved();
    server::FieldChecks of_form;
    CheckPlace(place, of_form.In("place"));
    if (!of_form.ok()) continue;
    absl::StatusOr<places::ResolvedPlace> found =
        gazetteer.Resolve(QueryOf(place));
    if (found.ok()) {
      *place.mutable_resolved() = ToProto(*found);
      continue;
    }
    // "<field>: <what is wrong>", see Gazetteer::Resolve.
    const std::pair<std::string, std::string> error = absl::StrSplit(
        absl::string_view(found.status().message()), absl::MaxSplits(": ", 1));
    checks.In(server::Field("anchors", i))
        .Add(server::Field("place", error.first), error.second);
  }
  return std::move(checks).Take();
}

}  // namespace heimweg::households
