// OpenStore: the store of one service in its folder below the data folder.
#ifndef HEIMWEG_SERVICES_STORES_H_
#define HEIMWEG_SERVICES_STORES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace heimweg {

// Opens <data>/<name>, making both folders if they are missing. Errors are
// those of storage::OpenRocksDbEngine; their message names the folder.
absl::StatusOr<std::unique_ptr<storage::Store>> OpenStore(
    const std::string& data, const std::string& name);

}  // namespace heimweg

#endif  // HEIMWEG_SERVICES_STORES_H_
