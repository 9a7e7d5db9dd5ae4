#include "services/stores.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/rocksdb_engine.h"

namespace heimweg {

absl::StatusOr<std::unique_ptr<storage::Store>> OpenStore(
    const std::string& data, const std::string& name) {
  std::error_code error;
  std::filesystem::create_directories(data, error);
  if (error) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot make the data folder ", data, ": ",
                     error.message(), "; see --data"));
  }
  storage::RocksDbOptions options;
  options.folder = absl::StrCat(data, "/", name);
  auto engine = storage::OpenRocksDbEngine(options);
  if (!engine.ok()) return engine.status();
  return storage::Store::Open(*std::move(engine));
}

}  // namespace heimweg
