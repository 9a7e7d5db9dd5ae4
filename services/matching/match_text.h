// A ranked offer as the contract's Match.
#ifndef HEIMWEG_SERVICES_MATCHING_MATCH_TEXT_H_
#define HEIMWEG_SERVICES_MATCHING_MATCH_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/card_text.h"
#include "services/matching/nearest.h"
#include "services/matching/reasons.h"
#include "services/matching/scan.h"

namespace heimweg::matching {

inline void SetNearest(const std::vector<Anchor>& anchors,
                       places::GeoPoint point, v1::Match& match) {
  const std::optional<NearestAnchor> nearest = Nearest(anchors, point);
  if (!nearest) return;
  match.set_anchor(nearest->anchor->id);
  match.set_distance_meters(nearest->distance_m);
  if (nearest->anchor->limit == Anchor::Limit::kMinutes) {
    match.set_commute_minutes(nearest->minutes);
  }
}

template <typename Query>
void AddFeatures(const QueryWeights<Query>& weights,
                 const typename Query::Values& values, v1::Match& match) {
  int64_t of = 0;
  for (const int32_t weight : weights) of += weight;
  for (size_t i = 0; i < values.size(); ++i) {
    v1::FeatureScore& feature = *match.add_features();
    feature.set_feature(Query::kFeatures[i]);
    feature.set_known(values[i].known());
    feature.set_value_millionths(values[i].OrNeutral());
    feature.set_weight(weights[i]);
    if (of == 0) continue;
    feature.set_contribution_millionths(
        static_cast<int32_t>(int64_t{weights[i]} * values[i].OrNeutral() / of));
  }
}

// Of an empty match.
template <typename Query>
void SetMatch(const Query& query, const QueryWeights<Query>& weights,
              const Ranked& ranked, bool full_view, v1::Match& match) {
  const auto& segment = *query.view().segments[ranked.segment].segment;
  const auto at = RowOf(query.view(), ranked.segment, ranked.row);
  const typename Query::Values values = query.Features(at, ranked.seeker);
  const absl::string_view name = segment.cards.NameAt(ranked.row);
  match.set_offer(name.data(), name.size());
  match.set_score_millionths(ranked.score);
  if (!query.wish().seekers.empty()) {
    match.set_adult(query.wish().seekers[ranked.seeker].id);
  }
  SetNearest(query.wish().anchors, at.columns.common.point[ranked.row], match);
  AddReasons(query, at, ranked.seeker, values, *match.mutable_reasons());
  SetCard(segment, ranked.row, *match.mutable_card());
  if (full_view) AddFeatures<Query>(weights, values, match);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_MATCH_TEXT_H_
