// What tests of stores share: a clock that stands until it is moved, and a
// store on RocksDB in a folder of its own that can be closed and opened again.
#ifndef HEIMWEG_STORAGE_TEST_STORE_H_
#define HEIMWEG_STORAGE_TEST_STORE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/wrappers.pb.h"
#include "storage/keys.h"
#include "storage/rocksdb_engine.h"
#include "storage/store.h"
#include "storage/table.h"
#include "tests/support/temp_dir.h"

namespace heimweg::storage {

// Thread-safe.
class TestClock {
 public:
  std::function<absl::Time()> AsFunction() {
    return [this] { return absl::FromUnixMillis(millis_); };
  }
  void Advance(absl::Duration by) { millis_ += absl::ToInt64Milliseconds(by); }

 private:
  std::atomic<int64_t> millis_ = 1'800'000'000'000;
};

using Note = google::protobuf::StringValue;

inline Note ANote(const std::string& text) {
  Note note;
  note.set_value(text);
  return note;
}

// Notes, found by each of their characters.
inline Table<Note> NoteTable(uint32_t number = 1, bool logged = true) {
  return Table<Note>({.number = number,
                      .name = "note",
                      .terms =
                          [](const Note& note) {
                            std::vector<std::string> terms;
                            for (const char c : note.value()) {
                              terms.emplace_back(1, c);
                            }
                            return terms;
                          },
                      .logged = logged});
}

inline std::string KeyA() { return MetaKey("a"); }
inline std::string KeyB() { return MetaKey("b"); }

inline Store::Edit Putting(const std::string& key, const std::string& value) {
  return [=](Transaction& txn) {
    txn.Put(key, value);
    return absl::OkStatus();
  };
}

// nullopt if the store has no such key.
inline std::optional<std::string> Value(const Store& store,
                                        const std::string& key) {
  return *(*store.Read())->Get(key);
}

// Returns when the watchers of all earlier commits were called. The first of
// these edits may end in a commit of others, whose watchers then come before
// the second one runs.
inline void LetWatchersRun(Store& store) {
  for (int i = 0; i < 2; ++i) {
    store.CommitAndWait([](Transaction&) { return absl::OkStatus(); })
        .IgnoreError();
  }
}

// Thread-compatible.
class TestStore {
 public:
  // `adjust` changes the options before each opening.
  using Adjust = std::function<void(RocksDbOptions&, StoreOptions&)>;
  explicit TestStore(Adjust adjust = {}) : adjust_(std::move(adjust)) {
    Reopen();
  }

  void Reopen() {
    store_.reset();
    RocksDbOptions engine_options;
    engine_options.folder = folder();
    engine_options.clock = clock_.AsFunction();
    StoreOptions options;
    options.clock = clock_.AsFunction();
    if (adjust_) adjust_(engine_options, options);
    store_ = *Store::Open(*OpenRocksDbEngine(engine_options), options);
  }

  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }
  TestClock& clock() { return clock_; }
  std::string folder() const { return dir_.path() + "/store"; }

 private:
  const testing::TempDir dir_;
  TestClock clock_;
  const Adjust adjust_;
  std::unique_ptr<Store> store_;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_TEST_STORE_H_
