#include "services/matching/returnees.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "services/households/text.h"
#include "services/households/visibility.h"
#include "services/matching/answer.h"
#include "services/matching/feature.h"
#include "services/matching/two_sides.h"
#include "services/matching/wish.h"
#include "services/matching/wish_rules.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kStandardThreshold = 600'000;
constexpr int32_t kStandardReturnees = 20;
constexpr int32_t kMostReturnees = 1'000;
constexpr int kProfilesBetweenChecks = 256;

// A household for whom the offer passes.
struct Returnee {
  const profiles::v1::Profile* profile = nullptr;  // of the snapshot
  TwoScores scores;

  auto Order() const {
    return std::tuple(-scores.lower(), -scores.household,
                      absl::string_view(profile->name()));
  }
};

// Only what is shown is put into words.
void Write(std::vector<Returnee> returnees, const OfferSide& offer,
           const ReturneesQuestion& question,
           v1::RankReturneesResponse& response) {
  response.set_eligible_profiles(static_cast<int64_t>(returnees.size()));
  const auto shown =
      std::min(returnees.size(), static_cast<size_t>(question.limit));
  std::partial_sort(returnees.begin(),
                    returnees.begin() + static_cast<std::ptrdiff_t>(shown),
                    returnees.end(), [](const Returnee& a, const Returnee& b) {
                      return a.Order() < b.Order();
                    });
  for (size_t i = 0; i < shown; ++i) {
    const Returnee& returnee = returnees[i];
    auto sides = offer.Score(*returnee.profile, question.threshold);
    if (!sides) continue;  // it has both scores, so that there are some
    v1::RankedReturnee& added = *response.add_returnees();
    added.set_profile(returnee.profile->name());
    added.set_score_millionths(sides->score);
    added.set_offer_score_millionths(sides->offer_score);
    *added.mutable_match() = std::move(sides->match);
    added.mutable_match()->clear_card();
  }
}

}  // namespace

ReturneesQuestion ReturneesQuestionOf(const v1::RankReturneesRequest& request,
                                      absl::Time now,
                                      server::FieldChecks& checks) {
  ReturneesQuestion question;
  question.offer = request.offer();
  const bool named =
      KindOfName(request.offer()) != type::v1::OFFER_KIND_UNSPECIFIED;
  checks.Expect(named, "offer",
                "must be networks/{network}/jobs/{job}, …/homes/{home} or "
                "…/contacts/{contact}");
  question.network = request.network().empty()
                         ? std::string(NetworkOf(request.offer()))
                         : request.network();
  checks.Expect(!named || households::IsNetworkName(question.network),
                "network", "must be networks/{network}");
  question.threshold = request.has_threshold_millionths()
                           ? request.threshold_millionths()
                           : kStandardThreshold;
  checks.Range("threshold_millionths", question.threshold, 0, kOne);
  question.limit = request.limit() == 0 ? kStandardReturnees : request.limit();
  checks.Range("limit", request.limit(), 0, kMostReturnees);
  question.now = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
  if (!request.has_evaluation_time()) return question;
  CheckEvaluationTime(request.evaluation_time(), checks);
  question.now = absl::FromUnixSeconds(request.evaluation_time().seconds());
  return question;
}

absl::StatusOr<v1::RankReturneesResponse> RankReturnees(
    const Snapshot& snapshot, const ReturneesQuestion& question,
    const Cancelled& cancelled) {
  const auto offer = OfferSide::Of(snapshot, question.offer, question.now);
  if (offer == nullptr) return absl::NotFoundError("there is no such offer");
  std::vector<Returnee> returnees;
  int until_check = kProfilesBetweenChecks;
  const bool done = offer->VisitCandidates(
      question.threshold, /*told=*/false,
      [&](const StoredWish& wish, std::optional<TwoScores> scores) {
        const profiles::v1::Profile& profile = *wish.core;
        if (!households::MaySee(profile, question.network, question.now)) {
          return true;
        }
        if (!scores) scores = offer->Scores(profile, question.threshold);
        if (scores) returnees.push_back({&profile, *scores});
        if (--until_check > 0) return true;
        until_check = kProfilesBetweenChecks;
        return !cancelled || !cancelled();
      });
  if (!done) return absl::CancelledError("the caller has gone");
  v1::RankReturneesResponse response;
  Write(std::move(returnees), *offer, question, response);
  response.set_threshold_millionths(question.threshold);
  response.mutable_evaluation_time()->set_seconds(
      absl::ToUnixSeconds(question.now));
  AddRevisions(snapshot, *response.mutable_revisions());
  response.set_engine_version(kEngineVersion);
  return response;
}

}  // namespace heimweg::matching
