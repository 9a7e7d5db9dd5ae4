// PlaceDataSets: the gazetteer that answers now, out of what set-up made and
// what was imported: GeoNames' postcodes, Destatis' register, travel times.
#ifndef HEIMWEG_SERVICES_REFERENCE_PLACE_DATA_SETS_H_
#define HEIMWEG_SERVICES_REFERENCE_PLACE_DATA_SETS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/places/destatis_file.h"
#include "services/places/gazetteer.h"
#include "services/places/geonames_file.h"
#include "services/places/known_places.h"
#include "services/places/place_suggester.h"
#include "services/places/travel_times.h"
#include "services/reference/data_set.h"
#include "storage/mutex.h"

namespace heimweg::reference {

// A gazetteer with what is built on it. Immutable.
struct PlaceWorld {
  explicit PlaceWorld(std::shared_ptr<const places::Gazetteer> from)
      : gazetteer(std::move(from)),
        known(*gazetteer),
        suggester(known, *gazetteer) {}

  const std::shared_ptr<const places::Gazetteer> gazetteer;
  const places::KnownPlaces known;
  const places::PlaceSuggester suggester;
};

// Thread-safe.
class PlaceDataSets {
 public:
  // `base`, which set-up made, outlives this.
  explicit PlaceDataSets(const places::Gazetteer& base);
  ~PlaceDataSets();

  // For DataSetBook::Open; they live as long as this.
  std::vector<DataSet*> data_sets();

  std::shared_ptr<const PlaceWorld> world() const ABSL_LOCKS_EXCLUDED(mutex_);
  std::shared_ptr<const places::TravelTimes> travel_times() const
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class GeoNames;
  class Destatis;
  class Times;
  // What is imported; null: not.
  struct Imports {
    std::shared_ptr<const places::GeoNamesPostcodes> geonames;
    std::shared_ptr<const places::DestatisRegister> municipalities;
  };

  Imports imports() const ABSL_LOCKS_EXCLUDED(mutex_);
  // What `imports` would give, ready to be installed.
  absl::StatusOr<PreparedDataSet> PrepareWorld(Imports imports);
  // The world with the file's rows in `place`, or without any for no file.
  template <typename Rows>
  absl::StatusOr<PreparedDataSet> PrepareRows(
      const DataSetFile* file, absl::StatusOr<Rows> (*parse)(absl::string_view),
      std::shared_ptr<const Rows> Imports::*place);

  const places::Gazetteer& base_;
  std::vector<std::unique_ptr<DataSet>> data_sets_;

  mutable storage::Mutex mutex_;
  Imports imports_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const PlaceWorld> world_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const places::TravelTimes> travel_times_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_PLACE_DATA_SETS_H_
