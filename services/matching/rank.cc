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

// What stands behind the matches.
template <typename Query>
absl::StatusOr<v1::RankOffersResponse> BehindMatches(const Snapshot& snapshot,
                                                     const Query& query,
                                                     const RankOptions& options,
                                                     const Cancelled& cancelled,
                                                     size_t matches) {
  v1::RankOffersResponse rest;
  rest.set_eligible_offers(static_cast<int64_t>(matches));
  rest.set_eligible_offers_exact(matches < static_cast<size_t>(options.limit));
  SetProvenance(snapshot, query.wish(), rest);
  const CountOptions counted{options.facets, options.exclusions,
                             options.relaxations, options.eligible};
  if (!counted.any()) return rest;
  Counts<Query> counts(query, counted);
  const bool done =
      VisitOffers(query.view(), cancelled,
                  [&](const typename Query::Row& at) { counts.Add(at); });
  if (!done) return absl::CancelledError("the caller has gone");
  counts.Write(rest);
  return rest;
}

template <typename Query>
absl::Status WriteKind(const Snapshot& snapshot, const Query& query,
                       const RankOptions& options, const Cancelled& cancelled,
                       FieldWriter& ranking) {
  const auto best =
      Search(query, static_cast<size_t>(options.limit), cancelled);
  if (!best) return absl::CancelledError("the caller has gone");
  const auto weights = WeightsOf(query.wish(), Query::kFeatures);
  for (const Ranked& ranked : *best) {
    ranking.Message(v1::RankOffersResponse::kMatchesFieldNumber, [&] {
      WriteMatch(query, weights, ranked, options.full_view, ranking);
    });
  }
  const absl::StatusOr<v1::RankOffersResponse> rest =
      BehindMatches(snapshot, query, options, cancelled, best->size());
  if (!rest.ok()) return rest.status();
  ranking.FieldsOf(*rest);
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

absl::Status WriteRanking(const Snapshot& snapshot, const Wish& wish,
                          const RankOptions& options,
                          const Cancelled& cancelled, FieldWriter& ranking) {
  switch (wish.kind) {
    case type::v1::OFFER_KIND_JOB:
      return WriteKind(snapshot, JobQuery(*snapshot.jobs, wish), options,
                       cancelled, ranking);
    case type::v1::OFFER_KIND_HOME:
      return WriteKind(snapshot, HomeQuery(*snapshot.homes, wish), options,
                       cancelled, ranking);
    case type::v1::OFFER_KIND_CONTACT:
      return WriteKind(snapshot, ContactQuery(*snapshot.contacts, wish),
                       options, cancelled, ranking);
    default:
      return absl::InvalidArgumentError("kind: expected a kind of offer");
  }
}

absl::StatusOr<v1::RankOffersResponse> Rank(const Snapshot& snapshot,
                                            const Wish& wish,
                                            const RankOptions& options,
                                            const Cancelled& cancelled) {
  FieldWriter ranking;
  const absl::Status status =
      WriteRanking(snapshot, wish, options, cancelled, ranking);
  if (!status.ok()) return status;
  v1::RankOffersResponse response;
  response.ParseFromString(ranking.Take());
  return response;
}

}  // namespace heimweg::matching
