#include "storage/rocksdb_options.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "rocksdb/cache.h"
#include "rocksdb/convenience.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "rocksdb/utilities/table_properties_collectors.h"
#include "storage/keys.h"

namespace heimweg::storage {
namespace {

constexpr size_t kMiB = 1 << 20;
constexpr uint64_t kWeekSeconds = 604'800;

// Filters know what a search of the index is for, so that one that finds
// nothing, as for most rows of an import, reads no file.
class SearchPrefix : public rocksdb::SliceTransform {
 public:
  // Files say by which one their filters were made: another rule needs another
  // name.
  const char* Name() const override { return "heimweg.SearchPrefix.1"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), SearchPrefixBytes({key.data(), key.size()})};
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return SearchPrefixBytes({key.data(), key.size()}) > 0;
  }
};

rocksdb::BlockBasedTableOptions TableOptions(size_t block_cache_bytes) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(block_cache_bytes);
  // Index and filter blocks count against the cache: memory has one bound.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  // In parts of a few KiB: a whole index of a large file is more than a shard
  // of the cache holds, and was read and unpacked again by every scan.
  table.index_type =
      rocksdb::BlockBasedTableOptions::IndexType::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.pin_top_level_index_and_filter = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  return table;
}

bool HasLz4() {
  const std::vector<rocksdb::CompressionType> supported =
      rocksdb::GetSupportedCompressions();
  return std::find(supported.begin(), supported.end(),
                   rocksdb::kLZ4Compression) != supported.end();
}

// What protects the bytes that were acknowledged.
void SetSafety(rocksdb::Options& options) {
  // The default mode opens after a damaged log record and drops all that
  // follows it without a word. This one refuses, but for a torn last record.
  options.wal_recovery_mode =
      rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.recycle_log_file_num = 0;  // That mode is only sound without.
  options.paranoid_checks = true;
  // Reports logs as missing after SyncWAL in RocksDB 7.8 (fixed in 7.10).
  options.track_and_verify_wals_in_manifest = false;
}

// What bounds files, and how long erased bytes may stay in them.
void SetFileLimits(rocksdb::Options& options) {
  options.max_total_wal_size = 64 * kMiB;
  options.WAL_ttl_seconds = 0;  // No archive of old logs.
  options.max_manifest_file_size = kMiB;
  options.max_log_file_size = kMiB;
  options.keep_log_file_num = 3;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.stats_dump_period_sec = 0;
  options.periodic_compaction_seconds = kWeekSeconds;
  // The change log is erased at one end: without this, scans walk over its
  // tombstones until an ordinary compaction comes by.
  options.table_properties_collector_factories.push_back(
      rocksdb::NewCompactOnDeletionCollectorFactory(
          /*sliding_window_size=*/10'000, /*deletion_trigger=*/5'000));
}

}  // namespace

rocksdb::Options DatabaseOptions(size_t block_cache_bytes,
                                 size_t write_buffer_bytes) {
  rocksdb::Options options;
  SetSafety(options);
  SetFileLimits(options);
  options.write_buffer_size = write_buffer_bytes;
  options.max_open_files = -1;
  // Writes come sorted in batches: one goes in behind the last of its table,
  // kind of row and kind of term (keys.h) instead of being searched for.
  constexpr size_t kHintBytes = 7;
  options.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(kHintBytes));
  options.prefix_extractor = std::make_shared<SearchPrefix>();
  // Some 20 bits for each index row that a full write buffer holds.
  options.memtable_prefix_bloom_size_ratio = 0.02;
  options.max_background_jobs = 2;
  options.level_compaction_dynamic_level_bytes = true;
  options.avoid_unnecessary_blocking_io = true;
  options.compression =
      HasLz4() ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  options.table_factory.reset(
      rocksdb::NewBlockBasedTableFactory(TableOptions(block_cache_bytes)));
  return options;
}

}  // namespace heimweg::storage
