// Taxonomy: what an index knows of occupations and skills: what titles mean,
// what occupations need by ESCO in any case, which names mean the same skill.
// It stays the same as long as the index, so that answers do.
#ifndef HEIMWEG_SERVICES_MATCHING_TAXONOMY_H_
#define HEIMWEG_SERVICES_MATCHING_TAXONOMY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/occupations/catalog_source.h"

namespace heimweg::matching {

// Immutable; Thread-safe.
class Taxonomy {
 public:
  struct Skill {
    std::string name;
    std::string folded;  // FoldCase of the name: its term
  };

  // What is built in, which knows no skills.
  Taxonomy();
  // About 0.2 s for the whole of ESCO. The catalog is never null.
  explicit Taxonomy(
      std::shared_ptr<const occupations::OccupationCatalog> catalog);
  Taxonomy(const Taxonomy&) = delete;
  Taxonomy& operator=(const Taxonomy&) = delete;

  const occupations::OccupationCatalog& catalog() const { return *catalog_; }

  // What an occupation needs in any case, in ESCO's order; empty if it is not
  // known.
  const std::vector<const Skill*>& EssentialOf(absl::string_view uri) const;

  // The term of a skill as it was written: by its URI or one of its names that
  // no other skill has, that of ESCO's name for it, else FoldCase.
  std::string TermOf(absl::string_view written) const;

 private:
  const std::shared_ptr<const occupations::OccupationCatalog> catalog_;
  std::vector<std::unique_ptr<const Skill>> skills_;
  absl::flat_hash_map<std::string, std::vector<const Skill*>> essential_;
  // Folded URI or name -> the only skill that bears it.
  absl::flat_hash_map<std::string, const Skill*> by_name_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_TAXONOMY_H_
