// A catalog from the official files as they were downloaded, for processes that
// do not keep what was imported themselves.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_CATALOG_FILES_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_CATALOG_FILES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/occupations/occupation_catalog.h"

namespace heimweg::occupations {

// Each a file, a ZIP or a folder (named_files.h); empty: none.
struct CatalogPaths {
  std::string kldb;
  std::string esco;
  std::string ba_crosswalk;
};

// Errors are those of ReadNamedFiles, ParseKldb, ReadEsco and ParseBaCrosswalk.
absl::StatusOr<std::shared_ptr<const OccupationCatalog>> ReadCatalog(
    const CatalogPaths& paths);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_CATALOG_FILES_H_
