// Links in an e-mail that act without a log-in: what to do, signed, so that
// nobody can make one up for another household.
#ifndef HEIMWEG_CLIENTS_DIGEST_LINK_TOKEN_H_
#define HEIMWEG_CLIENTS_DIGEST_LINK_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::digest {

// What a click does.
struct LinkAction {
  enum class Verb { kUnsubscribe, kDismiss };
  Verb verb = Verb::kUnsubscribe;
  // profiles/{profile}.
  std::string profile;
  // kUnsubscribe: the network, networks/{network}, that no longer writes.
  // kDismiss: name of the offer.
  std::string object;
};

// The key of an installation: 32 random bytes. Thread-compatible.
class LinkKey {
 public:
  // Reads the key's file, or makes one that only its owner may read.
  // FAILED_PRECONDITION if the file is something else or others may read it.
  static absl::StatusOr<LinkKey> Open(const std::string& path);

  // base64url(text) "." base64url(HMAC-SHA256(key, text)), RFC 4648 without
  // padding; safe in a URL. It does not expire: a reader may unsubscribe by an
  // old mail.
  std::string Sign(const LinkAction& action) const;

  // PERMISSION_DENIED if this key did not sign it.
  absl::StatusOr<LinkAction> Verify(absl::string_view token) const;

 private:
  explicit LinkKey(std::string key) : key_(std::move(key)) {}

  std::string Mac(absl::string_view text) const;

  std::string key_;
};

}  // namespace heimweg::digest

#endif  // HEIMWEG_CLIENTS_DIGEST_LINK_TOKEN_H_
