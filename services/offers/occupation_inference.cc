#include "services/offers/occupation_inference.h"

#include <string>

#include "services/occupations/kldb.h"

namespace heimweg::offers {

void InferOccupation(type::v1::Occupation& occupation) {
  if (occupation.inferred() && !occupation.title().empty()) {
    occupation.clear_kldb_code();
  }
  occupation.clear_inferred();
  if (occupation.title().empty() || !occupation.kldb_code().empty() ||
      !occupation.esco_uri().empty()) {
    return;
  }
  const std::string code = occupations::InferKldbGroup(occupation.title());
  if (code.empty()) return;
  occupation.set_kldb_code(code);
  occupation.set_inferred(true);
}

}  // namespace heimweg::offers
