#include "services/reference/occupation_data_sets.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/occupations/ba_crosswalk.h"
#include "services/occupations/esco.h"
#include "services/occupations/kldb_file.h"
#include "services/occupations/named_files.h"

namespace heimweg::reference {

using ::heimweg::occupations::CatalogImports;
using ::heimweg::occupations::OccupationCatalog;
using ::heimweg::storage::MutexLock;

class OccupationDataSets::Kldb : public DataSet {
 public:
  explicit Kldb(OccupationDataSets& owner) : owner_(owner) {}
  std::string id() const override { return "kldb"; }
  std::string description() const override {
    return "Klassifikation der Berufe 2010 as CSV, all five levels";
  }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    CatalogImports imports = owner_.imports();
    imports.kldb = nullptr;
    if (file != nullptr) {
      const auto files = occupations::NamedFilesOf(file->name, file->bytes);
      if (!files.ok()) return files.status();
      if (files->size() != 1) {
        return absl::InvalidArgumentError(
            absl::StrCat(file->name, ": expected one CSV file"));
      }
      auto parsed = occupations::ParseKldb(files->front());
      if (!parsed.ok()) return parsed.status();
      imports.kldb =
          std::make_shared<const occupations::KldbFile>(*std::move(parsed));
    }
    return owner_.Prepare(std::move(imports));
  }

 private:
  OccupationDataSets& owner_;
};

class OccupationDataSets::Crosswalk : public DataSet {
 public:
  explicit Crosswalk(OccupationDataSets& owner) : owner_(owner) {}
  std::string id() const override { return "ba-crosswalk"; }
  std::string description() const override {
    return "The employment agency's crosswalk of occupations and skills to "
           "ESCO";
  }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    CatalogImports imports = owner_.imports();
    imports.crosswalk = nullptr;
    std::vector<std::string> remarks;
    if (file != nullptr) {
      const auto files = occupations::NamedFilesOf(file->name, file->bytes);
      if (!files.ok()) return files.status();
      auto parsed = occupations::ParseBaCrosswalk(*files);
      if (!parsed.ok()) return parsed.status();
      remarks = parsed->remarks;
      imports.crosswalk =
          std::make_shared<const occupations::BaCrosswalk>(*std::move(parsed));
    }
    PreparedDataSet prepared = owner_.Prepare(std::move(imports));
    prepared.remarks = std::move(remarks);
    return prepared;
  }

 private:
  OccupationDataSets& owner_;
};

class OccupationDataSets::EscoDownload : public DataSet {
 public:
  explicit EscoDownload(OccupationDataSets& owner) : owner_(owner) {}
  std::string id() const override { return "esco"; }
  std::string description() const override {
    return "ESCO's CSV download: occupations, skills, and which needs which";
  }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    CatalogImports imports = owner_.imports();
    imports.esco = nullptr;
    std::vector<std::string> remarks;
    if (file != nullptr) {
      const auto files = occupations::NamedFilesOf(file->name, file->bytes);
      if (!files.ok()) return files.status();
      auto parsed = occupations::ReadEsco(*files);
      if (!parsed.ok()) return parsed.status();
      remarks = parsed->notes;
      imports.esco =
          std::make_shared<const occupations::Esco>(*std::move(parsed));
    }
    PreparedDataSet prepared = owner_.Prepare(std::move(imports));
    prepared.remarks = std::move(remarks);
    return prepared;
  }

 private:
  OccupationDataSets& owner_;
};

OccupationDataSets::OccupationDataSets()
    : catalog_(OccupationCatalog::BuiltIn()) {
  data_sets_.push_back(std::make_unique<Kldb>(*this));
  data_sets_.push_back(std::make_unique<Crosswalk>(*this));
  data_sets_.push_back(std::make_unique<EscoDownload>(*this));
}

OccupationDataSets::~OccupationDataSets() = default;

std::vector<DataSet*> OccupationDataSets::data_sets() {
  std::vector<DataSet*> all;
  all.reserve(data_sets_.size());
  for (const auto& one : data_sets_) all.push_back(one.get());
  return all;
}

std::shared_ptr<const OccupationCatalog> OccupationDataSets::catalog() const {
  const MutexLock lock(mutex_);
  return catalog_;
}

CatalogImports OccupationDataSets::imports() const {
  const MutexLock lock(mutex_);
  return imports_;
}

PreparedDataSet OccupationDataSets::Prepare(CatalogImports imports) {
  PreparedDataSet prepared;
  auto catalog = std::make_shared<const OccupationCatalog>(imports);
  prepared.summary = absl::StrCat(
      catalog->kldb().size(), " codes of KldB, ",
      imports.esco == nullptr ? 0 : imports.esco->occupations.size(),
      " occupations and groups of ESCO, ", catalog->skills().skills().size(),
      " skills");
  prepared.install = [this, imports = std::move(imports),
                      catalog = std::move(catalog)] {
    const MutexLock lock(mutex_);
    imports_ = imports;
    catalog_ = catalog;
  };
  return prepared;
}

}  // namespace heimweg::reference
