// How good rankings of occupations for job titles are.
#ifndef HEIMWEG_CLIENTS_CLI_TITLE_SCORES_H_
#define HEIMWEG_CLIENTS_CLI_TITLE_SCORES_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "clients/cli/title_set.h"
#include "services/occupations/title_resolver.h"

namespace heimweg::cli {

// One title's answer.
struct RankedTitle {
  const JudgedQuery* query = nullptr;
  std::vector<std::string> concepts;  // best first
  std::vector<std::string> labels;    // ids: the run's order, at most 100
  std::vector<std::string> grouped;   // all labels of the best concept first
  double probability = 0;             // of the first concept
};

// Means over titles. Success@k: a right one is among the first k. MRR: 1 / rank
// of the first right one, 0 beyond 100. MAP: mean of the precisions at each
// right label, as TREC defines it.
struct RankScores {
  double success_at_1 = 0;
  double success_at_5 = 0;
  double success_at_10 = 0;
  double mrr = 0;
  double map = 0;
};

enum class ScoredOrder { kConcepts, kLabels, kGroupedLabels };

RankScores ScoreTitles(const std::vector<const RankedTitle*>& titles,
                       ScoredOrder order);

// Of the titles whose first concept has at least `least`.
struct ConfidencePoint {
  double least = 0;
  double share = 0;      // of all titles
  double precision = 0;  // of these: the first concept is right
};

std::vector<ConfidencePoint> ConfidenceCurve(
    const std::vector<const RankedTitle*>& titles);

// The occupations that the set names, known by `esco` with their descriptions,
// with the set's labels; what ESCO does not know has the set's labels alone.
std::vector<occupations::EscoOccupation> OccupationsOf(
    const TitleSet& set, const occupations::Esco& esco, size_t& unknown);

// The labels of a resolution in the run's two orders.
RankedTitle RankTitle(const JudgedQuery& query, const TitleSet& set,
                      const occupations::TitleResolver& resolver,
                      const occupations::TitleResolution& resolution);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_TITLE_SCORES_H_
