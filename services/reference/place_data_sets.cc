#include "services/reference/place_data_sets.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/places/gazetteer_merge.h"

namespace heimweg::reference {

using ::heimweg::storage::MutexLock;

template <typename Rows>
absl::StatusOr<PreparedDataSet> PlaceDataSets::PrepareRows(
    const DataSetFile* file, absl::StatusOr<Rows> (*parse)(absl::string_view),
    std::shared_ptr<const Rows> Imports::*place) {
  Imports changed = imports();
  changed.*place = nullptr;
  std::vector<std::string> remarks;
  if (file != nullptr) {
    absl::StatusOr<Rows> parsed = parse(file->bytes);
    if (!parsed.ok()) return parsed.status();
    remarks = std::move(parsed->remarks);
    changed.*place = std::make_shared<const Rows>(*std::move(parsed));
  }
  auto prepared = PrepareWorld(std::move(changed));
  if (!prepared.ok()) return prepared;
  prepared->remarks.insert(prepared->remarks.end(), remarks.begin(),
                           remarks.end());
  return prepared;
}

class PlaceDataSets::GeoNames : public DataSet {
 public:
  explicit GeoNames(PlaceDataSets& owner) : owner_(owner) {}
  std::string id() const override { return "geonames"; }
  std::string description() const override {
    return "GeoNames' postal code file, DE.txt: where postcodes and their "
           "places are";
  }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    return owner_.PrepareRows(file, &places::ParseGeoNames, &Imports::geonames);
  }

 private:
  PlaceDataSets& owner_;
};

class PlaceDataSets::Destatis : public DataSet {
 public:
  explicit Destatis(PlaceDataSets& owner) : owner_(owner) {}
  std::string id() const override { return "destatis"; }
  std::string description() const override {
    return "Destatis' register of municipalities (Gemeindeverzeichnis) as CSV";
  }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    return owner_.PrepareRows(file, &places::ParseDestatis,
                              &Imports::municipalities);
  }

 private:
  PlaceDataSets& owner_;
};

class PlaceDataSets::Times : public DataSet {
 public:
  explicit Times(PlaceDataSets& owner) : owner_(owner) {}
  std::string id() const override { return "travel-times"; }
  std::string description() const override {
    return "Real travel times between municipalities or postcodes, as CSV";
  }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    auto times = std::make_shared<const places::TravelTimes>();
    if (file != nullptr) {
      auto parsed = places::TravelTimes::Parse(file->bytes);
      if (!parsed.ok()) return parsed.status();
      times = std::make_shared<const places::TravelTimes>(*std::move(parsed));
    }
    PreparedDataSet prepared;
    prepared.summary = absl::StrCat(times->size(), " travel times");
    prepared.install = [this, times] {
      const MutexLock lock(owner_.mutex_);
      owner_.travel_times_ = times;
    };
    return prepared;
  }

 private:
  PlaceDataSets& owner_;
};

PlaceDataSets::PlaceDataSets(const places::Gazetteer& base)
    : base_(base),
      // Not owned: `base` outlives this.
      world_(std::make_shared<const PlaceWorld>(
          std::shared_ptr<const places::Gazetteer>(std::shared_ptr<void>(),
                                                   &base))),
      travel_times_(std::make_shared<const places::TravelTimes>()) {
  data_sets_.push_back(std::make_unique<Destatis>(*this));
  data_sets_.push_back(std::make_unique<GeoNames>(*this));
  data_sets_.push_back(std::make_unique<Times>(*this));
}

PlaceDataSets::~PlaceDataSets() = default;

std::vector<DataSet*> PlaceDataSets::data_sets() {
  std::vector<DataSet*> all;
  all.reserve(data_sets_.size());
  for (const auto& one : data_sets_) all.push_back(one.get());
  return all;
}

std::shared_ptr<const PlaceWorld> PlaceDataSets::world() const {
  const MutexLock lock(mutex_);
  return world_;
}

std::shared_ptr<const places::TravelTimes> PlaceDataSets::travel_times() const {
  const MutexLock lock(mutex_);
  return travel_times_;
}

PlaceDataSets::Imports PlaceDataSets::imports() const {
  const MutexLock lock(mutex_);
  return imports_;
}

absl::StatusOr<PreparedDataSet> PlaceDataSets::PrepareWorld(Imports imports) {
  PreparedDataSet prepared;
  std::shared_ptr<const places::Gazetteer> gazetteer(std::shared_ptr<void>(),
                                                     &base_);
  if (imports.geonames != nullptr || imports.municipalities != nullptr) {
    auto merged = places::MergeGazetteer(
        base_, {imports.geonames.get(), imports.municipalities.get()});
    if (!merged.ok()) return merged.status();
    gazetteer =
        std::make_shared<const places::Gazetteer>(std::move(merged->gazetteer));
    prepared.remarks = std::move(merged->remarks);
  }
  auto world = std::make_shared<const PlaceWorld>(gazetteer);
  prepared.summary =
      absl::StrCat(gazetteer->municipalities().size(), " municipalities, ",
                   gazetteer->postal_codes().size(), " postcodes, ",
                   world->known.places().size(), " places with a name");
  prepared.install = [this, imports = std::move(imports),
                      world = std::move(world)] {
    const MutexLock lock(mutex_);
    imports_ = imports;
    world_ = world;
  };
  return prepared;
}

}  // namespace heimweg::reference
