#include "services/matching/rank.h"

#include "absl/status/status.h"
#include "services/matching/answer.h"
#include "services/matching/counts.h"
#include "services/matching/match_text.h"
#include "services/matching/search.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kStandardOffers = 20;
constexpr int32_t kMostMatches = 1'000;

template <typename Query>
absl::Status RankKind(const Snapshot& snapshot, const Query& query,
                      const RankOptions& options, const Cancelled& cancelled,
                      v1::RankOffersResponse& response) {
  const auto limit = static_cast<size_t>(options.limit);
  const auto best = Search(query, limit, cancelled);
  if (!best) return absl::CancelledError("the caller has gone");
  const auto weights = WeightsOf(query.wish(), Query::kFeatures);
  for (const Ranked& ranked : *best) {
    SetMatch(query, weights, ranked, options.full_view,
             *response.add_matches());
  }
  response.set_eligible_offers(static_cast<int64_t>(best->size()));
  response.set_eligible_offers_exact(best->size() < limit);
  SetProvenance(snapshot, query.wish(), response);
  const CountOptions counted{options.facets, options.exclusions,
                             options.relaxations, options.eligible};
  if (!counted.any()) return absl::OkStatus();
  Counts<Query> counts(query, counted);
  const bool done =
      VisitOffers(query.view(), cancelled,
                  [&](const typename Query::Row& at) { counts.Add(at); });
  if (!done) return absl::CancelledError("the caller has gone");
  counts.Write(response);
  return absl::OkStatus();
}

}  // namespace

RankOptions RankOptionsOf(const v1::RankOffersRequest& request,
                          server::FieldChecks& checks) {
  RankOptions options;
  options.limit = request.limit() == 0 ? kStandardOffers : request.limit();
  options.full_view = request.view() == v1::MATCH_VIEW_FULL;
  options.facets = request.include_facets();
  options.exclusions = request.include_exclusions();
  options.relaxations = request.include_relaxations();
  options.eligible = request.include_eligible();
  checks.Range("limit", request.limit(), 0, kMostMatches);
  return options;
}

absl::Status RankInto(const Snapshot& snapshot, const Wish& wish,
                      const RankOptions& options, const Cancelled& cancelled,
                      v1::RankOffersResponse& response) {
  switch (wish.kind) {
    case type::v1::OFFER_KIND_JOB:
      return RankKind(snapshot, JobQuery(*snapshot.jobs, wish), options,
                      cancelled, response);
    case type::v1::OFFER_KIND_HOME:
      return RankKind(snapshot, HomeQuery(*snapshot.homes, wish), options,
                      cancelled, response);
    case type::v1::OFFER_KIND_CONTACT:
      return RankKind(snapshot, ContactQuery(*snapshot.contacts, wish), options,
                      cancelled, response);
    default:
      return absl::InvalidArgumentError("kind: expected a kind of offer");
  }
}

absl::StatusOr<v1::RankOffersResponse> Rank(const Snapshot& snapshot,
                                            const Wish& wish,
                                            const RankOptions& options,
                                            const Cancelled& cancelled) {
  v1::RankOffersResponse response;
  const absl::Status status =
      RankInto(snapshot, wish, options, cancelled, response);
  if (!status.ok()) return status;
  return response;
}

}  // namespace heimweg::matching
