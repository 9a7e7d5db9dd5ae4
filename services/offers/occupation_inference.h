// Occupations that carry only a title get the code that the title surely means,
// flagged as inferred.
#ifndef HEIMWEG_SERVICES_OFFERS_OCCUPATION_INFERENCE_H_
#define HEIMWEG_SERVICES_OFFERS_OCCUPATION_INFERENCE_H_

#include "heimweg/type/v1/occupation.pb.h"

namespace heimweg::offers {

// Sets kldb_code and inferred of an occupation that has a title and neither
// code nor URI, if InferKldbGroup is sure; else clears inferred. A code that
// was inferred before is inferred again, so that it follows the title and an
// answer may be sent back as it is.
void InferOccupation(type::v1::Occupation& occupation);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OCCUPATION_INFERENCE_H_
