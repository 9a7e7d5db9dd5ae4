// What tests of stores share: a clock that stands until it is moved, and a
// store on RocksDB in a folder of its own that can be closed and opened again.
#ifndef HEIMWEG_STORAGE_TEST_STORE_H_
#define HEIMWEG_STORAGE_TEST_STORE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/wrappers.pb.h"
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
                            for (const char c : note.value())
                              terms.emplace_back(1, c);
                            return terms;
                          },
                      .logged = logged});
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
