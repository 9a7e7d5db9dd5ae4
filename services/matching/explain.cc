// Explain: see rank.h.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/matching/answer.h"
#include "services/matching/explain_text.h"
#include "services/matching/match_text.h"
#include "services/matching/rank.h"
#include "services/matching/required_limits.h"

namespace heimweg::matching {
namespace {

// The one whom Rank would name; if the offer passes for nobody, the one with
// the best score, the first of several.
template <typename Query>
Ranked SeekerToExplain(const Query& query, const QueryWeights<Query>& weights,
                       const typename Query::Row& at) {
  if (const auto best = BestSeeker(query, weights, at)) return *best;
  Ranked best{-1, 0, at.segment, at.row};
  for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
    const int32_t score = Score(weights, query.Features(at, seeker));
    if (score > best.score) best = {score, seeker, at.segment, at.row};
  }
  return best;
}

v1::ConstraintResult::Outcome OutcomeText(Outcome outcome) {
  switch (outcome) {
    case Outcome::kMet:
      return v1::ConstraintResult::OUTCOME_MET;
    case Outcome::kFailed:
      return v1::ConstraintResult::OUTCOME_FAILED;
    case Outcome::kOpen:
      break;
  }
  return v1::ConstraintResult::OUTCOME_OPEN;
}

template <typename Query>
void AddConstraints(const Query& query, const typename Query::Row& at,
                    size_t seeker, v1::ExplainMatchResponse& response) {
  std::vector<std::pair<v1::Constraint, Outcome>> results;
  const auto collect = [&](v1::Constraint constraint, Outcome outcome) {
    results.emplace_back(constraint, outcome);
    return true;
  };
  query.VisitHousehold(at, collect);
  query.VisitSeeker(at, seeker, collect);
  std::sort(results.begin(), results.end());
  response.set_eligible(true);
  for (const auto& [constraint, outcome] : results) {
    AskedAndFound words = Words(query, at, seeker, constraint);
    v1::ConstraintResult& result = *response.add_constraints();
    result.set_constraint(constraint);
    result.set_outcome(OutcomeText(outcome));
    result.set_asked(std::move(words.asked));
    result.set_found(std::move(words.found));
    if (outcome != Outcome::kFailed) continue;
    response.set_eligible(false);
    for (v1::Relaxation& limit :
         RequiredLimits(query, at, seeker, constraint)) {
      *response.add_required_relaxations() = std::move(limit);
    }
  }
}

template <typename Query>
absl::StatusOr<v1::ExplainMatchResponse> ExplainKind(const Snapshot& snapshot,
                                                     const Query& query,
                                                     absl::string_view offer) {
  const auto place = query.view().Find(offer);
  if (!place) return absl::NotFoundError("no such offer is indexed");
  const auto at = RowOf(query.view(), place->first, place->second);
  const auto weights = WeightsOf(query.wish(), Query::kFeatures);
  const Ranked ranked = SeekerToExplain(query, weights, at);
  v1::ExplainMatchResponse response;
  SetMatch(query, weights, ranked, true, *response.mutable_match());
  AddConstraints(query, at, ranked.seeker, response);
  SetProvenance(snapshot, query.wish(), response);
  return response;
}

}  // namespace

absl::StatusOr<v1::ExplainMatchResponse> Explain(const Snapshot& snapshot,
                                                 const Wish& wish,
                                                 absl::string_view offer) {
  switch (wish.kind) {
    case type::v1::OFFER_KIND_JOB:
      return ExplainKind(snapshot, JobQuery(*snapshot.jobs, wish), offer);
    case type::v1::OFFER_KIND_HOME:
      return ExplainKind(snapshot, HomeQuery(*snapshot.homes, wish), offer);
    case type::v1::OFFER_KIND_CONTACT:
      return ExplainKind(snapshot, ContactQuery(*snapshot.contacts, wish),
                         offer);
    default:
      return absl::InvalidArgumentError("kind: expected a kind of offer");
  }
}

}  // namespace heimweg::matching
