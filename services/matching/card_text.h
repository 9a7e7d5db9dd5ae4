// What a list of matches shows of an offer.
#ifndef HEIMWEG_SERVICES_MATCHING_CARD_TEXT_H_
#define HEIMWEG_SERVICES_MATCHING_CARD_TEXT_H_

#include <cstdint>
#include <string>

#include "heimweg/matching/v1/match.pb.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/matching/contact_columns.h"
#include "services/matching/field_writer.h"
#include "services/matching/home_columns.h"
#include "services/matching/job_columns.h"
#include "services/matching/segment.h"

namespace heimweg::matching {

// Name of the enum value: EmploymentType of a job, Tenure of a home,
// ContactType of a contact; empty if it is not said.
const std::string& TypeText(type::v1::OfferKind kind, uint8_t type);

// Writes the fields of the v1::OfferCard.
void WriteCard(const Segment<JobColumns>& segment, uint32_t row,
               FieldWriter& card);
void WriteCard(const Segment<HomeColumns>& segment, uint32_t row,
               FieldWriter& card);
void WriteCard(const Segment<ContactColumns>& segment, uint32_t row,
               FieldWriter& card);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CARD_TEXT_H_
