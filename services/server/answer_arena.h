// The arena of an answer of many small messages. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_ANSWER_ARENA_H_
#define HEIMWEG_SERVICES_SERVER_ANSWER_ARENA_H_

#include <cstddef>

#include "google/protobuf/arena.h"

namespace heimweg::server {

// Most answers fit into its first block.
inline google::protobuf::ArenaOptions ArenaOptionsOfAnswers() {
  constexpr size_t kBlockBytes = size_t{64} << 10;
  google::protobuf::ArenaOptions options;
  options.start_block_size = kBlockBytes;
  options.max_block_size = kBlockBytes;
  return options;
}

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_ANSWER_ARENA_H_
