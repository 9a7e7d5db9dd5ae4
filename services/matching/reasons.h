// Reasons: the sentences that say why an offer is where it is, as keys with
// parameters; clients write them in German or English.
#ifndef HEIMWEG_SERVICES_MATCHING_REASONS_H_
#define HEIMWEG_SERVICES_MATCHING_REASONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/contact_query.h"
#include "services/matching/field_writer.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/nearest.h"
#include "services/places/commute.h"

namespace heimweg::matching {

// What an anchor is worth at half of its limit, exp(-1): from there on its
// nearness is a reason.
inline constexpr int32_t kNearValue = 367'879;
// Values of parameters: "2.4", and "car", "transit", "bicycle" or "walk".
std::string OneDecimalKm(int32_t meters);
absl::string_view ModeText(places::CommuteMode mode);

// Writes the reasons of features with a weight and a value that speaks for the
// offer into a v1::Match, the greatest contribution first, then in the order of
// the keys. `values` are query.Features(at, seeker); `nearest` is Nearest() of
// the wish's anchors.
void WriteReasons(const JobQuery& query, const JobQuery::Row& at, size_t seeker,
                  const JobQuery::Values& values,
                  const std::optional<NearestAnchor>& nearest,
                  FieldWriter& match);
void WriteReasons(const HomeQuery& query, const HomeQuery::Row& at,
                  size_t seeker, const HomeQuery::Values& values,
                  const std::optional<NearestAnchor>& nearest,
                  FieldWriter& match);
void WriteReasons(const ContactQuery& query, const ContactQuery::Row& at,
                  size_t seeker, const ContactQuery::Values& values,
                  const std::optional<NearestAnchor>& nearest,
                  FieldWriter& match);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_REASONS_H_
