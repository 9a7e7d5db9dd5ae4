#include "services/feeds/token.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/digest.h"
#include "storage/keys.h"

namespace heimweg::feeds {
namespace {

constexpr size_t kChecksumSize = 8;
constexpr char kPage = 'p';
constexpr char kWatch = 'w';

std::string Checksum(absl::string_view bytes) {
  return storage::Sha256(bytes).substr(0, kChecksumSize);
}

std::string Seal(char kind, std::initializer_list<absl::string_view> parts) {
  std::string body(1, kind);
  for (const absl::string_view part : parts) {
    body.push_back(static_cast<char>(part.size()));
    absl::StrAppend(&body, part);
  }
  absl::StrAppend(&body, Checksum(body));
  return absl::WebSafeBase64Escape(body);
}

// The parts of a token of this kind; nullopt if it is damaged or none.
std::optional<std::vector<std::string>> Open(char kind,
                                             absl::string_view token) {
  std::string body;
  if (!absl::WebSafeBase64Unescape(token, &body) ||
      absl::WebSafeBase64Escape(body) != token ||
      body.size() < 1 + kChecksumSize || body[0] != kind) {
    return std::nullopt;
  }
  const std::string checksum = body.substr(body.size() - kChecksumSize);
  body.resize(body.size() - kChecksumSize);
  if (Checksum(body) != checksum) return std::nullopt;
  std::vector<std::string> parts;
  for (size_t at = 1; at < body.size();) {
    const size_t size = static_cast<unsigned char>(body[at]);
    if (body.size() - at - 1 < size) return std::nullopt;
    parts.push_back(body.substr(at + 1, size));
    at += 1 + size;
  }
  return parts;
}

std::string WatchDigest(absl::string_view store_id, absl::string_view scope) {
  return Checksum(absl::StrCat(store_id, "\n", scope));
}

}  // namespace

std::string PageToken(absl::string_view query, absl::string_view after_key) {
  return Seal(kPage, {Checksum(query), after_key});
}

std::optional<std::string> ParsePageToken(absl::string_view query,
                                          absl::string_view token) {
  const std::optional<std::vector<std::string>> parts = Open(kPage, token);
  if (!parts.has_value() || parts->size() != 2 ||
      parts->front() != Checksum(query)) {
    return std::nullopt;
  }
  return parts->back();
}

std::string WatchToken(absl::string_view store_id, absl::string_view scope,
                       const WatchPosition& position) {
  const std::string phase = position.snapshot_after.has_value()
                                ? absl::StrCat("s", *position.snapshot_after)
                                : "c";
  return Seal(kWatch, {WatchDigest(store_id, scope),
                       storage::FixedBytes(position.revision), phase});
}

std::optional<WatchPosition> ParseWatchToken(absl::string_view store_id,
                                             absl::string_view scope,
                                             absl::string_view token) {
  const std::optional<std::vector<std::string>> parts = Open(kWatch, token);
  if (!parts.has_value() || parts->size() != 3 ||
      (*parts)[0] != WatchDigest(store_id, scope)) {
    return std::nullopt;
  }
  const std::optional<uint64_t> revision =
      storage::ParseFixedBytes((*parts)[1]);
  const std::string& phase = (*parts)[2];
  if (!revision.has_value() || phase.empty()) return std::nullopt;
  WatchPosition position;
  position.revision = *revision;
  if (phase[0] == 's') position.snapshot_after = phase.substr(1);
  return position;
}

}  // namespace heimweg::feeds
