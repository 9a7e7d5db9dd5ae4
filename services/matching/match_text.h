// A ranked offer as the contract's Match.
#ifndef HEIMWEG_SERVICES_MATCHING_MATCH_TEXT_H_
#define HEIMWEG_SERVICES_MATCHING_MATCH_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/card_text.h"
#include "services/matching/field_writer.h"
#include "services/matching/nearest.h"
#include "services/matching/reasons.h"
#include "services/matching/scan.h"

namespace heimweg::matching {

template <typename Query>
void WriteFeatures(const QueryWeights<Query>& weights,
                   const typename Query::Values& values, FieldWriter& match) {
  using Fields = v1::FeatureScore;
  int64_t of = 0;
  for (const int32_t weight : weights) of += weight;
  for (size_t i = 0; i < values.size(); ++i) {
    const int64_t value = values[i].OrNeutral();
    match.Message(v1::Match::kFeaturesFieldNumber, [&] {
      match.Number(Fields::kFeatureFieldNumber, Query::kFeatures[i]);
      match.Number(Fields::kKnownFieldNumber, values[i].known() ? 1 : 0);
      match.Number(Fields::kValueMillionthsFieldNumber, value);
      match.Number(Fields::kWeightFieldNumber, weights[i]);
      if (of == 0) return;
      match.Number(Fields::kContributionMillionthsFieldNumber,
                   weights[i] * value / of);
    });
  }
}

inline void WriteNearest(const NearestAnchor& nearest, FieldWriter& match) {
  match.Text(v1::Match::kAnchorFieldNumber, nearest.anchor->id);
  match.WriteNumber(v1::Match::kDistanceMetersFieldNumber, nearest.distance_m);
  if (nearest.anchor->limit == Anchor::Limit::kMinutes) {
    match.WriteNumber(v1::Match::kCommuteMinutesFieldNumber, nearest.minutes);
  }
}

// Writes the fields of the v1::Match.
template <typename Query>
void WriteMatch(const Query& query, const QueryWeights<Query>& weights,
                const Ranked& ranked, bool full_view, FieldWriter& match) {
  const auto& segment = *query.view().segments[ranked.segment].segment;
  const auto at = RowOf(query.view(), ranked.segment, ranked.row);
  const typename Query::Values values = query.Features(at, ranked.seeker);
  const std::optional<NearestAnchor> nearest =
      Nearest(query.wish().anchors, at.columns.common.point[ranked.row]);
  match.Text(v1::Match::kOfferFieldNumber, segment.cards.NameAt(ranked.row));
  match.Number(v1::Match::kScoreMillionthsFieldNumber, ranked.score);
  if (!query.wish().seekers.empty()) {
    match.Text(v1::Match::kAdultFieldNumber,
               query.wish().seekers[ranked.seeker].id);
  }
  if (nearest) WriteNearest(*nearest, match);
  WriteReasons(query, at, ranked.seeker, values, nearest, match);
  match.Message(v1::Match::kCardFieldNumber,
                [&] { WriteCard(segment, ranked.row, match); });
  if (full_view) WriteFeatures<Query>(weights, values, match);
}

// The same as a message.
template <typename Query>
void SetMatch(const Query& query, const QueryWeights<Query>& weights,
              const Ranked& ranked, bool full_view, v1::Match& match) {
  FieldWriter fields;
  WriteMatch(query, weights, ranked, full_view, fields);
  match.ParseFromArray(fields.bytes().data(),
                       static_cast<int>(fields.bytes().size()));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_MATCH_TEXT_H_
