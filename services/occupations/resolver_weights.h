// How much each feature of title_features.h speaks for an occupation.
//
// Learned, not chosen: by LearnWeights on the tuning half of the public MELO
// titles (deu_q_de_c_de; FNV-1a of the query's id, bit 32 clear). Made again by
//   heimweg evaluate titles --esco DIR --queries ... --judgements ... --learn
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_RESOLVER_WEIGHTS_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_RESOLVER_WEIGHTS_H_

#include "services/occupations/title_features.h"

namespace heimweg::occupations {

// Per feature, in logarithms of odds. See LearnWeights; penalty 5.
const TitleFeatures& ResolverWeights();

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_RESOLVER_WEIGHTS_H_
