// The two parts of a stored profile. They lie in separate records, so that
// whatever reads the core (lists, the change feed, matching) never has the
// personal part in its hands. Pure functions.
#ifndef HEIMWEG_SERVICES_PROFILES_PARTS_H_
#define HEIMWEG_SERVICES_PROFILES_PARTS_H_

#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::profiles {

// Takes the fields marked Personal out of `profile` and returns them as a
// profile that has nothing else: `personal`, and for each anchor with a street
// address one anchor with its id and that address. What is left is the core.
// Unknown fields, which may be personal, are dropped from both.
heimweg::profiles::v1::Profile TakePersonal(
    heimweg::profiles::v1::Profile& profile);

// Puts them back. An address whose anchor is gone is left out.
void AddPersonal(const heimweg::profiles::v1::Profile& personal,
                 heimweg::profiles::v1::Profile& core);

// Whether TakePersonal found anything.
bool HasPersonal(const heimweg::profiles::v1::Profile& personal);

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PARTS_H_
