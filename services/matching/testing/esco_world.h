// A small ESCO for random worlds: the occupations that WorldMaker names, what
// they need, and names that mean the same; for the engine and for the oracle.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_ESCO_WORLD_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_ESCO_WORLD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/matching/taxonomy.h"
#include "services/matching/testing/oracle_facts.h"
#include "services/matching/testing/oracle_features.h"
#include "services/occupations/occupation_catalog.h"

namespace heimweg::matching::testing {

// Occupations "esco/1" to "esco/5", of which the last needs nothing, with
// skills "Fach n"; every other one is also called "fach n + 1", which is no
// skill of its own, one "Kran", and all "Excel", which thus means none of them.
inline occupations::Esco SmallEsco() {
  occupations::Esco esco;
  for (uint32_t n = 1; n <= 60; ++n) {
    if (n % 3 == 2) continue;
    occupations::EscoSkill& skill = esco.skills.emplace_back();
    skill.uri = absl::StrCat("esco/skill/", n);
    skill.preferred_label = absl::StrCat("Fach ", n);
    skill.other_labels = {"Excel"};
    if (n % 3 == 1) skill.other_labels.push_back(absl::StrCat("fach ", n + 1));
  }
  esco.skills.front().other_labels.push_back("Kran");
  const auto skills = static_cast<uint32_t>(esco.skills.size());
  for (uint32_t i = 0; i < 5; ++i) {
    occupations::EscoOccupation& occupation = esco.occupations.emplace_back();
    occupation.uri = absl::StrCat("esco/", i + 1);
    occupation.preferred_label = absl::StrCat("Beruf ", i + 1);
    for (uint32_t j = 0; i < 4 && j < 3 + i; ++j) {
      esco.relations.push_back({i, (i * 5 + j * j) % skills, j % 3 != 2});
    }
  }
  return esco;
}

// What the engine knows of it.
inline std::shared_ptr<const Taxonomy> EngineTaxonomy(
    const occupations::Esco& esco) {
  occupations::CatalogImports imports;
  imports.esco = std::make_shared<const occupations::Esco>(esco);
  return std::make_shared<const Taxonomy>(
      std::make_shared<const occupations::OccupationCatalog>(
          std::move(imports)));
}

// What the oracle knows of it.
inline EscoKnowledge OracleSkills(const occupations::Esco& esco) {
  EscoKnowledge known;
  for (const occupations::EscoSkill& skill : esco.skills) {
    known.bearers[Folded(skill.uri)].insert(Folded(skill.preferred_label));
    known.bearers[Folded(skill.preferred_label)].insert(
        Folded(skill.preferred_label));
    for (const std::string& label : skill.other_labels) {
      known.bearers[Folded(label)].insert(Folded(skill.preferred_label));
    }
  }
  for (const occupations::EscoRelation& relation : esco.relations) {
    if (!relation.essential) continue;
    known.essential[esco.occupations[relation.occupation].uri].insert(
        Folded(esco.skills[relation.skill].preferred_label));
  }
  return known;
}

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_ESCO_WORLD_H_
