#include "services/matching/contact_losses.h"

#include "services/matching/features/dates.h"
#include "services/matching/features/freshness.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

// By ContactQuery::kFeatures.
constexpr size_t kEventDates = 1;
constexpr size_t kPeople = 2;
constexpr size_t kVerified = 3;
static_assert(ContactQuery::kFeatures[kEventDates] == v1::FEATURE_DATES);
static_assert(ContactQuery::kFeatures[kPeople] == v1::FEATURE_PEOPLE);
static_assert(ContactQuery::kFeatures[kVerified] == v1::FEATURE_FRESHNESS);

}  // namespace

ContactLosses::ContactLosses(const ContactQuery& query)
    : weights_(WeightsOf(query.wish(), ContactQuery::kFeatures)),
      date_(query.wish().evaluation_seconds, kEventDecaySeconds,
            weights_[kEventDates]),
      fresh_(query.wish().evaluation_seconds, kFreshnessDecaySeconds,
             weights_[kVerified]),
      unsaid_people_(weights_[kPeople] * (kOne - kNeutral)) {
  const ContactWish& asked = query.wish().contact;
  for (const ContactQuery::NamedTerm& own : query.interests()) {
    const uint64_t bit = ContactCode::TopicBit(own.term);
    terms_ |= bit;
    ++points_[static_cast<size_t>(std::countr_zero(bit))];
  }
  for (const ContactQuery::NamedTerm& own : query.hooks()) {
    const uint64_t bit = ContactCode::HookBit(own.term);
    terms_ |= bit;
    points_[static_cast<size_t>(std::countr_zero(bit))] += kHookPoints;
  }
  const bool names_terms = !asked.interests.empty() || !asked.hooks.empty();
  for (size_t points = 0; points < people_.size(); ++points) {
    const FeatureValue value =
        PeopleFeature(names_terms, static_cast<int64_t>(points), 0);
    people_[points] = weights_[kPeople] * (kOne - value.OrNeutral());
  }
  for (size_t type = 0; type < type_.size(); ++type) {
    const Outcome outcome =
        ContactTypeConstraint(asked.types, static_cast<uint8_t>(type));
    type_[type] = outcome == Outcome::kFailed ? kFails : 0;
  }
}

}  // namespace heimweg::matching
