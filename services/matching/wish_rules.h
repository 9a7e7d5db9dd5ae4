// The rules that a question and a profile have to keep so that offers can be
// ranked for them. The profile service has more rules, of fields that matching
// does not read.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/import.pb.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// The end of 2100, so that differences to cut times are exact enough
// (common_columns.h).
inline constexpr int64_t kLastEvaluationSecond = 4'133'980'799;

// Every wrong field, with its path and what was expected; empty if none is.
std::vector<type::v1::FieldViolation> Violations(
    const Question& question, const profiles::v1::Profile& profile);

// Notes a violation of `field` unless `holds`.
void Expect(bool holds, absl::string_view field, absl::string_view expected,
            std::vector<type::v1::FieldViolation>& violations);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_RULES_H_
