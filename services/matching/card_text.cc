#include "services/matching/card_text.h"

#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::matching {
namespace {

using CardFields = v1::OfferCard;

// What stands behind the texts that all kinds have.
template <typename Columns>
void WriteCardEnd(const Segment<Columns>& segment, uint32_t row,
                  const std::string& type, FieldWriter& card) {
  card.Text(CardFields::kTypeFieldNumber, type);
  card.Number(CardFields::kVisibilityFieldNumber,
              segment.columns.common.VisibilityOf(row));
}

}  // namespace

const std::string& TypeText(type::v1::OfferKind kind, uint8_t type) {
  static const auto* const not_said = new std::string;
  if (type == 0) return *not_said;
  switch (kind) {
    case type::v1::OFFER_KIND_JOB:
      return jobs::v1::EmploymentType_Name(
          static_cast<jobs::v1::EmploymentType>(type));
    case type::v1::OFFER_KIND_HOME:
      return housing::v1::Tenure_Name(static_cast<housing::v1::Tenure>(type));
    case type::v1::OFFER_KIND_CONTACT:
      return contacts::v1::ContactType_Name(
          static_cast<contacts::v1::ContactType>(type));
    default:
      return *not_said;
  }
}

void WriteCard(const Segment<JobColumns>& segment, uint32_t row,
               FieldWriter& card) {
  const JobColumns& jobs = segment.columns;
  card.Fields(segment.cards.CardFieldsAt(row));
  if (jobs.record(row).hourly_cents >= 0) {
    card.WriteNumber(CardFields::kAmountCentsFieldNumber,
                     jobs.record(row).hourly_cents);
  }
  WriteCardEnd(
      segment, row,
      TypeText(type::v1::OFFER_KIND_JOB, jobs.record(row).employment_type),
      card);
}

void WriteCard(const Segment<HomeColumns>& segment, uint32_t row,
               FieldWriter& card) {
  const HomeColumns& homes = segment.columns;
  card.Fields(segment.cards.CardFieldsAt(row));
  if (homes.amount_cents[row] >= 0) {
    card.WriteNumber(CardFields::kAmountCentsFieldNumber,
                     homes.amount_cents[row]);
  }
  if (homes.room_halves[row] > 0) {
    card.WriteDouble(CardFields::kRoomsFieldNumber,
                     homes.room_halves[row] / 2.0);
  }
  WriteCardEnd(segment, row,
               TypeText(type::v1::OFFER_KIND_HOME, homes.tenure[row]), card);
}

void WriteCard(const Segment<ContactColumns>& segment, uint32_t row,
               FieldWriter& card) {
  card.Fields(segment.cards.CardFieldsAt(row));
  WriteCardEnd(
      segment, row,
      TypeText(type::v1::OFFER_KIND_CONTACT, segment.columns.contact_type[row]),
      card);
}

}  // namespace heimweg::matching
