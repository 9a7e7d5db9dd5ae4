#include "services/occupations/catalog_files.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/occupations/named_files.h"

namespace heimweg::occupations {

absl::StatusOr<std::shared_ptr<const OccupationCatalog>> ReadCatalog(
    const CatalogPaths& paths) {
  CatalogImports imports;
  if (!paths.kldb.empty()) {
    const auto files = ReadNamedFiles(paths.kldb);
    if (!files.ok()) return files.status();
    if (files->size() != 1) {
      return absl::InvalidArgumentError(
          absl::StrCat(paths.kldb, ": expected one CSV file"));
    }
    auto kldb = ParseKldb(files->front());
    if (!kldb.ok()) return kldb.status();
    imports.kldb = std::make_shared<const KldbFile>(*std::move(kldb));
  }
  if (!paths.ba_crosswalk.empty()) {
    const auto files = ReadNamedFiles(paths.ba_crosswalk);
    if (!files.ok()) return files.status();
    auto crosswalk = ParseBaCrosswalk(*files);
    if (!crosswalk.ok()) return crosswalk.status();
    imports.crosswalk =
        std::make_shared<const BaCrosswalk>(*std::move(crosswalk));
  }
  if (!paths.esco.empty()) {
    const auto files = ReadNamedFiles(paths.esco);
    if (!files.ok()) return files.status();
    auto esco = ReadEsco(*files);
    if (!esco.ok()) return esco.status();
    imports.esco = std::make_shared<const Esco>(*std::move(esco));
  }
  return std::make_shared<const OccupationCatalog>(std::move(imports));
}

}  // namespace heimweg::occupations
