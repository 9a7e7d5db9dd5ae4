// SHA-256: digests that are the same on every machine and in every release.
#ifndef HEIMWEG_STORAGE_DIGEST_H_
#define HEIMWEG_STORAGE_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::storage {

// 32 bytes.
std::string Sha256(absl::string_view bytes);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_DIGEST_H_
