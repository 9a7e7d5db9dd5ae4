#include "services/matching/contact_query.h"

#include <algorithm>

#include "services/matching/features/people.h"

namespace heimweg::matching {
namespace {

using NamedTerm = ContactQuery::NamedTerm;

std::vector<NamedTerm> Named(const std::vector<std::string>& texts,
                             const TermTable& terms) {
  std::vector<NamedTerm> named;
  for (size_t i = 0; i < texts.size(); ++i) {
    const uint32_t term = terms.Find(FoldCase(texts[i]));
    const bool twice =
        std::any_of(named.begin(), named.end(),
                    [&](NamedTerm other) { return other.term == term; });
    if (term != 0 && !twice) named.push_back({term, i});
  }
  return named;
}

// `offered` is sorted.
int64_t Shared(const std::vector<NamedTerm>& named,
               absl::Span<const uint32_t> offered) {
  return std::count_if(named.begin(), named.end(), [&](NamedTerm own) {
    return std::binary_search(offered.begin(), offered.end(), own.term);
  });
}

}  // namespace

ContactQuery::ContactQuery(const ShelfView<ContactColumns>& view,
                           const Wish& wish)
    : view_(view),
      shared_(view, wish),
      interests_(Named(wish.contact.interests, view.terms->topics)),
      hooks_(Named(wish.contact.hooks, view.terms->hooks)) {}

bool ContactQuery::PassesRelaxed(const RelaxedLimit& limit, const Row& at,
                                 size_t /*seeker*/) const {
  return limit.text.constraint() == v1::CONSTRAINT_AREA &&
         AreaConstraint(wish().anchors, at.columns.common.point[at.row],
                        limit.area) != Outcome::kFailed;
}

FeatureValue ContactQuery::People(const Row& at) const {
  const absl::Span<const uint32_t> topics = at.columns.Topics(at.row);
  const absl::Span<const uint32_t> hooks = at.columns.Hooks(at.row);
  const ContactWish& asked = wish().contact;
  const bool both_name_terms =
      (!asked.interests.empty() || !asked.hooks.empty()) &&
      (!topics.empty() || !hooks.empty());
  return PeopleFeature(both_name_terms, Shared(interests_, topics),
                       Shared(hooks_, hooks));
}

FeatureValue ContactQuery::Feature(size_t index, const Row& at,
                                   size_t /*seeker*/) const {
  switch (kFeatures[index]) {
    case v1::FEATURE_DISTANCE:
      return shared_.Distance(at.columns.common, at.row);
    case v1::FEATURE_DATES:
      return EventDateFeature(Event(at), wish().evaluation_seconds);
    case v1::FEATURE_PEOPLE:
      return People(at);
    default:
      return shared_.Freshness(at.columns.common, at.row);
  }
}

ContactQuery::Values ContactQuery::Features(const Row& at,
                                            size_t seeker) const {
  Values values;
  for (size_t i = 0; i < values.size(); ++i) values[i] = Feature(i, at, seeker);
  return values;
}

}  // namespace heimweg::matching
