// Tokens: where a client goes on reading, as an opaque text. They are checked
// against damage, not against forgery: a position gives no right to anything.
//
//   token := base64url( <kind:1> { <length:1> <bytes> } <checksum:8> )
//   page  := kind 'p', digest of the query, key of the last row looked at
//   watch := kind 'w', digest of store and scope, revision,
//            's' <last key> or 'c'
#ifndef HEIMWEG_SERVICES_FEEDS_TOKEN_H_
#define HEIMWEG_SERVICES_FEEDS_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::feeds {

// `query` is everything else that was asked for. The position is a key of at
// most 254 bytes.
std::string PageToken(absl::string_view query, absl::string_view after_key);

// The position; nullopt if `token` is no page token of this query.
std::optional<std::string> ParsePageToken(absl::string_view query,
                                          absl::string_view token);

// How far the receiver of a watch is.
struct WatchPosition {
  // All changes up to here are known, unless a snapshot is under way: then
  // what was sent of it is at least as new.
  uint64_t revision = 0;
  // The last key of the snapshot that was sent; nullopt: no snapshot is under
  // way.
  std::optional<std::string> snapshot_after;

  bool operator==(const WatchPosition&) const = default;
};

// `scope` is what is watched of the store, e.g. a network.
std::string WatchToken(absl::string_view store_id, absl::string_view scope,
                       const WatchPosition& position);

// nullopt if `token` is no watch token of this store and scope.
std::optional<WatchPosition> ParseWatchToken(absl::string_view store_id,
                                             absl::string_view scope,
                                             absl::string_view token);

}  // namespace heimweg::feeds

#endif  // HEIMWEG_SERVICES_FEEDS_TOKEN_H_
