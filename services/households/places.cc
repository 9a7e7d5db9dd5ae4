#include "services/households/places.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/households/findings.h"
#include "services/households/text.h"
#include "services/places/distance.h"
#include "services/places/gazetteer.h"
#include "services/server/errors.h"

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

void CheckPlace(const type::v1::Place& place, const Findings& findings) {
  const bool named = !place.postal_code().empty() ||
                     !place.municipality().empty() || !place.ags().empty() ||
                     place.has_location();
  findings.Expect(
      named, "postal_code",
      "one of postal_code, municipality, ags and location must be set");
  findings.Expect(
      place.postal_code().empty() || IsDigits(place.postal_code(), 5, 5),
      "postal_code", "must be 5 digits");
  findings.ExpectShort(100, place.municipality(), "municipality");
  findings.Expect(place.ags().empty() || IsDigits(place.ags(), 5, 5) ||
                      IsDigits(place.ags(), 8, 8),
                  "ags", "must be 8 digits, or 5 for a district");
  const double latitude = place.location().latitude();
  const double longitude = place.location().longitude();
  findings.Expect(-90 <= latitude && latitude <= 90, "location.latitude",
                  "must be -90 to 90");
  findings.Expect(-180 <= longitude && longitude <= 180, "location.longitude",
                  "must be -180 to 180");
  findings.ExpectShort(200, place.street_address(), "street_address");
}

std::vector<server::Violation> ResolvePlaces(const places::Gazetteer& gazetteer,
                                             profiles::v1::Profile* profile) {
  std::vector<server::Violation> violations;
  for (int i = 0; i < profile->anchors_size(); ++i) {
    type::v1::Place& place = *profile->mutable_anchors(i)->mutable_place();
    place.clear_resolved();
    std::vector<server::Violation> of_form;
    CheckPlace(place, Findings(of_form));
    if (!of_form.empty()) continue;
    absl::StatusOr<places::ResolvedPlace> found =
        gazetteer.Resolve(QueryOf(place));
    if (found.ok()) {
      *place.mutable_resolved() = ToProto(*found);
      continue;
    }
    // "<field>: <what is wrong>", see Gazetteer::Resolve.
    const std::pair<std::string, std::string> error = absl::StrSplit(
        absl::string_view(found.status().message()), absl::MaxSplits(": ", 1));
    Findings(violations)
        .In("anchors", i)
        .In("place")
        .Expect(false, error.first, error.second);
  }
  return violations;
}

}  // namespace heimweg::households
