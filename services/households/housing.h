// The rules of the home that a household wishes for.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_HOUSING_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_HOUSING_H_

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/server/field_checks.h"

namespace heimweg::households {

void CheckHousing(const heimweg::profiles::v1::HousingWish& wish,
                  server::FieldChecks checks);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_HOUSING_H_
