#include "services/matching/returnees.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "services/households/visibility.h"
#include "services/matching/answer.h"
#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/match_text.h"
#include "services/matching/weights.h"
#include "services/matching/wish.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kStandardThreshold = 600'000;
constexpr int32_t kStandardReturnees = 20;
constexpr int32_t kMostReturnees = 1'000;
constexpr int64_t kLastEvaluationSecond = 4'133'980'799;  // of the year 2100
constexpr int kProfilesBetweenChecks = 256;

// What the other side looks at, with the standard weights: of a job who offers
// it, of a home who lets it, of a contact the people there.
bool CountsForTheOffer(v1::Feature feature) {
  switch (feature) {
    case v1::FEATURE_OCCUPATION:
    case v1::FEATURE_SKILLS:
    case v1::FEATURE_HOURS:
    case v1::FEATURE_DATES:
    case v1::FEATURE_PRICE:
    case v1::FEATURE_SPACE:
    case v1::FEATURE_PEOPLE:
      return true;
    default:
      return false;
  }
}

template <typename Query>
int32_t OfferScore(const typename Query::Values& values) {
  QueryWeights<Query> weights{};
  for (size_t i = 0; i < weights.size(); ++i) {
    const v1::Feature feature = Query::kFeatures[i];
    if (!CountsForTheOffer(feature)) continue;
    weights[i] = WeightRules()[static_cast<size_t>(feature) - 1].standard;
  }
  return Score(weights, values);
}

// A household for whom the offer passes.
struct Returnee {
  std::string profile;
  int32_t score = 0;
  int32_t offer_score = 0;
  v1::Match match;

  auto Order() const {
    return std::tuple(-score, -match.score_millionths(),
                      absl::string_view(profile));
  }
};

// Looks at every household for one offer.
template <typename Query>
class ReturneeSearch {
 public:
  using Columns = typename Query::Columns;

  ReturneeSearch(const ShelfView<Columns>& view, size_t segment, uint32_t row,
                 type::v1::OfferKind kind, const ReturneesQuestion& question)
      : view_(view),
        segment_(segment),
        row_(row),
        kind_(kind),
        question_(question) {}

  void Look(const profiles::v1::Profile& profile,
            const std::vector<Anchor>& anchors) {
    // Before the household is read at all.
    if (!IsAnywhere() && AreaConstraint(anchors, Point()) == Outcome::kFailed) {
      return;
    }
    if (!households::MaySee(profile, question_.network, question_.now)) return;
    Question question;
    question.kind = kind_;
    std::vector<type::v1::FieldViolation> violations;
    const absl::StatusOr<Wish> wish =
        CompileWish(question, profile, question_.now, violations);
    if (wish.ok()) Rank(profile.name(), *wish);
  }

  void Write(v1::RankReturneesResponse& response) {
    response.set_eligible_profiles(static_cast<int64_t>(returnees_.size()));
    const auto shown =
        std::min(returnees_.size(), static_cast<size_t>(question_.limit));
    std::partial_sort(returnees_.begin(),
                      returnees_.begin() + static_cast<std::ptrdiff_t>(shown),
                      returnees_.end(),
                      [](const Returnee& a, const Returnee& b) {
                        return a.Order() < b.Order();
                      });
    for (size_t i = 0; i < shown; ++i) {
      Returnee& returnee = returnees_[i];
      v1::RankedReturnee& added = *response.add_returnees();
      added.set_profile(std::move(returnee.profile));
      added.set_score_millionths(returnee.score);
      added.set_offer_score_millionths(returnee.offer_score);
      *added.mutable_match() = std::move(returnee.match);
    }
  }

 private:
  places::GeoPoint Point() const {
    return view_.segments[segment_].segment->columns.common.point[row_];
  }

  // Whether an adult may pass wherever the anchors are.
  bool IsAnywhere() const {
    if constexpr (std::is_same_v<Columns, JobColumns>) {
      return view_.segments[segment_].segment->columns.remote_percent[row_] ==
             100;
    }
    return false;
  }

  void Rank(const std::string& profile, const Wish& wish) {
    const Query query(view_, wish);
    const auto weights = WeightsOf(wish, Query::kFeatures);
    const auto at = RowOf(view_, segment_, row_);
    const std::optional<Ranked> ranked = BestSeeker(query, weights, at);
    if (!ranked || ranked->score < question_.threshold) return;
    const int32_t offer_score =
        OfferScore<Query>(query.Features(at, ranked->seeker));
    if (offer_score < question_.threshold) return;
    Returnee& returnee = returnees_.emplace_back();
    returnee.profile = profile;
    returnee.score = std::min(ranked->score, offer_score);
    returnee.offer_score = offer_score;
    returnee.match = MatchOf(query, weights, *ranked, false);
    returnee.match.clear_card();
  }

  const ShelfView<Columns>& view_;
  const size_t segment_;
  const uint32_t row_;
  const type::v1::OfferKind kind_;
  const ReturneesQuestion& question_;
  std::vector<Returnee> returnees_;
};

template <typename Query>
absl::StatusOr<v1::RankReturneesResponse> RankFor(
    const ShelfView<typename Query::Columns>& view, type::v1::OfferKind kind,
    const Snapshot& snapshot, const ReturneesQuestion& question,
    const Cancelled& cancelled) {
  const auto found = view.Find(question.offer);
  if (!found) return absl::NotFoundError("there is no such offer");
  ReturneeSearch<Query> search(view, found->first, found->second, kind,
                               question);
  int until_check = kProfilesBetweenChecks;
  bool gone = false;
  snapshot.profiles->VisitAnchored([&](const profiles::v1::Profile& profile,
                                       const std::vector<Anchor>& anchors) {
    if (--until_check == 0) {
      until_check = kProfilesBetweenChecks;
      gone = gone || (cancelled && cancelled());
    }
    if (!gone) search.Look(profile, anchors);
  });
  if (gone) return absl::CancelledError("the caller has gone");
  v1::RankReturneesResponse response;
  search.Write(response);
  response.set_threshold_millionths(question.threshold);
  response.mutable_evaluation_time()->set_seconds(
      absl::ToUnixSeconds(question.now));
  AddRevisions(snapshot, *response.mutable_revisions());
  response.set_engine_version(kEngineVersion);
  return response;
}

void Expect(bool holds, const char* field, const char* expected,
            std::vector<type::v1::FieldViolation>& violations) {
  if (holds) return;
  type::v1::FieldViolation& violation = violations.emplace_back();
  violation.set_field(field);
  violation.set_description(expected);
}

}  // namespace

ReturneesQuestion ReturneesQuestionOf(
    const v1::RankReturneesRequest& request, absl::Time now,
    std::vector<type::v1::FieldViolation>& violations) {
  ReturneesQuestion question;
  question.offer = request.offer();
  const bool named =
      KindOfName(request.offer()) != type::v1::OFFER_KIND_UNSPECIFIED;
  Expect(named, "offer",
         "must be networks/{network}/jobs/{job}, …/homes/{home} or "
         "…/contacts/{contact}",
         violations);
  question.network = request.network().empty()
                         ? std::string(NetworkOf(request.offer()))
                         : request.network();
  Expect(!named || (question.network.rfind("networks/", 0) == 0 &&
                    NetworkOf(question.network) == question.network &&
                    question.network.size() > sizeof("networks/") - 1 &&
                    question.network != "networks/-"),
         "network", "must be networks/{network}", violations);
  question.threshold = request.has_threshold_millionths()
                           ? request.threshold_millionths()
                           : kStandardThreshold;
  Expect(question.threshold >= 0 && question.threshold <= kOne,
         "threshold_millionths", "0 to 1,000,000", violations);
  question.limit = request.limit() == 0 ? kStandardReturnees : request.limit();
  Expect(question.limit > 0 && question.limit <= kMostReturnees, "limit",
         "0 to 1,000", violations);
  question.now = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
  if (!request.has_evaluation_time()) return question;
  const int64_t seconds = request.evaluation_time().seconds();
  Expect(seconds >= 0 && seconds <= kLastEvaluationSecond &&
             request.evaluation_time().nanos() == 0,
         "evaluation_time", "whole seconds, in the years 1970 to 2100",
         violations);
  question.now = absl::FromUnixSeconds(seconds);
  return question;
}

absl::StatusOr<v1::RankReturneesResponse> RankReturnees(
    const Snapshot& snapshot, const ReturneesQuestion& question,
    const Cancelled& cancelled) {
  const type::v1::OfferKind kind = KindOfName(question.offer);
  switch (kind) {
    case type::v1::OFFER_KIND_HOME:
      return RankFor<HomeQuery>(*snapshot.homes, kind, snapshot, question,
                                cancelled);
    case type::v1::OFFER_KIND_CONTACT:
      return RankFor<ContactQuery>(*snapshot.contacts, kind, snapshot, question,
                                   cancelled);
    default:
      return RankFor<JobQuery>(*snapshot.jobs, kind, snapshot, question,
                               cancelled);
  }
}

}  // namespace heimweg::matching
