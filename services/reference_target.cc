#include "services/reference_target.h"

#include <utility>
#include <vector>

#include "services/reference/data_set.h"
#include "services/reference/data_set_book.h"
#include "services/reference/data_set_service.h"
#include "services/reference/occupation_book.h"
#include "services/reference/occupation_data_sets.h"
#include "services/reference/occupation_service.h"
#include "services/reference/place_book.h"
#include "services/reference/place_data_sets.h"
#include "services/reference/place_service.h"
#include "services/stores.h"

namespace heimweg {
namespace {

class StoredReferenceTarget : public ReferenceTarget {
 public:
  StoredReferenceTarget(std::unique_ptr<storage::Store> store,
                        const places::Gazetteer& base, server::Edge& edge)
      : store_(std::move(store)),
        place_data_sets_(base),
        place_book_(place_data_sets_),
        place_service_(place_book_, edge),
        occupation_book_(occupation_data_sets_),
        occupation_service_(occupation_book_, edge) {}

  absl::Status Open(server::Edge& edge) {
    // What can be imported. The order is that in which active versions are
    // prepared at the start.
    std::vector<reference::DataSet*> data_sets = place_data_sets_.data_sets();
    for (reference::DataSet* one : occupation_data_sets_.data_sets()) {
      data_sets.push_back(one);
    }
    auto book = reference::DataSetBook::Open(*store_, data_sets);
    if (!book.ok()) return book.status();
    book_ = *std::move(book);
    data_set_service_ =
        std::make_unique<reference::DataSetService>(*book_, edge);
    return absl::OkStatus();
  }

  places::GazetteerSource gazetteer() const override {
    return places::GazetteerSource(
        [this] { return place_data_sets_.world()->gazetteer; });
  }

  occupations::CatalogSource catalog() const override {
    return [this] { return occupation_data_sets_.catalog(); };
  }

  server::NamedService Service() override {
    return {"heimweg.reference.v1.DataSetService", data_set_service_.get()};
  }
  std::vector<server::NamedService> MoreServices() override {
    return {{"heimweg.places.v1.PlaceService", &place_service_},
            {"heimweg.occupations.v1.OccupationService", &occupation_service_}};
  }
  storage::Store* Store() override { return store_.get(); }

 private:
  const std::unique_ptr<storage::Store> store_;
  reference::PlaceDataSets place_data_sets_;
  const reference::PlaceBook place_book_;
  reference::PlaceService place_service_;
  reference::OccupationDataSets occupation_data_sets_;
  const reference::OccupationBook occupation_book_;
  reference::OccupationService occupation_service_;
  std::unique_ptr<reference::DataSetBook> book_;
  std::unique_ptr<reference::DataSetService> data_set_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ReferenceTarget>> OpenReferenceTarget(
    const std::string& data, const places::Gazetteer& base,
    server::Edge& edge) {
  auto store = OpenStore(data, "reference");
  if (!store.ok()) return store.status();
  auto target =
      std::make_unique<StoredReferenceTarget>(*std::move(store), base, edge);
  const absl::Status opened = target->Open(edge);
  if (!opened.ok()) return opened;
  return target;
}

}  // namespace heimweg
