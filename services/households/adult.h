// The rules of one adult and of the languages that people speak.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_ADULT_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_ADULT_H_

#include "google/protobuf/repeated_field.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/language.pb.h"
#include "services/households/findings.h"

namespace heimweg::households {

// All rules but those of the id.
void CheckAdult(const heimweg::profiles::v1::Adult& adult,
                const Findings& findings);

// The repeated field `languages`. How many are allowed differs by message.
void CheckLanguages(const google::protobuf::RepeatedPtrField<
                        heimweg::type::v1::LanguageSkill>& languages,
                    const Findings& findings);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_ADULT_H_
