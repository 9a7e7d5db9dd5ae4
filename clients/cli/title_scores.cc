#include "clients/cli/title_scores.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"

namespace heimweg::cli {
namespace {

constexpr size_t kRunLabels = 100;

using Right = absl::flat_hash_set<std::string>;

void AddOne(const std::vector<std::string>& ranked, const Right& right,
            RankScores& sums) {
  size_t first = 0;
  size_t hits = 0;
  double precisions = 0;
  for (size_t i = 0; i < ranked.size() && i < kRunLabels; ++i) {
    if (!right.contains(ranked[i])) continue;
    if (first == 0) first = i + 1;
    ++hits;
    precisions += static_cast<double>(hits) / static_cast<double>(i + 1);
  }
  if (first == 0) return;
  sums.success_at_1 += first <= 1 ? 1 : 0;
  sums.success_at_5 += first <= 5 ? 1 : 0;
  sums.success_at_10 += first <= 10 ? 1 : 0;
  sums.mrr += 1.0 / static_cast<double>(first);
  sums.map += precisions / static_cast<double>(right.size());
}

bool FirstIsRight(const RankedTitle& title) {
  return !title.concepts.empty() &&
         title.query->right_concepts.contains(title.concepts.front());
}

// A concept's labels, the one that fits best first.
std::vector<std::string> LabelsOf(const std::vector<ConceptLabel>& labels,
                                  const std::string& best) {
  std::vector<std::string> ids;
  for (const ConceptLabel& label : labels) {
    if (label.text == best) ids.push_back(label.id);
  }
  for (const ConceptLabel& label : labels) {
    if (label.text != best) ids.push_back(label.id);
  }
  return ids;
}

}  // namespace

RankScores ScoreTitles(const std::vector<const RankedTitle*>& titles,
                       ScoredOrder order) {
  RankScores sums;
  for (const RankedTitle* title : titles) {
    if (order == ScoredOrder::kConcepts) {
      AddOne(title->concepts, title->query->right_concepts, sums);
    } else {
      AddOne(order == ScoredOrder::kLabels ? title->labels : title->grouped,
             title->query->right_labels, sums);
    }
  }
  const double count = std::max<double>(1, static_cast<double>(titles.size()));
  for (double* sum : {&sums.success_at_1, &sums.success_at_5,
                      &sums.success_at_10, &sums.mrr, &sums.map}) {
    *sum /= count;
  }
  return sums;
}

std::vector<ConfidencePoint> ConfidenceCurve(
    const std::vector<const RankedTitle*>& titles) {
  std::vector<ConfidencePoint> curve;
  for (const double least : {0.0, 0.3, 0.5, 0.7, 0.9}) {
    double answered = 0;
    double right = 0;
    for (const RankedTitle* title : titles) {
      if (title->probability < least || title->concepts.empty()) continue;
      ++answered;
      if (FirstIsRight(*title)) ++right;
    }
    curve.push_back(
        {least,
         answered / std::max<double>(1, static_cast<double>(titles.size())),
         answered > 0 ? right / answered : 0});
  }
  return curve;
}

std::vector<occupations::EscoOccupation> OccupationsOf(
    const TitleSet& set, const occupations::Esco& esco, size_t& unknown) {
  absl::flat_hash_map<absl::string_view, const occupations::EscoOccupation*>
      known;
  for (const auto& one : esco.occupations) known.emplace(one.uri, &one);
  std::vector<occupations::EscoOccupation> all;
  unknown = 0;
  for (const std::string& uri : set.concepts) {
    const auto found = known.find(uri);
    occupations::EscoOccupation one;
    if (found != known.end()) {
      one = *found->second;
    } else {
      ++unknown;
      one.uri = uri;
      one.is_group = absl::StrContains(uri, "/isco/");
    }
    absl::flat_hash_set<std::string> labels(one.other_labels.begin(),
                                            one.other_labels.end());
    for (const ConceptLabel& label : set.labels.at(uri)) {
      if (one.preferred_label.empty()) one.preferred_label = label.text;
      if (label.text != one.preferred_label &&
          labels.insert(label.text).second) {
        one.other_labels.push_back(label.text);
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

RankedTitle RankTitle(const JudgedQuery& query, const TitleSet& set,
                      const occupations::TitleResolver& resolver,
                      const occupations::TitleResolution& resolution) {
  RankedTitle ranked;
  ranked.query = &query;
  std::vector<std::string> rest;
  for (const occupations::TitleMatch& match : resolution.matches) {
    const std::string& uri = resolver.occupations()[match.occupation].uri;
    ranked.concepts.push_back(uri);
    const auto ids = LabelsOf(set.labels.at(uri), resolver.LabelOf(match));
    ranked.labels.push_back(ids.front());
    rest.insert(rest.end(), ids.begin() + 1, ids.end());
    ranked.grouped.insert(ranked.grouped.end(), ids.begin(), ids.end());
  }
  ranked.labels.insert(ranked.labels.end(), rest.begin(), rest.end());
  ranked.labels.resize(std::min(ranked.labels.size(), kRunLabels));
  ranked.grouped.resize(std::min(ranked.grouped.size(), kRunLabels));
  if (!resolution.matches.empty()) {
    ranked.probability = resolution.matches.front().probability;
  }
  return ranked;
}

}  // namespace heimweg::cli
