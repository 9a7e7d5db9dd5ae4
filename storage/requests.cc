#include "storage/requests.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/digest.h"
#include "storage/keys.h"

namespace heimweg::storage {
namespace {

// Value of a remembered request: <unix milliseconds of expiry:8> <body:32>
// <result>
constexpr size_t kExpiryBytes = sizeof(uint64_t);
constexpr size_t kBodyDigestBytes = 32;
constexpr size_t kResultOffset = kExpiryBytes + kBodyDigestBytes;

// More than one for each one remembered, so that the expired ones run out.
constexpr size_t kPruneStep = 4;

struct Remembered {
  int64_t expiry_millis = 0;
  std::string body;
  std::string result;
};

// Each part with its length, so that no two requests run together.
std::string DigestOf(const RequestId& request) {
  std::string parts;
  for (const absl::string_view part :
       {request.caller, request.method, request.id}) {
    absl::StrAppend(&parts, FixedBytes(part.size()), part);
  }
  return Sha256(parts);
}

// Salted with the request's digest: equal bodies of two requests differ here.
std::string BodyDigest(absl::string_view digest, const RequestId& request) {
  return Sha256(absl::StrCat(digest, Sha256(request.body)));
}

absl::StatusOr<std::optional<Remembered>> Read(const Reader& reader,
                                               absl::string_view digest) {
  auto value = reader.Get(RequestKey(digest));
  if (!value.ok()) return value.status();
  if (!value->has_value()) return std::nullopt;
  if ((*value)->size() < kResultOffset) {
    return absl::DataLossError("a remembered request is damaged");
  }
  Remembered remembered;
  remembered.expiry_millis =
      static_cast<int64_t>(*ParseFixedBytes((*value)->substr(0, kExpiryBytes)));
  remembered.body = (*value)->substr(kExpiryBytes, kBodyDigestBytes);
  remembered.result = (*value)->substr(kResultOffset);
  return remembered;
}

// Everything before this expiry row is gone already: a scan from there does not
// walk over the erased ones.
std::string PrunedKey() { return MetaKey("requests_pruned"); }

absl::Status PruneExpired(Transaction& txn) {
  KeyRange range = RequestExpiryRange(absl::ToUnixMillis(txn.now()));
  auto pruned = txn.Get(PrunedKey());
  if (!pruned.ok()) return pruned.status();
  if (pruned->has_value()) range.begin = **pruned;
  if (!(range.begin < range.end)) return absl::OkStatus();
  std::vector<std::string> expired;
  absl::Status status =
      txn.Scan(range.begin, range.end,
               [&expired](absl::string_view key, absl::string_view) {
                 expired.emplace_back(key);
                 return expired.size() < kPruneStep;
               });
  if (!status.ok() || expired.empty()) return status;
  for (const std::string& key : expired) {
    std::optional<RequestExpiry> expiry = ParseRequestExpiryKey(key);
    if (expiry.has_value()) txn.Erase(RequestKey(expiry->digest));
    txn.Erase(key);
  }
  txn.Put(PrunedKey(), expired.back());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<std::string>> RequestLog::Find(
    const Transaction& txn, const RequestId& request) const {
  const std::string digest = DigestOf(request);
  absl::StatusOr<std::optional<Remembered>> remembered = Read(txn, digest);
  if (!remembered.ok()) return remembered.status();
  if (!remembered->has_value() ||
      (*remembered)->expiry_millis <= absl::ToUnixMillis(txn.now())) {
    return std::nullopt;
  }
  if ((*remembered)->body != BodyDigest(digest, request)) {
    return absl::InvalidArgumentError(
        "request_id: was used before with a different request; take a new one");
  }
  return std::optional<std::string>((*remembered)->result);
}

absl::Status RequestLog::Remember(Transaction& txn, const RequestId& request,
                                  absl::string_view result) const {
  if (absl::Status status = PruneExpired(txn); !status.ok()) return status;
  const std::string digest = DigestOf(request);
  absl::StatusOr<std::optional<Remembered>> old = Read(txn, digest);
  if (!old.ok()) return old.status();
  if (old->has_value()) {
    txn.Erase(RequestExpiryKey((*old)->expiry_millis, digest));
  }
  const int64_t expiry_millis = absl::ToUnixMillis(txn.now() + keep_);
  txn.Put(RequestKey(digest),
          absl::StrCat(FixedBytes(static_cast<uint64_t>(expiry_millis)),
                       BodyDigest(digest, request), result));
  txn.Put(RequestExpiryKey(expiry_millis, digest), "");
  return absl::OkStatus();
}

}  // namespace heimweg::storage
