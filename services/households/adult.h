// The rules of one adult.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_ADULT_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_ADULT_H_

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/server/field_checks.h"

namespace heimweg::households {

// All rules but those of the id.
void CheckAdult(const heimweg::profiles::v1::Adult& adult,
                server::FieldChecks checks);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_ADULT_H_
