// How a store uses RocksDB: the settings, each with its reason.
#ifndef HEIMWEG_STORAGE_ROCKSDB_OPTIONS_H_
#define HEIMWEG_STORAGE_ROCKSDB_OPTIONS_H_

#include <cstddef>

#include "rocksdb/options.h"

namespace heimweg::storage {

// `env` and the listeners are left to the caller.
rocksdb::Options DatabaseOptions(size_t block_cache_bytes,
                                 size_t write_buffer_bytes);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ROCKSDB_OPTIONS_H_
