// store_bench [SECONDS A ROUND]: durable writes of a store beside raw RocksDB
// writes on the same disk, with 1 and 64 writers that each wait for their own
// write. Prints medians; the ratio is what counts, as the disk is the same for
// both.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/wrappers.pb.h"
#include "rocksdb/db.h"
#include "storage/rocksdb_engine.h"
#include "storage/rocksdb_options.h"
#include "storage/store.h"
#include "storage/table.h"
#include "tests/support/temp_dir.h"

namespace heimweg::storage {
namespace {

using Text = google::protobuf::StringValue;

constexpr size_t kValueBytes = 1'000;
constexpr int kRounds = 15;

std::string Id(int writer, uint64_t number) {
  return absl::StrCat("network-", writer, "/offer-", number);
}

// Calls `write` from so many threads until the time is over; writes a second.
double Rate(int writers, absl::Duration time,
            const std::function<bool(const std::string& id)>& write) {
  std::atomic<uint64_t> written = 0;
  const absl::Time start = absl::Now();
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(writers));
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      uint64_t number = 0;
      while (absl::Now() - start < time) {
        if (!write(Id(writer, ++number))) std::_Exit(1);
      }
      written += number;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(written) /
         absl::ToDoubleSeconds(absl::Now() - start);
}

double RawRate(int writers, absl::Duration time) {
  const testing::TempDir dir;
  const RocksDbOptions defaults;
  rocksdb::Options options =
      DatabaseOptions(defaults.block_cache_bytes, defaults.write_buffer_bytes);
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, dir.path(), &opened).ok()) std::_Exit(1);
  const std::unique_ptr<rocksdb::DB> db(opened);
  const std::string value(kValueBytes, 'v');
  rocksdb::WriteOptions durable;
  durable.sync = true;
  return Rate(writers, time, [&](const std::string& id) {
    return db->Put(durable, id, value).ok();
  });
}

struct StoreResult {
  double rate = 0;
  double writes_per_sync = 0;
};

// Every write is a record of the same size with one index row and a log row.
StoreResult RunStore(int writers, absl::Duration time) {
  const testing::TempDir dir;
  RocksDbOptions options;
  options.folder = absl::StrCat(dir.path(), "/store");
  auto store = *Store::Open(*OpenRocksDbEngine(options));
  const Table<Text> notes(
      {.number = 1, .name = "note", .terms = [](const Text&) {
         return std::vector<std::string>{"expires 20270101"};
       }});
  Text note;
  note.set_value(std::string(kValueBytes, 'v'));
  std::atomic<uint64_t> syncs = 0;
  const Store::Subscription subscription =
      store->Subscribe([&syncs](uint64_t) { ++syncs; });
  StoreResult result;
  result.rate = Rate(writers, time, [&](const std::string& id) {
    return store
        ->CommitAndWait(
            [&](Transaction& txn) { return notes.Put(txn, id, note).status(); })
        .ok();
  });
  result.writes_per_sync = static_cast<double>((*store->Read())->revision()) /
                           static_cast<double>(syncs);
  return result;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Many short rounds of both in turn, since a shared disk changes its speed.
void Compare(int writers, absl::Duration time) {
  std::vector<double> raw, store, ratio, writes_per_sync;
  for (int round = 0; round < kRounds; ++round) {
    raw.push_back(RawRate(writers, time));
    const StoreResult result = RunStore(writers, time);
    store.push_back(result.rate);
    ratio.push_back(result.rate / raw.back());
    writes_per_sync.push_back(result.writes_per_sync);
  }
  std::printf("%7d %12.0f %12.0f %8.2f %12.1f\n", writers, Median(raw),
              Median(store), Median(ratio), Median(writes_per_sync));
}

}  // namespace
}  // namespace heimweg::storage

int main(int argc, char** argv) {
  const absl::Duration time =
      absl::Seconds(argc > 1 ? std::atof(argv[1]) : 0.5);
  std::printf("%7s %12s %12s %8s %12s\n", "writers", "RocksDB/s", "store/s",
              "ratio", "writes/sync");
  heimweg::storage::Compare(1, time);
  heimweg::storage::Compare(64, time);
  return 0;
}
