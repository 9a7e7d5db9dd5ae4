#include "services/occupations/skill_catalog.h"

#include <algorithm>
#include <utility>

#include "services/occupations/folded_text.h"

namespace heimweg::occupations {
namespace {

constexpr uint32_t kSeveral = static_cast<uint32_t>(-1);

void AddLabel(const std::string& label, EscoSkill& skill) {
  auto& labels = skill.other_labels;
  if (label.empty() || label == skill.preferred_label ||
      std::find(labels.begin(), labels.end(), label) != labels.end()) {
    return;
  }
  labels.push_back(label);
}

std::vector<EscoSkill> Collect(const Esco* esco, const BaCrosswalk* crosswalk) {
  std::vector<EscoSkill> skills;
  if (esco != nullptr) skills = esco->skills;
  if (crosswalk == nullptr) return skills;
  absl::flat_hash_map<std::string, size_t> places;
  for (size_t i = 0; i < skills.size(); ++i) places.emplace(skills[i].uri, i);
  for (const CrosswalkRow& row : crosswalk->skills) {
    const auto [place, added] = places.try_emplace(row.esco_uri, skills.size());
    if (added) skills.push_back({row.esco_uri, row.esco_title, {}, ""});
    EscoSkill& skill = skills[place->second];
    AddLabel(row.esco_title, skill);
    if (row.relation == CrosswalkRelation::kExact) {
      AddLabel(row.ba_title, skill);
    }
  }
  return skills;
}

// What a suggester reads of them.
std::vector<EscoOccupation> AsOccupations(
    const std::vector<EscoSkill>& skills) {
  std::vector<EscoOccupation> all;
  all.reserve(skills.size());
  for (const EscoSkill& skill : skills) {
    EscoOccupation one;
    one.preferred_label = skill.preferred_label;
    one.other_labels = skill.other_labels;
    all.push_back(std::move(one));
  }
  return all;
}

std::string Readable(absl::string_view name) {
  return FoldDigraphs(Fold(name));
}

}  // namespace

SkillCatalog::SkillCatalog(const Esco* esco, const BaCrosswalk* crosswalk)
    : skills_(Collect(esco, crosswalk)),
      finder_(skills_),
      suggester_(AsOccupations(skills_)) {
  for (uint32_t i = 0; i < skills_.size(); ++i) {
    const auto add = [&](const std::string& name) {
      const auto [known, added] = by_name_.try_emplace(Readable(name), i);
      if (!added && known->second != i) known->second = kSeveral;
    };
    add(skills_[i].preferred_label);
    for (const std::string& label : skills_[i].other_labels) add(label);
  }
}

const std::string& SkillCatalog::LabelOf(const EscoSkill& skill,
                                         uint32_t label) {
  return label == 0 ? skill.preferred_label : skill.other_labels[label - 1];
}

const EscoSkill* SkillCatalog::FindByName(absl::string_view name) const {
  const auto found = by_name_.find(Readable(name));
  return found == by_name_.end() || found->second == kSeveral
             ? nullptr
             : &skills_[found->second];
}

}  // namespace heimweg::occupations
