// KldB 2010 and the employment agency's crosswalk as an operator imports them,
// as they are or in a ZIP: whatever a reader takes makes a catalog that
// answers.
#include <memory>
#include <string>

#include "services/occupations/ba_crosswalk.h"
#include "services/occupations/kldb_file.h"
#include "services/occupations/named_files.h"
#include "services/occupations/occupation_catalog.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg;  // NOLINT(google-build-using-namespace)
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto files = occupations::NamedFilesOf("file", text);
  if (!files.ok()) {
    fuzz::Require(!files.status().message().empty(), "a refusal says why");
    return 0;
  }
  occupations::CatalogImports imports;
  for (const auto& file : *files) {
    auto kldb = occupations::ParseKldb(file);
    fuzz::Require(kldb.ok() || !kldb.status().message().empty(),
                  "a refusal says why");
    if (kldb.ok()) {
      imports.kldb =
          std::make_shared<const occupations::KldbFile>(*std::move(kldb));
    }
  }
  auto crosswalk = occupations::ParseBaCrosswalk(*files);
  if (crosswalk.ok()) {
    imports.crosswalk =
        std::make_shared<const occupations::BaCrosswalk>(*std::move(crosswalk));
  }
  if (imports.kldb == nullptr && imports.crosswalk == nullptr) return 0;
  const occupations::OccupationCatalog catalog(imports);
  for (const auto& match :
       catalog.Resolve(occupations::Scheme::kKldb, text, 10).matches) {
    fuzz::Require(match.entry.kldb_code.size() >= 3, "a match has a code");
  }
  return 0;
}
