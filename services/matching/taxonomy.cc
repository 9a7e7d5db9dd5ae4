#include "services/matching/taxonomy.h"

#include <utility>

#include "services/matching/terms.h"
#include "services/occupations/occupation_catalog.h"

namespace heimweg::matching {

using ::heimweg::occupations::EscoOccupation;
using ::heimweg::occupations::EscoSkill;

Taxonomy::Taxonomy() : Taxonomy(occupations::OccupationCatalog::BuiltIn()) {}

Taxonomy::Taxonomy(
    std::shared_ptr<const occupations::OccupationCatalog> catalog)
    : catalog_(std::move(catalog)) {
  absl::flat_hash_map<const EscoSkill*, const Skill*> known;
  absl::flat_hash_map<std::string, const Skill*> names;
  const auto add_name = [&](const std::string& name, const Skill* skill) {
    const auto [entry, added] = names.try_emplace(FoldCase(name), skill);
    if (!added && entry->second != skill) entry->second = nullptr;
  };
  for (const EscoSkill& one : catalog_->skills().skills()) {
    skills_.push_back(std::make_unique<const Skill>(
        Skill{one.preferred_label, FoldCase(one.preferred_label)}));
    const Skill* skill = skills_.back().get();
    known.emplace(&one, skill);
    add_name(one.uri, skill);
    add_name(one.preferred_label, skill);
    for (const std::string& label : one.other_labels) add_name(label, skill);
  }
  // A name of several skills means none, and stands for itself.
  for (auto& [name, skill] : names) {
    if (skill != nullptr && names[skill->folded] == skill) {
      by_name_.emplace(name, skill);
    }
  }
  for (const EscoOccupation& occupation : catalog_->esco_occupations()) {
    std::vector<const Skill*> needed;
    for (const EscoSkill* one : catalog_->EssentialSkills(occupation.uri)) {
      needed.push_back(known[one]);
    }
    if (!needed.empty()) essential_.emplace(occupation.uri, std::move(needed));
  }
}

const std::vector<const Taxonomy::Skill*>& Taxonomy::EssentialOf(
    absl::string_view uri) const {
  static const auto* const none = new std::vector<const Skill*>();
  const auto found = essential_.find(uri);
  return found == essential_.end() ? *none : found->second;
}

std::string Taxonomy::TermOf(absl::string_view written) const {
  std::string folded = FoldCase(written);
  const auto found = by_name_.find(folded);
  return found == by_name_.end() ? folded : found->second->folded;
}

}  // namespace heimweg::matching
