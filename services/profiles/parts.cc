#include "services/profiles/parts.h"

#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::profiles {

using ::heimweg::profiles::v1::Anchor;
using ::heimweg::profiles::v1::Profile;

Profile TakePersonal(Profile& profile) {
  profile.DiscardUnknownFields();
  Profile personal;
  if (profile.personal().ByteSizeLong() > 0) {
    personal.mutable_personal()->Swap(profile.mutable_personal());
  }
  profile.clear_personal();
  for (Anchor& anchor : *profile.mutable_anchors()) {
    if (anchor.place().street_address().empty()) continue;
    Anchor& address = *personal.add_anchors();
    address.set_id(anchor.id());
    address.mutable_place()->mutable_street_address()->swap(
        *anchor.mutable_place()->mutable_street_address());
    anchor.mutable_place()->clear_street_address();
  }
  return personal;
}

void AddPersonal(const Profile& personal, Profile& core) {
  if (personal.has_personal()) {
    *core.mutable_personal() = personal.personal();
  }
  for (const Anchor& address : personal.anchors()) {
    for (Anchor& anchor : *core.mutable_anchors()) {
      if (anchor.id() != address.id()) continue;
      anchor.mutable_place()->set_street_address(
          address.place().street_address());
    }
  }
}

bool HasPersonal(const Profile& personal) {
  return personal.has_personal() || personal.anchors_size() > 0;
}

}  // namespace heimweg::profiles
