#include "services/occupations/resolver_weights.h"

namespace heimweg::occupations {

const TitleFeatures& ResolverWeights() {
  static constexpr TitleFeatures kWeights = {
      1.852F,   // kBestLetters
      -3.289F,  // kBestLettersSquared
      2.548F,   // kPreferredLetters
      -0.071F,  // kMeanLetters
      2.324F,   // kLettersToBest
      -1.648F,  // kBestParts
      4.589F,   // kBestPartsSquared
      -0.417F,  // kPreferredParts
      0.859F,   // kMeanParts
      -0.362F,  // kPartsToBest
      -1.055F,  // kTitleCovered
      1.896F,   // kLabelCovered
      0.812F,   // kSameLabel
      0.513F,   // kSamePreferred
      -0.143F,  // kCoveredByLabels
      4.405F,   // kCoveredByTexts
      0.330F,   // kCoveredByGroupText
      -0.167F,  // kMainCovered
      -0.481F,  // kQualifierCovered
      -0.755F,  // kBestHead
      -0.252F,  // kPreferredHead
      0.060F,   // kGroupOdds
      0.172F,   // kHeadGroupOdds
      1.367F,   // kGroupParts
      -2.027F,  // kIsGroup
      -0.594F,  // kLabelCount
  };
  return kWeights;
}

}  // namespace heimweg::occupations
