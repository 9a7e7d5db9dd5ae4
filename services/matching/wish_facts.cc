#include "services/matching/wish_facts.h"

#include <algorithm>
#include <string>

#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/shared_query.h"
#include "services/matching/terms.h"

namespace heimweg::matching {
namespace {

absl::StatusOr<Wish> WishForKind(type::v1::OfferKind kind,
                                 const profiles::v1::Profile& profile) {
  Question question;
  question.kind = kind;
  return CompileWish(question, profile, absl::UnixEpoch());
}

std::vector<NamedHash> FoldedHashes(const std::vector<std::string>& texts) {
  std::vector<NamedHash> hashes;
  hashes.reserve(texts.size());
  for (const std::string& text : texts) {
    hashes.push_back(
        {TextHash(FoldCase(text)), static_cast<uint32_t>(hashes.size())});
  }
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

}  // namespace

HomeFacts HomeFactsOf(const profiles::v1::Profile& profile) {
  static_assert(HomeFacts::kFeatures == HomeQuery::kFeatures.size());
  HomeFacts facts;
  const auto wish = WishForKind(type::v1::OFFER_KIND_HOME, profile);
  if (!wish.ok()) return facts;
  facts.can_be_ranked = true;
  facts.weights = WeightsOf(*wish, HomeQuery::kFeatures);
  facts.latest_day = wish->latest_day;
  facts.wish = wish->home;
  for (const std::string& landlord : wish->home.excluded_landlords) {
    facts.excluded_landlords.push_back(TextHash(landlord));
  }
  facts.wish.excluded_landlords.clear();
  return facts;
}

ContactFacts ContactFactsOf(const profiles::v1::Profile& profile) {
  static_assert(ContactFacts::kFeatures == ContactQuery::kFeatures.size());
  ContactFacts facts;
  const auto wish = WishForKind(type::v1::OFFER_KIND_CONTACT, profile);
  if (!wish.ok()) return facts;
  const ContactWish& asked = wish->contact;
  facts.can_be_ranked = true;
  facts.step_free = asked.step_free;
  facts.names_terms = !asked.interests.empty() || !asked.hooks.empty();
  facts.types = asked.types;
  facts.weights = WeightsOf(*wish, ContactQuery::kFeatures);
  facts.interests = FoldedHashes(asked.interests);
  facts.hooks = FoldedHashes(asked.hooks);
  facts.childcare_birth_years = asked.childcare_birth_years;
  facts.school_birth_years = asked.school_birth_years;
  return facts;
}

}  // namespace heimweg::matching
