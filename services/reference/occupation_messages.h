// Occupations and skills of a catalog as the messages of
// heimweg.occupations.v1, and their resource names.
#ifndef HEIMWEG_SERVICES_REFERENCE_OCCUPATION_MESSAGES_H_
#define HEIMWEG_SERVICES_REFERENCE_OCCUPATION_MESSAGES_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "heimweg/occupations/v1/occupation_service.pb.h"
#include "services/occupations/occupation_catalog.h"

namespace heimweg::reference {

// What lists of occupations show: name, code, URI, title, titles above.
void DescribeOccupation(
    const occupations::OccupationCatalog& catalog,
    const occupations::CatalogEntry& entry,
    ::heimweg::occupations::v1::KnownOccupation& occupation);

// What GetOccupation shows besides.
void DescribeOccupationInFull(
    const occupations::OccupationCatalog& catalog,
    const occupations::CatalogEntry& entry,
    ::heimweg::occupations::v1::KnownOccupation& occupation);

void DescribeSkill(const occupations::EscoSkill& skill,
                   ::heimweg::occupations::v1::Skill& message);

// The occupation that is called "occupations/{id}"; nullopt if there is none.
std::optional<occupations::CatalogEntry> FindOccupation(
    const occupations::OccupationCatalog& catalog, absl::string_view name);

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_OCCUPATION_MESSAGES_H_
