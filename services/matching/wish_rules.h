// The rules that a question and a profile have to keep so that offers can be
// ranked for them. The profile service has more rules, of fields that matching
// does not read.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_

#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/import.pb.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// Every wrong field, with its path and what was expected; empty if none is.
std::vector<type::v1::FieldViolation> Violations(
    const Question& question, const profiles::v1::Profile& profile);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_
