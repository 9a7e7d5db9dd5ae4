// Shards: parts of all profiles that several machines rank, each its own, by a
// hash of the name that is the same everywhere and for ever.
#ifndef HEIMWEG_SERVICES_MATCHING_SHARD_H_
#define HEIMWEG_SERVICES_MATCHING_SHARD_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace heimweg::matching {

inline constexpr int64_t kMostShards = 1'000'000;

// 1 to `count`: 1 + the first 60 bits of the name's SHA-256, modulo `count`,
// which is 1 or more.
int64_t ShardOf(absl::string_view name, int64_t count);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SHARD_H_
