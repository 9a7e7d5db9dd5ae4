#include "services/matching/testing/brute_force_oracle.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "services/matching/testing/oracle_constraints.h"
#include "services/matching/testing/oracle_facts.h"
#include "services/matching/testing/oracle_features.h"
#include "services/matching/testing/oracle_relaxations.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;
using profiles::v1::Profile;

// Adults for whom offers are scored; homes and contacts: one who says nothing.
std::vector<Adult> AdultsFor(const v1::RankOffersRequest& request) {
  if (request.kind() != type::v1::OFFER_KIND_JOB) return {Adult()};
  std::vector<Adult> adults;
  for (const Adult& adult : request.inline_profile().adults()) {
    if (adult.seeks_job() &&
        (request.adult().empty() || request.adult() == adult.id())) {
      adults.push_back(adult);
    }
  }
  return adults;
}

bool AllPass(const Outcomes& outcomes, v1::Constraint except) {
  return std::all_of(outcomes.begin(), outcomes.end(), [&](const auto& entry) {
    return entry.first == except ||
           entry.second != v1::ConstraintResult::OUTCOME_FAILED;
  });
}

bool AllPass(const Outcomes& outcomes) {
  return AllPass(outcomes, v1::CONSTRAINT_UNSPECIFIED);
}

type::v1::Weights ResolvedWeights(const v1::RankOffersRequest& request) {
  type::v1::Weights weights;
  weights.set_occupation(6);
  weights.set_skills(6);
  weights.set_hours(3);
  weights.set_salary(3);
  weights.set_distance(5);
  weights.set_dates(3);
  weights.set_price(5);
  weights.set_space(4);
  weights.set_equipment(2);
  weights.set_people(6);
  weights.set_freshness(2);
  // Merging takes what is set, also if it is 0.
  weights.MergeFrom(request.inline_profile().weights());
  weights.MergeFrom(request.weights());
  return weights;
}

int64_t WeightOfFeature(const type::v1::Weights& w, v1::Feature feature) {
  switch (feature) {
    case v1::FEATURE_OCCUPATION:
      return w.occupation();
    case v1::FEATURE_SKILLS:
      return w.skills();
    case v1::FEATURE_HOURS:
      return w.hours();
    case v1::FEATURE_SALARY:
      return w.salary();
    case v1::FEATURE_DISTANCE:
      return w.distance();
    case v1::FEATURE_DATES:
      return w.dates();
    case v1::FEATURE_PRICE:
      return w.price();
    case v1::FEATURE_SPACE:
      return w.space();
    case v1::FEATURE_EQUIPMENT:
      return w.equipment();
    case v1::FEATURE_PEOPLE:
      return w.people();
    case v1::FEATURE_FRESHNESS:
      return w.freshness();
    default:
      return 0;
  }
}

void SetScores(const FeatureValues& values, const type::v1::Weights& weights,
               v1::Match& match) {
  int64_t total = 0;
  int64_t of = 0;
  for (const auto& [feature, value] : values) {
    const int64_t weight = WeightOfFeature(weights, feature);
    total += weight * value.value_or(400'000);
    of += weight;
  }
  match.set_score_millionths(static_cast<int>(of == 0 ? 0 : total / of));
  for (const auto& [feature, value] : values) {
    const int64_t weight = WeightOfFeature(weights, feature);
    v1::FeatureScore& score = *match.add_features();
    score.set_feature(feature);
    score.set_known(value.has_value());
    score.set_value_millionths(static_cast<int>(value.value_or(400'000)));
    score.set_weight(static_cast<int>(weight));
    score.set_contribution_millionths(
        static_cast<int>(of == 0 ? 0 : weight * value.value_or(400'000) / of));
  }
}

void SetNearestAnchor(const Profile& profile, const type::v1::Place& place,
                      v1::Match& match) {
  const auto point = PointOfPlace(place);
  if (!point) return;
  std::optional<std::pair<int64_t, int64_t>> least;
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    const int64_t meters = Meters(*PointOfPlace(anchor.place()), *point);
    const int64_t minutes = Minutes(
        meters, anchor.has_commute_minutes() ? anchor.commute_mode()
                                             : profiles::v1::COMMUTE_MODE_CAR);
    if (least && *least <= std::pair(minutes, meters)) continue;
    least = {minutes, meters};
    match.set_anchor(anchor.id());
    match.set_distance_meters(static_cast<int>(meters));
    match.clear_commute_minutes();
    if (anchor.has_commute_minutes()) {
      match.set_commute_minutes(static_cast<int>(minutes));
    }
  }
}

// Ranks one kind of offers.
template <typename Offer>
class KindRanking {
 public:
  KindRanking(const std::map<std::string, Offer>& offers,
              const EscoKnowledge& esco, const v1::RankOffersRequest& request)
      : offers_(offers),
        request_(request),
        adults_(AdultsFor(request)),
        weights_(ResolvedWeights(request)) {
    if constexpr (std::is_same_v<Offer, jobs::v1::Job>) {
      frequencies_ = FrequenciesOf(offers, esco);
    }
  }

  v1::RankOffersResponse Rank() {
    v1::RankOffersResponse response;
    std::vector<v1::Match> matches;
    for (const auto& [name, offer] : offers_) {
      if (const auto match = BestMatch(offer)) matches.push_back(*match);
    }
    std::sort(matches.begin(), matches.end(), [](const auto& a, const auto& b) {
      return std::pair(-a.score_millionths(), a.offer()) <
             std::pair(-b.score_millionths(), b.offer());
    });
    if (request_.include_facets()) AddFacets(matches, response);
    if (request_.include_exclusions()) AddExclusions(response);
    if (request_.include_relaxations()) AddRelaxations(response);
    const size_t limit =
        request_.limit() == 0 ? 20 : static_cast<size_t>(request_.limit());
    const bool counted =
        request_.include_eligible() || request_.include_facets() ||
        request_.include_exclusions() || request_.include_relaxations();
    response.set_eligible_offers_exact(counted || matches.size() < limit);
    response.set_eligible_offers(static_cast<int64_t>(
        counted ? matches.size() : std::min(matches.size(), limit)));
    if (matches.size() > limit) matches.resize(limit);
    for (v1::Match& match : matches) *response.add_matches() = match;
    *response.mutable_evaluation_time() = request_.evaluation_time();
    *response.mutable_weights() = weights_;
    response.set_engine_version("1");
    return response;
  }

 private:
  Outcomes OutcomesOf(const Offer& offer, const Adult& adult) const {
    return ConstraintsOf(offer, request_, request_.inline_profile(), adult);
  }

  std::optional<v1::Match> BestMatch(const Offer& offer) const {
    std::optional<v1::Match> best;
    for (const Adult& adult : adults_) {
      if (!AllPass(OutcomesOf(offer, adult))) continue;
      v1::Match match;
      match.set_offer(offer.name());
      match.set_adult(adult.id());
      SetNearestAnchor(request_.inline_profile(), offer.place(), match);
      SetScores(FeaturesOf(offer, request_, adult, frequencies_), weights_,
                match);
      if (!best || match.score_millionths() > best->score_millionths()) {
        best = match;
      }
    }
    return best;
  }

  bool IsEligible(const Offer& offer) const {
    return std::any_of(adults_.begin(), adults_.end(), [&](const Adult& adult) {
      return AllPass(OutcomesOf(offer, adult));
    });
  }

  void AddFacets(const std::vector<v1::Match>& matches,
                 v1::RankOffersResponse& response) const {
    std::map<std::string, std::map<std::string, int64_t>> facets;
    for (const v1::Match& match : matches) {
      const Offer& offer = offers_.at(match.offer());
      const std::string type = TypeOf(offer);
      if (!type.empty()) ++facets["type"][type];
      const std::string ags = AgsOfPlace(offer.place());
      if (ags.size() >= 5) ++facets["district"][ags.substr(0, 5)];
      for (const std::string& group : MainGroupsOf(offer)) {
        ++facets["kldb"][group];
      }
    }
    for (const char* key : {"type", "district", "kldb"}) {
      if (key[0] == 'k' && request_.kind() != type::v1::OFFER_KIND_JOB) {
        continue;
      }
      v1::Facet& facet = *response.add_facets();
      facet.set_key(key);
      std::vector<std::pair<int64_t, std::string>> values;
      for (const auto& [value, count] : facets[key]) {
        values.emplace_back(-count, value);
      }
      std::sort(values.begin(), values.end());
      for (const auto& [count, value] : values) {
        facet.add_values()->set_value(value);
        facet.mutable_values(facet.values_size() - 1)->set_offers(-count);
      }
    }
  }

  void AddExclusions(v1::RankOffersResponse& response) const {
    for (int i = 1; i < v1::Constraint_ARRAYSIZE; ++i) {
      const auto constraint = static_cast<v1::Constraint>(i);
      int64_t count = 0;
      for (const auto& [name, offer] : offers_) {
        if (IsEligible(offer)) continue;
        for (const Adult& adult : adults_) {
          if (!AllPass(OutcomesOf(offer, adult), constraint)) continue;
          ++count;
          break;
        }
      }
      if (count == 0) continue;
      v1::ExclusionCount& exclusion = *response.add_exclusions();
      exclusion.set_constraint(constraint);
      exclusion.set_offers(count);
    }
  }

  // A wish that gives way is a changed profile, of which the outcome of the one
  // constraint is taken.
  void AddRelaxations(v1::RankOffersResponse& response) const {
    std::vector<const Offer*> excluded;
    for (const auto& [name, offer] : offers_) {
      if (!IsEligible(offer)) excluded.push_back(&offer);
    }
    for (const RelaxedProfile& relaxed : RelaxedProfiles(request_)) {
      int64_t more = 0;
      for (const Offer* offer : excluded) {
        if (PassesRelaxed(*offer, relaxed)) ++more;
      }
      if (more == 0) continue;
      v1::Relaxation& relaxation = *response.add_relaxations();
      relaxation = relaxed.text;
      relaxation.set_additional_offers(more);
    }
  }

  bool PassesRelaxed(const Offer& offer, const RelaxedProfile& relaxed) const {
    const v1::Constraint constraint = relaxed.text.constraint();
    for (const Adult& adult : adults_) {
      if (!relaxed.adult.empty() && relaxed.adult != adult.id()) continue;
      if (!AllPass(OutcomesOf(offer, adult), constraint)) continue;
      Adult changed = adult;
      for (const Adult& other : relaxed.profile.adults()) {
        if (other.id() == adult.id()) changed = other;
      }
      const Outcomes outcomes =
          ConstraintsOf(offer, request_, relaxed.profile, changed);
      if (outcomes.at(constraint) != v1::ConstraintResult::OUTCOME_FAILED) {
        return true;
      }
    }
    return false;
  }

  const std::map<std::string, Offer>& offers_;
  const v1::RankOffersRequest& request_;
  const std::vector<Adult> adults_;
  const type::v1::Weights weights_;
  SkillFrequencies frequencies_;
};

template <typename Offer>
std::vector<v1::ConstraintResult> Results(const Offer& offer,
                                          const v1::RankOffersRequest& request,
                                          const std::string& adult_id) {
  Adult adult;
  for (const Adult& other : request.inline_profile().adults()) {
    if (other.id() == adult_id) adult = other;
  }
  std::vector<v1::ConstraintResult> results;
  for (const auto& [constraint, outcome] :
       ConstraintsOf(offer, request, request.inline_profile(), adult)) {
    results.emplace_back();
    results.back().set_constraint(constraint);
    results.back().set_outcome(outcome);
  }
  return results;
}

}  // namespace

v1::RankOffersResponse BruteForceRank(const World& world,
                                      const v1::RankOffersRequest& request) {
  switch (request.kind()) {
    case type::v1::OFFER_KIND_JOB:
      return KindRanking(world.jobs, world.esco, request).Rank();
    case type::v1::OFFER_KIND_HOME:
      return KindRanking(world.homes, world.esco, request).Rank();
    default:
      return KindRanking(world.contacts, world.esco, request).Rank();
  }
}

std::vector<v1::ConstraintResult> BruteForceConstraints(
    const World& world, const v1::RankOffersRequest& request,
    const std::string& offer, const std::string& adult) {
  switch (request.kind()) {
    case type::v1::OFFER_KIND_JOB:
      return Results(world.jobs.at(offer), request, adult);
    case type::v1::OFFER_KIND_HOME:
      return Results(world.homes.at(offer), request, adult);
    default:
      return Results(world.contacts.at(offer), request, adult);
  }
}

}  // namespace heimweg::matching::testing
