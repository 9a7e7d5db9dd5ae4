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

// Adds to `occupations` what those that were given a code or a URI, but not
// both, are in the other scheme by the crosswalk: occupations without a title,
// flagged as inferred, as long as there are fewer than `most`. What was given
// stays as it is. `title` is what the whole is about; may be empty.
template <typename Occupations>
void AddCounterparts(const OccupationCatalog& catalog, const std::string& title,
                     int most, Occupations& occupations) {
  const int given = occupations.size();
  for (int i = 0; i < given && occupations.size() < most; ++i) {
    const auto& one = occupations.at(i);
    if (one.inferred() || one.kldb_code().empty() == one.esco_uri().empty()) {
      continue;
    }
    const InferredOccupation other =
        one.kldb_code().empty()
            ? catalog.InKldb(one.esco_uri())
            : catalog.InEsco(one.kldb_code(),
                             one.title().empty() ? title : one.title());
    if (other.esco == nullptr || other.kldb_code.empty()) continue;
    auto& added = *occupations.Add();
    added.set_kldb_code(other.kldb_code);
    added.set_esco_uri(other.esco->uri);
    added.set_inferred(true);
  }
}

// InferOccupation for each; those without a title that were inferred before go.
template <typename Occupations>
void InferEach(const OccupationCatalog& catalog, Occupations& occupations) {
  for (int i = occupations.size() - 1; i >= 0; --i) {
    auto& occupation = *occupations.Mutable(i);
    if (occupation.inferred() && occupation.title().empty()) {
      occupations.DeleteSubrange(i, 1);
    } else {
      InferOccupation(catalog, occupation);
    }
  }
}

// All that can be inferred for an adult, who has at most 10.
template <typename Occupations>
void InferWished(const OccupationCatalog& catalog, Occupations& occupations) {
  InferEach(catalog, occupations);
  AddCounterparts(catalog, "", 10, occupations);
}

// All that can be inferred for an offer, which has at most 5 and whose own
// title says what it is about. Without any they are what that title surely
// means: an occupation without a title, flagged as inferred.
template <typename Occupations>
void InferOccupations(const OccupationCatalog& catalog,
                      const std::string& title, Occupations& occupations) {
  InferEach(catalog, occupations);
  AddCounterparts(catalog, title, 5, occupations);
  if (!occupations.empty()) return;
  if (!InferFromTitle(catalog, title, *occupations.Add())) occupations.Clear();
}

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_INFERENCE_H_
