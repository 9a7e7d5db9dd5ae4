#include "services/reference_target.h"

#include <utility>
#include <vector>

#include "services/reference/data_set.h"
#include "services/reference/data_set_book.h"
#include "services/reference/data_set_service.h"
#include "services/stores.h"

namespace heimweg {
namespace {

class ReferenceTarget : public Target {
 public:
  explicit ReferenceTarget(std::unique_ptr<storage::Store> store)
      : store_(std::move(store)) {}

  absl::Status Open(server::Edge& edge) {
    // What can be imported. The order is that in which active versions are
    // prepared at the start.
    const std::vector<reference::DataSet*> data_sets = {};
    auto book = reference::DataSetBook::Open(*store_, data_sets);
    if (!book.ok()) return book.status();
    book_ = *std::move(book);
    data_set_service_ =
        std::make_unique<reference::DataSetService>(*book_, edge);
    return absl::OkStatus();
  }

  server::NamedService Service() override {
    return {"heimweg.reference.v1.DataSetService", data_set_service_.get()};
  }
  storage::Store* Store() override { return store_.get(); }

 private:
  const std::unique_ptr<storage::Store> store_;
  std::unique_ptr<reference::DataSetBook> book_;
  std::unique_ptr<reference::DataSetService> data_set_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Target>> OpenReferenceTarget(
    const std::string& data, server::Edge& edge) {
  auto store = OpenStore(data, "reference");
  if (!store.ok()) return store.status();
  auto target = std::make_unique<ReferenceTarget>(*std::move(store));
  const absl::Status opened = target->Open(edge);
  if (!opened.ok()) return opened;
  return target;
}

}  // namespace heimweg
