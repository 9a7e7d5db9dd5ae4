#include "services/matching/card_text.h"

namespace heimweg::matching {
namespace {

template <typename Columns>
v1::OfferCard TextsOf(const Segment<Columns>& segment, uint32_t row) {
  const Card texts = segment.cards.At(row);
  v1::OfferCard card;
  card.set_title(std::string(texts.title));
  card.set_municipality(std::string(texts.municipality));
  card.set_postal_code(std::string(texts.postal_code));
  card.set_organization(std::string(texts.organization));
  card.set_visibility(segment.columns.common.VisibilityOf(row));
  return card;
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

v1::OfferCard CardOf(const Segment<JobColumns>& segment, uint32_t row) {
  const JobColumns& jobs = segment.columns;
  v1::OfferCard card = TextsOf(segment, row);
  if (jobs.hourly_cents[row] >= 0) {
    card.set_amount_cents(jobs.hourly_cents[row]);
  }
  card.set_type(TypeText(type::v1::OFFER_KIND_JOB, jobs.employment_type[row]));
  return card;
}

v1::OfferCard CardOf(const Segment<HomeColumns>& segment, uint32_t row) {
  const HomeColumns& homes = segment.columns;
  v1::OfferCard card = TextsOf(segment, row);
  if (homes.amount_cents[row] >= 0) {
    card.set_amount_cents(homes.amount_cents[row]);
  }
  if (homes.room_halves[row] > 0) card.set_rooms(homes.room_halves[row] / 2.0);
  card.set_type(TypeText(type::v1::OFFER_KIND_HOME, homes.tenure[row]));
  return card;
}

v1::OfferCard CardOf(const Segment<ContactColumns>& segment, uint32_t row) {
  v1::OfferCard card = TextsOf(segment, row);
  card.set_type(TypeText(type::v1::OFFER_KIND_CONTACT,
                         segment.columns.contact_type[row]));
  return card;
}

}  // namespace heimweg::matching
