// OccupationDataSets: what can be imported of occupations and skills (KldB
// 2010, ESCO, the employment agency's crosswalk), and the catalog that answers.
#ifndef HEIMWEG_SERVICES_REFERENCE_OCCUPATION_DATA_SETS_H_
#define HEIMWEG_SERVICES_REFERENCE_OCCUPATION_DATA_SETS_H_

#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/occupations/occupation_catalog.h"
#include "services/reference/data_set.h"
#include "storage/mutex.h"

namespace heimweg::reference {

// Thread-safe.
class OccupationDataSets {
 public:
  OccupationDataSets();
  ~OccupationDataSets();

  // For DataSetBook::Open; they live as long as this. ESCO comes last, so that
  // at a start its titles are indexed once.
  std::vector<DataSet*> data_sets();

  std::shared_ptr<const occupations::OccupationCatalog> catalog() const
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class Kldb;
  class Crosswalk;
  class EscoDownload;

  occupations::CatalogImports imports() const ABSL_LOCKS_EXCLUDED(mutex_);
  // What `imports` would give, ready to be installed.
  PreparedDataSet Prepare(occupations::CatalogImports imports);

  std::vector<std::unique_ptr<DataSet>> data_sets_;

  mutable storage::Mutex mutex_;
  occupations::CatalogImports imports_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const occupations::OccupationCatalog> catalog_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_OCCUPATION_DATA_SETS_H_
