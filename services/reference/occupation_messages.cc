#include "services/reference/occupation_messages.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::reference {
namespace {

using ::heimweg::occupations::CatalogEntry;
using ::heimweg::occupations::KldbRow;
using ::heimweg::occupations::OccupationCatalog;

constexpr absl::string_view kOccupationNames = "occupations/";
constexpr absl::string_view kEscoPrefix =
    "http://data.europa.eu/esco/occupation/";
constexpr absl::string_view kIscoPrefix = "http://data.europa.eu/esco/isco/";

std::string LastPartOf(absl::string_view uri) {
  return std::string(uri.substr(uri.rfind('/') + 1));
}

// The row of the code; a code that only the crosswalk knows has that of what is
// above it.
const KldbRow* RowOf(const OccupationCatalog& catalog, absl::string_view code) {
  while (!code.empty()) {
    const KldbRow* row = catalog.FindKldb(code);
    if (row != nullptr) return row;
    code.remove_suffix(1);
  }
  return nullptr;
}

template <typename Titles>
void AddTitles(const Titles& titles,
               occupations::v1::KnownOccupation& occupation) {
  for (const std::string& title : titles) occupation.add_other_titles(title);
}

}  // namespace

void DescribeOccupation(const OccupationCatalog& catalog,
                        const CatalogEntry& entry,
                        occupations::v1::KnownOccupation& occupation) {
  occupation.set_kldb_code(entry.kldb_code);
  if (entry.esco != nullptr) {
    occupation.set_name(absl::StrCat(
        kOccupationNames, absl::AsciiStrToLower(LastPartOf(entry.esco->uri))));
    occupation.set_esco_uri(entry.esco->uri);
    occupation.set_title(entry.esco->preferred_label);
    return;
  }
  occupation.set_name(absl::StrCat(kOccupationNames, entry.kldb_code));
  const KldbRow* row = RowOf(catalog, entry.kldb_code);
  if (row != nullptr) occupation.set_title(row->title);
  for (size_t digits = 1; digits < entry.kldb_code.size(); ++digits) {
    const KldbRow* above = catalog.FindKldb(entry.kldb_code.substr(0, digits));
    if (above != nullptr) occupation.add_ancestor_titles(above->title);
  }
}

void DescribeOccupationInFull(const OccupationCatalog& catalog,
                              const CatalogEntry& entry,
                              occupations::v1::KnownOccupation& occupation) {
  DescribeOccupation(catalog, entry, occupation);
  if (entry.esco == nullptr) {
    const KldbRow* row = catalog.FindKldb(entry.kldb_code);
    if (row != nullptr) AddTitles(row->usual_titles, occupation);
    return;
  }
  AddTitles(entry.esco->other_labels, occupation);
  occupation.set_description(entry.esco->description);
  for (const auto* skill : catalog.EssentialSkills(entry.esco->uri)) {
    DescribeSkill(*skill, *occupation.add_essential_skills());
  }
}

void DescribeSkill(const occupations::EscoSkill& skill,
                   occupations::v1::Skill& message) {
  message.set_esco_uri(skill.uri);
  message.set_title(skill.preferred_label);
}

std::optional<CatalogEntry> FindOccupation(const OccupationCatalog& catalog,
                                           absl::string_view name) {
  if (!absl::StartsWith(name, kOccupationNames)) return std::nullopt;
  const absl::string_view id = name.substr(kOccupationNames.size());
  if (catalog.FindKldb(id) != nullptr) {
    return CatalogEntry{std::string(id), nullptr};
  }
  auto found = catalog.FindEsco(absl::StrCat(kEscoPrefix, id));
  // Groups of ISCO are written with a capital letter: C7115.
  if (!found.has_value()) {
    found = catalog.FindEsco(
        absl::StrCat(kIscoPrefix, absl::AsciiStrToUpper(std::string(id))));
  }
  return found;
}

}  // namespace heimweg::reference
