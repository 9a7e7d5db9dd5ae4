// What speaks for an occupation being meant by a title, as numbers that are
// weighed by resolver_weights.h.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_TITLE_FEATURES_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_TITLE_FEATURES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/occupations/part_lexicon.h"
#include "services/occupations/title_index.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {

// All 0 to 1 unless said otherwise. "Coverage" is the share of parts, by their
// rarity, that the other side has, each counted with its best similarity.
enum TitleFeature : size_t {
  kBestLetters,  // cosine of letters, best label
  kBestLettersSquared,
  kPreferredLetters,  // the same of the preferred label
  kMeanLetters,       // over labels
  kLettersToBest,     // best letters / the best occupation's
  kBestParts,         // harmonic mean of both coverages, best label
  kBestPartsSquared,
  kPreferredParts,
  kMeanParts,
  kPartsToBest,
  kTitleCovered,  // of that best label: of the title by it
  kLabelCovered,  // and of it by the title
  kSameLabel,     // 1: a label is the title, once read
  kSamePreferred,
  kCoveredByLabels,     // of the title, by all labels together
  kCoveredByTexts,      // by labels and description
  kCoveredByGroupText,  // by its ISCO group's description
  kMainCovered,         // of the words before the qualifier, by labels
  kQualifierCovered,    // of the qualifier, by labels
  kBestHead,            // similarity of the head, best of labels
  kPreferredHead,
  kGroupOdds,      // mean log odds of the parts in the ISCO group, >= 0
  kHeadGroupOdds,  // of the head alone
  kGroupParts,     // best kBestParts of others of the same group
  kIsGroup,        // 1: an ISCO group, no occupation of ESCO's
  kLabelCount,     // ln(1 + labels)
  kStrictParts,    // as kBestParts, but only equal parts count
  kStrictPreferred,
  kFeatureCount
};

using TitleFeatures = std::array<float, kFeatureCount>;

struct TitleCandidate {
  uint32_t occupation = 0;
  uint32_t best_label = 0;  // in TitleIndex::labels
  TitleFeatures features = {};
};

// The occupations that may be meant, at most `limit` of them, in no order of
// merit, with their features. None for a title without a word.
std::vector<TitleCandidate> FindCandidates(const TitleIndex& index,
                                           const TitleWords& title,
                                           size_t limit);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_TITLE_FEATURES_H_
