#include "services/matching/card_text.h"

namespace heimweg::matching {
namespace {

template <typename Columns>
void SetTexts(const Segment<Columns>& segment, uint32_t row,
              v1::OfferCard& card) {
  const Card texts = segment.cards.At(row);
  card.set_title(texts.title.data(), texts.title.size());
  card.set_municipality(texts.municipality.data(), texts.municipality.size());
  card.set_postal_code(texts.postal_code.data(), texts.postal_code.size());
  card.set_organization(texts.organization.data(), texts.organization.size());
  card.set_visibility(segment.columns.common.VisibilityOf(row));
}

}  // namespace

std::string TypeText(type::v1::OfferKind kind, uint8_t type) {
  if (type == 0) return "";
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
      return "";
  }
}

void SetCard(const Segment<JobColumns>& segment, uint32_t row,
             v1::OfferCard& card) {
  const JobColumns& jobs = segment.columns;
  SetTexts(segment, row, card);
  if (jobs.hourly_cents[row] >= 0) {
    card.set_amount_cents(jobs.hourly_cents[row]);
  }
  card.set_type(TypeText(type::v1::OFFER_KIND_JOB, jobs.employment_type[row]));
}

void SetCard(const Segment<HomeColumns>& segment, uint32_t row,
             v1::OfferCard& card) {
  const HomeColumns& homes = segment.columns;
  SetTexts(segment, row, card);
  if (homes.amount_cents[row] >= 0) {
    card.set_amount_cents(homes.amount_cents[row]);
  }
  if (homes.room_halves[row] > 0) card.set_rooms(homes.room_halves[row] / 2.0);
  card.set_type(TypeText(type::v1::OFFER_KIND_HOME, homes.tenure[row]));
}

void SetCard(const Segment<ContactColumns>& segment, uint32_t row,
             v1::OfferCard& card) {
  SetTexts(segment, row, card);
  card.set_type(TypeText(type::v1::OFFER_KIND_CONTACT,
                         segment.columns.contact_type[row]));
}

}  // namespace heimweg::matching
