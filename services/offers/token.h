// Tokens: where a client goes on reading, as an opaque text. They are checked
// against damage, not against forgery: a position gives no right to anything.
//
//   token := base64url( <kind:1> { <length:1> <bytes> } <checksum:8> )
//   page  := kind 'p', digest of the query, key of the last offer looked at
//   watch := kind 'w', store id, network, revision, 's' <last key> or 'c'
#ifndef HEIMWEG_SERVICES_OFFERS_TOKEN_H_
#define HEIMWEG_SERVICES_OFFERS_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::offers {

// `query` is everything else that was asked for. The position is a key
// (resource_name.h) of at most 127 bytes.
std::string PageToken(absl::string_view query, absl::string_view after_key);

// The position; nullopt if `token` is no page token of this query.
std::optional<std::string> ParsePageToken(absl::string_view query,
                                          absl::string_view token);

struct WatchPosition {
  // All changes up to here are known, unless a snapshot is under way: then
  // what was sent of it is at least as new.
  uint64_t revision = 0;
  // The last key of the snapshot that was sent; nullopt: no snapshot is under
  // way.
  std::optional<std::string> snapshot_after;

  bool operator==(const WatchPosition&) const = default;
};

std::string WatchToken(absl::string_view store_id, absl::string_view network,
                       const WatchPosition& position);

// nullopt if `token` is no watch token of this store and network.
std::optional<WatchPosition> ParseWatchToken(absl::string_view store_id,
                                             absl::string_view network,
                                             absl::string_view token);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_TOKEN_H_
