// The skills that are known: those of an imported ESCO, and those that the
// employment agency's crosswalk of competences names; each under the names of
// both. Found in a text, while typing, and by their names.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_SKILL_CATALOG_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_SKILL_CATALOG_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/occupations/ba_crosswalk.h"
#include "services/occupations/esco.h"
#include "services/occupations/skill_finder.h"
#include "services/occupations/title_suggester.h"

namespace heimweg::occupations {

// Immutable; Thread-safe.
class SkillCatalog {
 public:
  // Either may be null. Those of ESCO come first and in its order, so that
  // EscoRelation::skill counts in skills().
  SkillCatalog(const Esco* esco, const BaCrosswalk* crosswalk);

  const std::vector<EscoSkill>& skills() const { return skills_; }
  const SkillFinder& finder() const { return finder_; }
  const TitleSuggester& suggester() const { return suggester_; }

  // 0 the preferred label, else other_labels[n - 1].
  static const std::string& LabelOf(const EscoSkill& skill, uint32_t label);

  // The skill that is called `name`, but for case and spelling of umlauts; null
  // if none is, or several are.
  const EscoSkill* FindByName(absl::string_view name) const;

 private:
  std::vector<EscoSkill> skills_;
  SkillFinder finder_;
  TitleSuggester suggester_;
  // Folded name -> place in skills_; kSeveral if it is not the only one.
  absl::flat_hash_map<std::string, uint32_t> by_name_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_SKILL_CATALOG_H_
