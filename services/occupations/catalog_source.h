// CatalogSource: where those who resolve titles get the catalog that answers
// now, which an import may replace at any time.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_CATALOG_SOURCE_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_CATALOG_SOURCE_H_

#include <functional>
#include <memory>

namespace heimweg::occupations {

class OccupationCatalog;  // occupation_catalog.h

// Never null. To be called from any thread; what it gives stays as it is.
using CatalogSource = std::function<std::shared_ptr<const OccupationCatalog>()>;

// Always the one without any import.
CatalogSource BuiltInCatalog();

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_CATALOG_SOURCE_H_
