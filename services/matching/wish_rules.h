// The rules that a question has to keep so that offers can be ranked for it.
// Those of a household are households/violations.h's.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_

#include "google/protobuf/timestamp.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/wish.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

// Adds every wrong field of a question that is asked for this household.
void CheckQuestion(const Question& question,
                   const profiles::v1::Profile& profile,
                   server::FieldChecks& checks);

// Adds a violation of "evaluation_time" unless it is a whole second of the
// years 1970 to 2100: differences to cut times are exact enough until then
// (common_columns.h).
void CheckEvaluationTime(const google::protobuf::Timestamp& time,
                         server::FieldChecks& checks);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_
