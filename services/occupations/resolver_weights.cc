#include "services/occupations/resolver_weights.h"

namespace heimweg::occupations {

const TitleFeatures& ResolverWeights() {
  static constexpr TitleFeatures kWeights = {
      2.448F,   // kBestLetters
      -2.805F,  // kBestLettersSquared
      2.585F,   // kPreferredLetters
      -0.208F,  // kMeanLetters
      2.430F,   // kLettersToBest
      -1.130F,  // kBestParts
      4.810F,   // kBestPartsSquared
      -0.391F,  // kPreferredParts
      1.348F,   // kMeanParts
      -0.386F,  // kPartsToBest
      -0.798F,  // kTitleCovered
      1.958F,   // kLabelCovered
      0.825F,   // kSameLabel
      0.721F,   // kSamePreferred
      -0.172F,  // kCoveredByLabels
      4.050F,   // kCoveredByTexts
      0.365F,   // kCoveredByGroupText
      -0.093F,  // kMainCovered
      -0.399F,  // kQualifierCovered
      -0.752F,  // kBestHead
      -0.221F,  // kPreferredHead
      0.297F,   // kGroupOdds
      0.163F,   // kHeadGroupOdds
      0.904F,   // kGroupParts
      -2.054F,  // kIsGroup
      -0.537F,  // kLabelCount
      -2.685F,  // kStrictParts
      -0.223F,  // kStrictPreferred
  };
  return kWeights;
}

}  // namespace heimweg::occupations
