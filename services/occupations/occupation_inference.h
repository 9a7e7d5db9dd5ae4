// Occupations that carry only a title get the code and the URI that the title
// surely means, flagged as inferred.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_INFERENCE_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_INFERENCE_H_

#include <string>

#include "services/occupations/occupation_catalog.h"

namespace heimweg::occupations {

// Sets what `title` surely means; false, and nothing is set, if that is not
// sure. `Occupation` is heimweg.type.v1.Occupation: this room knows no protos.
template <typename Occupation>
bool InferFromTitle(const OccupationCatalog& catalog, const std::string& title,
                    Occupation& occupation) {
  const InferredOccupation means = catalog.Infer(title);
  if (means.kldb_code.empty() && means.esco == nullptr) return false;
  occupation.set_kldb_code(means.kldb_code);
  if (means.esco != nullptr) occupation.set_esco_uri(means.esco->uri);
  occupation.set_inferred(true);
  return true;
}

// Infers kldb_code and esco_uri of an occupation that has a title and neither
// of them; else clears inferred. What was inferred before is inferred again, so
// that it follows the title and an answer may be sent back as it is.
template <typename Occupation>
void InferOccupation(const OccupationCatalog& catalog, Occupation& occupation) {
  if (occupation.inferred() && !occupation.title().empty()) {
    occupation.clear_kldb_code();
    occupation.clear_esco_uri();
  }
  occupation.clear_inferred();
  if (occupation.title().empty() || !occupation.kldb_code().empty() ||
      !occupation.esco_uri().empty()) {
    return;
  }
  InferFromTitle(catalog, occupation.title(), occupation);
}

// The same for all occupations of an offer whose own title says what it is
// about. Without any other they are what that title surely means: an occupation
// without a title, flagged as inferred.
template <typename Occupations>
void InferOccupations(const OccupationCatalog& catalog,
                      const std::string& title, Occupations& occupations) {
  for (int i = occupations.size() - 1; i >= 0; --i) {
    auto& occupation = *occupations.Mutable(i);
    if (occupation.inferred() && occupation.title().empty()) {
      occupations.DeleteSubrange(i, 1);
    } else {
      InferOccupation(catalog, occupation);
    }
  }
  if (!occupations.empty()) return;
  if (!InferFromTitle(catalog, title, *occupations.Add())) occupations.Clear();
}

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_INFERENCE_H_
