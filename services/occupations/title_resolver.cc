#include "services/occupations/title_resolver.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "services/occupations/resolver_weights.h"

namespace heimweg::occupations {
namespace {

// More candidates bring more noise than right ones.
constexpr size_t kCandidates = 150;
constexpr float kNearlyAll = 0.85F;
constexpr float kMost = 0.5F;

MatchReason ReasonOf(const TitleFeatures& f) {
  if (f[kSameLabel] > 0) return MatchReason::kSameTitle;
  if (f[kBestParts] >= kNearlyAll) return MatchReason::kSameParts;
  if (f[kBestParts] >= kMost || f[kBestLetters] >= kMost) {
    return MatchReason::kSimilar;
  }
  return MatchReason::kDescription;
}

}  // namespace

TitleResolver::TitleResolver(std::vector<EscoOccupation> occupations)
    : occupations_(std::move(occupations)),
      index_(TitleIndex::Build(occupations_)) {}

std::vector<TitleCandidate> TitleResolver::Candidates(
    const TitleWords& title) const {
  return FindCandidates(index_, title, kCandidates);
}

const std::string& TitleResolver::LabelOf(const TitleMatch& match) const {
  const EscoOccupation& one = occupations_[match.occupation];
  return match.label == 0 ? one.preferred_label
                          : one.other_labels[match.label - 1];
}

TitleResolution TitleResolver::Resolve(absl::string_view title,
                                       size_t limit) const {
  TitleResolution resolution;
  resolution.read = ReadTitle(title);
  const std::vector<TitleCandidate> candidates = Candidates(resolution.read);
  const TitleFeatures& weights = ResolverWeights();
  double most = -1e300;
  for (const TitleCandidate& candidate : candidates) {
    TitleMatch match;
    match.occupation = candidate.occupation;
    match.reason = ReasonOf(candidate.features);
    match.label = index_.labels[candidate.best_label].text;
    for (size_t i = 0; i < kFeatureCount; ++i) {
      match.probability += double{weights[i]} * candidate.features[i];
    }
    most = std::max(most, match.probability);
    resolution.matches.push_back(match);
  }
  double all = 0;
  for (TitleMatch& match : resolution.matches) {
    match.probability = std::exp(match.probability - most);
    all += match.probability;
  }
  for (TitleMatch& match : resolution.matches) match.probability /= all;
  std::sort(resolution.matches.begin(), resolution.matches.end(),
            [](const TitleMatch& a, const TitleMatch& b) {
              if (a.probability != b.probability) {
                return a.probability > b.probability;
              }
              return a.occupation < b.occupation;
            });
  if (resolution.matches.size() > limit) resolution.matches.resize(limit);
  resolution.sure = !resolution.matches.empty() &&
                    resolution.matches[0].probability >= kSureProbability;
  return resolution;
}

}  // namespace heimweg::occupations
