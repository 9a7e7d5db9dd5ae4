// Where a server listens: host:port or unix:path, looked at before gRPC does.
#ifndef HEIMWEG_SERVICES_SERVER_ADDRESS_H_
#define HEIMWEG_SERVICES_SERVER_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::server {

struct Address {
  std::string host;  // Without brackets; empty for a unix socket.
  int port = 0;      // 0: any free one.
  std::string path;  // Of a unix socket; else empty.

  bool is_unix() const { return !path.empty(); }

  // Reachable from this machine only.
  bool is_local() const;

  // As gRPC takes it.
  std::string ToString() const;
};

// INVALID_ARGUMENT unless `text` is host:port, [v6]:port or unix:path.
absl::StatusOr<Address> ParseAddress(absl::string_view text);

// Why nobody can listen on `address` now, by trying; OK if one can.
absl::Status TryToBind(const Address& address);

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_ADDRESS_H_
