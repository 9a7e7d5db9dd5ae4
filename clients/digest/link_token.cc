#include "clients/digest/link_token.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heimweg::digest {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr char kTokenVersion[] = "1";

absl::Status NotAKey(const std::string& path, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat(path,
                   ": expected a key file of 32 bytes that only its "
                   "owner may read: ",
                   why));
}

absl::StatusOr<std::string> ReadKey(const std::string& path, int file) {
  struct stat about;
  if (fstat(file, &about) != 0) return NotAKey(path, std::strerror(errno));
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return NotAKey(path, "others may read it; chmod 600 it");
  }
  std::string key(kKeyBytes + 1, '\0');
  const ssize_t got = read(file, key.data(), key.size());
  if (got != static_cast<ssize_t>(kKeyBytes)) {
    return NotAKey(path, "its size is another");
  }
  key.resize(kKeyBytes);
  return key;
}

absl::StatusOr<std::string> MakeKey(const std::string& path) {
  std::string key(kKeyBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), kKeyBytes) !=
      1) {
    return absl::InternalError("no random bytes");
  }
  // Under another name first, so that a crash leaves no half of a key.
  const std::string fresh = absl::StrCat(path, ".new");
  const int file =
      open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return NotAKey(path, std::strerror(errno));
  const bool written =
      write(file, key.data(), kKeyBytes) == static_cast<ssize_t>(kKeyBytes) &&
      fsync(file) == 0;
  close(file);
  // link() and not rename(): the key of another run that was first stays.
  const bool placed = written && link(fresh.c_str(), path.c_str()) == 0;
  const int error = errno;
  unlink(fresh.c_str());
  if (!placed) return NotAKey(path, std::strerror(error));
  return key;
}

absl::string_view VerbName(LinkAction::Verb verb) {
  return verb == LinkAction::Verb::kUnsubscribe ? "unsubscribe" : "dismiss";
}

}  // namespace

absl::StatusOr<LinkKey> LinkKey::Open(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno != ENOENT) return NotAKey(path, std::strerror(errno));
  absl::StatusOr<std::string> key;
  if (file < 0) {
    key = MakeKey(path);
  } else {
    key = ReadKey(path, file);
    close(file);
  }
  if (!key.ok()) return key.status();
  return LinkKey(*std::move(key));
}

std::string LinkKey::Mac(absl::string_view text) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       mac.data(), &size);
  return std::string(reinterpret_cast<const char*>(mac.data()), size);
}

std::string LinkKey::Sign(const LinkAction& action) const {
  // Resource names hold no blanks.
  const std::string text =
      absl::StrCat(kTokenVersion, " ", VerbName(action.verb), " ",
                   action.profile, " ", action.object);
  return absl::StrCat(absl::WebSafeBase64Escape(text), ".",
                      absl::WebSafeBase64Escape(Mac(text)));
}

absl::StatusOr<LinkAction> LinkKey::Verify(absl::string_view token) const {
  const absl::Status denied =
      absl::PermissionDeniedError("this link was not made here");
  const std::vector<absl::string_view> halves = absl::StrSplit(token, '.');
  std::string text;
  std::string mac;
  if (halves.size() != 2 || !absl::WebSafeBase64Unescape(halves[0], &text) ||
      !absl::WebSafeBase64Unescape(halves[1], &mac)) {
    return denied;
  }
  const std::string expected = Mac(text);
  if (mac.size() != expected.size() ||
      CRYPTO_memcmp(mac.data(), expected.data(), mac.size()) != 0) {
    return denied;
  }
  const std::vector<std::string> words = absl::StrSplit(text, ' ');
  if (words.size() != 4 || words[0] != kTokenVersion) return denied;
  LinkAction action;
  if (words[1] == VerbName(LinkAction::Verb::kDismiss)) {
    action.verb = LinkAction::Verb::kDismiss;
  } else if (words[1] != VerbName(LinkAction::Verb::kUnsubscribe)) {
    return denied;
  }
  action.profile = words[2];
  action.object = words[3];
  return action;
}

}  // namespace heimweg::digest
