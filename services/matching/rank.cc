#include "services/matching/rank.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/matching/answer.h"
#include "services/matching/cards.h"
#include "services/matching/counts.h"
#include "services/matching/field_writer.h"
#include "services/matching/match_text.h"
#include "services/matching/search.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kStandardOffers = 20;
constexpr int32_t kMostMatches = 1'000;

// What is counted of all offers, and nothing else.
template <typename Query>
absl::StatusOr<v1::RankOffersResponse> Counted(const Query& query,
                                               const CountOptions& options,
                                               const Cancelled& cancelled) {
  v1::RankOffersResponse counted;
  Counts<Query> counts(query, options);
  if (!counts.AddAll(cancelled)) {
    return absl::CancelledError("the caller has gone");
  }
  counts.Write(counted);
  return counted;
}

// As SetProvenance does it.
void WriteProvenance(const Snapshot& snapshot, const Wish& wish,
                     FieldWriter& ranking) {
  using Fields = v1::RankOffersResponse;
  ranking.Message(Fields::kEvaluationTimeFieldNumber, [&] {
    ranking.Number(google::protobuf::Timestamp::kSecondsFieldNumber,
                   wish.evaluation_seconds);
  });
  VisitRevisions(snapshot, [&](absl::string_view store, uint64_t revision) {
    ranking.Message(Fields::kRevisionsFieldNumber, [&] {
      ranking.Text(v1::StoreRevision::kStoreFieldNumber, store);
      ranking.Number(v1::StoreRevision::kRevisionFieldNumber,
                     static_cast<int64_t>(revision));
    });
  });
  ranking.Message(Fields::kWeightsFieldNumber,
                  [&] { ranking.FieldsOf(wish.weights); });
  ranking.Text(Fields::kEngineVersionFieldNumber, kEngineVersion);
}

// What stands behind the matches.
template <typename Query>
absl::Status WriteRest(const Snapshot& snapshot, const Query& query,
                       const RankOptions& options, const Cancelled& cancelled,
                       size_t matches, FieldWriter& ranking) {
  using Fields = v1::RankOffersResponse;
  const CountOptions asked{options.facets, options.exclusions,
                           options.relaxations, options.eligible};
  v1::RankOffersResponse counted;
  counted.set_eligible_offers(static_cast<int64_t>(matches));
  counted.set_eligible_offers_exact(matches <
                                    static_cast<size_t>(options.limit));
  if (asked.any()) {
    auto counts = Counted(query, asked, cancelled);
    if (!counts.ok()) return counts.status();
    counted = *std::move(counts);
  }
  ranking.Number(Fields::kEligibleOffersFieldNumber, counted.eligible_offers());
  WriteProvenance(snapshot, query.wish(), ranking);
  counted.clear_eligible_offers();  // Facets and what follows are left.
  ranking.FieldsOf(counted);
  return absl::OkStatus();
}

// Cards lie anywhere in memory: those that come next are on their way to the
// cache, first where they are, then they.
template <typename View>
void PrefetchCards(const View& view, const std::vector<Ranked>& best,
                   size_t at) {
  constexpr size_t kAhead = 4;
  const auto cards = [&](size_t i) -> const Cards& {
    return view.segments[best[i].segment].segment->cards;
  };
  if (at + 2 * kAhead < best.size()) {
    cards(at + 2 * kAhead).PrefetchPlace(best[at + 2 * kAhead].row);
  }
  if (at + kAhead < best.size()) {
    cards(at + kAhead).Prefetch(best[at + kAhead].row);
  }
}

template <typename Query>
absl::Status WriteKind(const Snapshot& snapshot, const Query& query,
                       const RankOptions& options, const Cancelled& cancelled,
                       FieldWriter& ranking) {
  const auto best =
      Search(query, static_cast<size_t>(options.limit), cancelled);
  if (!best) return absl::CancelledError("the caller has gone");
  const auto weights = WeightsOf(query.wish(), Query::kFeatures);
  for (size_t i = 0; i < best->size(); ++i) {
    PrefetchCards(query.view(), *best, i);
    const Ranked& ranked = (*best)[i];
    ranking.Message(v1::RankOffersResponse::kMatchesFieldNumber, [&] {
      WriteMatch(query, weights, ranked, options.full_view, ranking);
    });
  }
  return WriteRest(snapshot, query, options, cancelled, best->size(), ranking);
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
