// Tokens of MatchService: where a client goes on reading, as an opaque text,
// checked against damage and against use for something else.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_TOKEN_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_TOKEN_H_

#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/digest.h"

namespace heimweg::matching {

inline constexpr size_t kTokenDigestBytes = 8;

// `purpose` is all that a token is for; `position` is any text.
inline std::string SealToken(absl::string_view purpose,
                             absl::string_view position) {
  const std::string digest =
      storage::Sha256(absl::StrCat(purpose.size(), "\n", purpose, position))
          .substr(0, kTokenDigestBytes);
  return absl::WebSafeBase64Escape(absl::StrCat(digest, position));
}

// The position; nullopt if `token` is none of this purpose.
inline std::optional<std::string> OpenToken(absl::string_view purpose,
                                            absl::string_view token) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < kTokenDigestBytes) {
    return std::nullopt;
  }
  std::string position = bytes.substr(kTokenDigestBytes);
  if (SealToken(purpose, position) != token) return std::nullopt;
  return position;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_TOKEN_H_
