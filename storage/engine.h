// Engine: an ordered map from keys to values on a disk (or in a database) that
// changes by whole batches and can be read at one point in time. It knows
// nothing of records, index rows or logs: those are the Store's (store.h).
//
// Keys and values are any bytes; keys are ordered as unsigned bytes. A key is
// not empty and does not begin with byte 0: those keys are the engine's own.
//
// Every committed batch raises the engine's revision, which therefore names
// one state of the whole map. Where several processes share one database, the
// revision a batch was computed from is also what keeps them in one order.
#ifndef HEIMWEG_STORAGE_ENGINE_H_
#define HEIMWEG_STORAGE_ENGINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace heimweg::storage {

// One state of the map; later commits do not show in it.
// A reader of an engine is thread-safe and must not outlive its engine; it
// holds back the removal of old data, so it is kept for one request, not for
// hours.
// Errors of all reads: DATA_LOSS if stored bytes are damaged, UNAVAILABLE if
// the disk or the database does not answer.
class Reader {
 public:
  // Returns false to stop. The views are valid during the call.
  using Visitor =
      absl::FunctionRef<bool(absl::string_view key, absl::string_view value)>;

  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  // The last committed revision whose writes are visible here; 0 if nothing
  // was ever committed.
  virtual uint64_t revision() const = 0;

  // nullopt if there is no such key.
  virtual absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const = 0;

  // One result for each key, in the order of `keys`.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      absl::Span<const std::string> keys) const = 0;

  // Visits the keys in [begin, end) in order. An empty `end` means: to the
  // last key.
  virtual absl::Status Scan(absl::string_view begin, absl::string_view end,
                            Visitor visit) const = 0;
};

struct Write {
  std::string key;
  std::optional<std::string> value;  // nullopt erases the key.
};

struct Batch {
  uint64_t base_revision = 0;  // Of the state that the writes were made from.
  uint64_t revision = 0;       // Greater than base_revision.
  std::vector<Write> writes;   // Each key once.
};

// Thread-safe.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  // Names this store's history: two stores with the same id had the same
  // content at the same revision. Text of 32 hexadecimal digits.
  virtual std::string id() const = 0;

  // The state after the last commit. UNAVAILABLE, DATA_LOSS as for reads.
  virtual absl::StatusOr<std::unique_ptr<Reader>> Snapshot() const = 0;

  // Applies all writes or none; they are durable when it returns OK, and only
  // then visible to snapshots.
  // ABORTED: the engine's revision is not batch.base_revision any more; nothing
  // was written; take a new snapshot and compute the batch again.
  // UNAVAILABLE: disk full (works again after space is found), or the engine
  // has failed (see Health).
  // INVALID_ARGUMENT: revision <= base_revision, or a key of the engine's own.
  // After an error other than ABORTED and INVALID_ARGUMENT the writes are not
  // visible now but may be there after a restart, whole.
  virtual absl::Status Commit(const Batch& batch) = 0;

  // OK, or why writes fail. UNAVAILABLE with "disk full" passes by itself once
  // there is space. Any other error stays until the process is restarted:
  // callers stop serving and exit.
  virtual absl::Status Health() const = 0;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ENGINE_H_
