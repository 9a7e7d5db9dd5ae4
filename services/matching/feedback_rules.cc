#include "services/matching/feedback_rules.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "services/matching/occupation_code.h"
#include "services/matching/weights.h"
#include "services/matching/wish.h"

namespace heimweg::matching {
namespace {

using profiles::v1::Adult;
using profiles::v1::Profile;

constexpr int32_t kMoreWeight = 2;
// What a profile may hold (households/violations.h); what is beyond it does not
// count.
constexpr int kMostOccupations = 10;
constexpr int kMostExcluded = 100;
constexpr int kMostDismissed = 1'000;

void WishFor(const v1::Feedback& feedback, Profile& profile) {
  for (Adult& adult : *profile.mutable_adults()) {
    // One who names no occupation takes any.
    if (!adult.seeks_job() || adult.occupations().empty()) continue;
    for (const std::string& code : feedback.kldb_codes()) {
      const bool wished = std::any_of(
          adult.occupations().begin(), adult.occupations().end(),
          [&code](const auto& own) { return own.kldb_code() == code; });
      if (wished || adult.occupations_size() == kMostOccupations) continue;
      adult.add_occupations()->set_kldb_code(code);
    }
  }
}

void ExcludeEmployer(const std::string& employer, Profile& profile) {
  for (Adult& adult : *profile.mutable_adults()) {
    if (adult.excluded_employers_size() == kMostExcluded) continue;
    adult.add_excluded_employers(employer);
  }
}

void ExcludeLandlord(const std::string& landlord, Profile& profile) {
  profiles::v1::HousingWish& wish = *profile.mutable_housing();
  if (wish.excluded_landlords_size() == kMostExcluded) return;
  wish.add_excluded_landlords(landlord);
}

void RaiseWeight(v1::Feature feature, Profile& profile) {
  const WeightRule& rule = WeightRules()[static_cast<size_t>(feature) - 1];
  type::v1::Weights& weights = *profile.mutable_weights();
  const int32_t weight =
      (weights.*rule.has)() ? (weights.*rule.get)() : rule.standard;
  (weights.*rule.set)(std::min(weight + kMoreWeight, kMostWeight));
}

void RaiseWeights(type::v1::OfferKind kind, Profile& profile) {
  switch (kind) {
    case type::v1::OFFER_KIND_JOB:
      RaiseWeight(v1::FEATURE_OCCUPATION, profile);
      RaiseWeight(v1::FEATURE_SKILLS, profile);
      return;
    case type::v1::OFFER_KIND_HOME:
      RaiseWeight(v1::FEATURE_SPACE, profile);
      RaiseWeight(v1::FEATURE_EQUIPMENT, profile);
      return;
    default:
      RaiseWeight(v1::FEATURE_PEOPLE, profile);
  }
}

// Contacts say nothing that can be learned.
template <typename Columns>
void LearnFromRow(const ShelfView<Columns>& view, size_t segment, uint32_t row,
                  v1::Feedback& feedback) {
  const auto& stored = *view.segments[segment].segment;
  if constexpr (std::is_same_v<Columns, JobColumns>) {
    feedback.set_employer(std::string(stored.cards.At(row).organization));
    for (const uint32_t packed : stored.columns.Occupations(row)) {
      feedback.add_kldb_codes(OccupationCode::Unpacked(packed).Text());
    }
  }
  if constexpr (std::is_same_v<Columns, HomeColumns>) {
    feedback.set_landlord(std::string(stored.cards.At(row).organization));
  }
}

template <typename Columns>
absl::StatusOr<v1::Feedback> LearnedFrom(const ShelfView<Columns>& view,
                                         v1::Feedback feedback) {
  const auto found = view.Find(feedback.offer());
  if (!found) return absl::NotFoundError("there is no such offer");
  feedback.clear_employer();
  feedback.clear_landlord();
  feedback.clear_kldb_codes();
  LearnFromRow(view, found->first, found->second, feedback);
  if (feedback.kind() == v1::FEEDBACK_KIND_BLOCK_EMPLOYER &&
      feedback.employer().empty()) {
    return absl::FailedPreconditionError(
        "the offer is no job that names its employer");
  }
  if (feedback.kind() == v1::FEEDBACK_KIND_BLOCK_LANDLORD &&
      feedback.landlord().empty()) {
    return absl::FailedPreconditionError(
        "the offer is no home that names its landlord");
  }
  return feedback;
}

}  // namespace

Profile WithFeedback(Profile profile,
                     const std::vector<v1::Feedback>& feedback) {
  bool more[type::v1::OfferKind_ARRAYSIZE] = {};
  for (const v1::Feedback& one : feedback) {
    const type::v1::OfferKind kind = KindOfName(one.offer());
    switch (one.kind()) {
      case v1::FEEDBACK_KIND_MORE_LIKE_THIS:
        if (!std::exchange(more[kind], true)) RaiseWeights(kind, profile);
        WishFor(one, profile);
        break;
      case v1::FEEDBACK_KIND_SAVE:
        WishFor(one, profile);
        break;
      case v1::FEEDBACK_KIND_DISMISS:
        if (profile.dismissed_offers_size() < kMostDismissed) {
          profile.add_dismissed_offers(one.offer());
        }
        break;
      case v1::FEEDBACK_KIND_BLOCK_EMPLOYER:
        ExcludeEmployer(one.employer(), profile);
        break;
      case v1::FEEDBACK_KIND_BLOCK_LANDLORD:
        ExcludeLandlord(one.landlord(), profile);
        break;
      default:
        break;
    }
  }
  return profile;
}

absl::StatusOr<v1::Feedback> Learned(const Snapshot& snapshot,
                                     v1::Feedback feedback) {
  switch (KindOfName(feedback.offer())) {
    case type::v1::OFFER_KIND_JOB:
      return LearnedFrom(*snapshot.jobs, std::move(feedback));
    case type::v1::OFFER_KIND_HOME:
      return LearnedFrom(*snapshot.homes, std::move(feedback));
    case type::v1::OFFER_KIND_CONTACT:
      return LearnedFrom(*snapshot.contacts, std::move(feedback));
    default:
      return absl::NotFoundError("there is no such offer");
  }
}

}  // namespace heimweg::matching
