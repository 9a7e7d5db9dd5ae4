// Reasons: the sentences that say why an offer is where it is, as keys with
// parameters; clients write them in German or English.
#ifndef HEIMWEG_SERVICES_MATCHING_REASONS_H_
#define HEIMWEG_SERVICES_MATCHING_REASONS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/places/commute.h"

namespace heimweg::matching {

// What an anchor is worth at half of its limit, exp(-1): from there on its
// nearness is a reason.
inline constexpr int32_t kNearValue = 367'879;
// Values of parameters: "2.4", and "car", "transit", "bicycle" or "walk".
std::string OneDecimalKm(int32_t meters);
absl::string_view ModeText(places::CommuteMode mode);

using ReasonsOfOffer = google::protobuf::RepeatedPtrField<v1::Reason>;

// Appends the reasons of features with a weight and a value that speaks for the
// offer, the greatest contribution first, then in the order of the keys.
// `values` are query.Features(at, seeker).
void AddReasons(const JobQuery& query, const JobQuery::Row& at, size_t seeker,
                const JobQuery::Values& values, ReasonsOfOffer& reasons);
void AddReasons(const HomeQuery& query, const HomeQuery::Row& at, size_t seeker,
                const HomeQuery::Values& values, ReasonsOfOffer& reasons);
void AddReasons(const ContactQuery& query, const ContactQuery::Row& at,
                size_t seeker, const ContactQuery::Values& values,
                ReasonsOfOffer& reasons);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_REASONS_H_
