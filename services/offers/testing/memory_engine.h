// MemoryEngine: an engine without a disk, for tests of threads. The packaged
// RocksDB is not instrumented, so that ThreadSanitizer does not see how it
// orders its readers and writers; it sees everything here.
#ifndef HEIMWEG_SERVICES_OFFERS_TESTING_MEMORY_ENGINE_H_
#define HEIMWEG_SERVICES_OFFERS_TESTING_MEMORY_ENGINE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/engine.h"
#include "storage/mutex.h"

namespace heimweg::offers::testing {

// Copies the whole map for each commit. Thread-safe.
class MemoryEngine : public storage::Engine {
 public:
  std::string id() const override { return std::string(32, '0'); }

  absl::StatusOr<std::unique_ptr<storage::Reader>> Snapshot() const override {
    const storage::MutexLock lock(mutex_);
    return std::make_unique<MapReader>(state_);
  }

  absl::Status Commit(const storage::Batch& batch) override {
    const storage::MutexLock lock(mutex_);
    if (batch.base_revision != state_->revision) {
      return absl::AbortedError("another base revision");
    }
    auto next = std::make_shared<State>(*state_);
    next->revision = batch.revision;
    for (const storage::Write& write : batch.writes) {
      if (write.value.has_value()) {
        next->rows[write.key] = *write.value;
      } else {
        next->rows.erase(write.key);
      }
    }
    state_ = std::move(next);
    return absl::OkStatus();
  }

  absl::Status Health() const override { return absl::OkStatus(); }

 private:
  struct State {
    uint64_t revision = 0;
    std::map<std::string, std::string> rows;
  };

  class MapReader : public storage::Reader {
   public:
    explicit MapReader(std::shared_ptr<const State> state)
        : state_(std::move(state)) {}

    uint64_t revision() const override { return state_->revision; }

    absl::StatusOr<std::optional<std::string>> Get(
        absl::string_view key) const override {
      const auto row = state_->rows.find(std::string(key));
      if (row == state_->rows.end()) return std::nullopt;
      return row->second;
    }

    absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
        absl::Span<const std::string> keys) const override {
      std::vector<std::optional<std::string>> values;
      values.reserve(keys.size());
      for (const std::string& key : keys) values.push_back(*Get(key));
      return values;
    }

    absl::Status Scan(absl::string_view begin, absl::string_view end,
                      Visitor visit) const override {
      for (auto row = state_->rows.lower_bound(std::string(begin));
           row != state_->rows.end() && (end.empty() || row->first < end);
           ++row) {
        if (!visit(row->first, row->second)) break;
      }
      return absl::OkStatus();
    }

   private:
    const std::shared_ptr<const State> state_;
  };

  mutable storage::Mutex mutex_;
  std::shared_ptr<const State> state_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<State>();
};

}  // namespace heimweg::offers::testing

#endif  // HEIMWEG_SERVICES_OFFERS_TESTING_MEMORY_ENGINE_H_
