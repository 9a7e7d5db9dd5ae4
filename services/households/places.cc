#include "services/households/places.h"

#include <utility>
#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/asked_place.h"
#include "services/places/gazetteer.h"
#include "services/server/field_checks.h"

namespace heimweg::households {
std::vector<server::Violation> ResolvePlaces(const places::Gazetteer& gazetteer,
                                             profiles::v1::Profile* profile) {
  server::FieldChecks checks;
  for (int i = 0; i < profile->anchors_size(); ++i) {
    type::v1::Place& place = *profile->mutable_anchors(i)->mutable_place();
    server::FieldChecks form;
    places::CheckPlace(place, form.In("place"));
    if (!form.ok()) {
      place.clear_resolved();
      continue;
    }
    server::FieldChecks anchor = checks.In(server::Field("anchors", i));
    places::ResolvePlace(gazetteer, place, anchor.In("place"));
  }
  return std::move(checks).Take();
}

}  // namespace heimweg::households
