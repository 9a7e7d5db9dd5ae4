#include "services/matching/shard.h"

#include <openssl/sha.h>

#include <array>

namespace heimweg::matching {

int64_t ShardOf(absl::string_view name, int64_t count) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(name.data()), name.size(),
         digest.data());
  uint64_t first = 0;
  for (size_t i = 0; i < sizeof first; ++i) first = first << 8 | digest[i];
  return static_cast<int64_t>((first >> 4) % static_cast<uint64_t>(count)) + 1;
}

}  // namespace heimweg::matching
