// Transaction: what an edit sees and writes (Store::Commit). It reads the
// state that all earlier edits left, its own writes included, and its writes
// count only if the edit returns OK.
#ifndef HEIMWEG_STORAGE_TRANSACTION_H_
#define HEIMWEG_STORAGE_TRANSACTION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/engine.h"

namespace heimweg::storage {

// Writes laid over a reader; reads see them merged. Thread-compatible: one
// writer, or any number of readers.
class Overlay : public Reader {
 public:
  // Searched by absl::string_view, too.
  struct Less {
    using is_transparent = void;
    bool operator()(absl::string_view a, absl::string_view b) const {
      return a < b;
    }
  };
  using Writes = std::map<std::string, std::optional<std::string>, Less>;

  // `below` must outlive the overlay.
  explicit Overlay(const Reader& below);

  uint64_t revision() const override { return revision_; }
  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const override;
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      absl::Span<const std::string> keys) const override;
  // `visit` must not write to the overlay.
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    Visitor visit) const override;

  void Set(absl::string_view key, std::optional<std::string> value);
  void set_revision(uint64_t revision) { revision_ = revision; }

  // Takes over the writes and the revision of an overlay that lies on this one.
  void Absorb(Overlay&& upper);

  const Writes& writes() const { return writes_; }
  std::vector<Write> TakeWrites() &&;  // In key order.
  size_t bytes() const { return bytes_; }

 private:
  const Reader& below_;
  uint64_t revision_;
  Writes writes_;
  size_t bytes_ = 0;
};

// Thread-compatible; used on the store's commit thread, for one edit.
// Tables (table.h) and RequestLog (requests.h) are the ways to write; what has
// to be durable but is no record may use Put and Erase with a MetaKey.
class Transaction : public Overlay {
 public:
  // `now` is the time of the commit.
  Transaction(const Reader& below, absl::Time now)
      : Overlay(below), now_(now) {}

  absl::Time now() const { return now_; }

  // Keys from keys.h.
  void Put(absl::string_view key, std::string value);
  void Erase(absl::string_view key);

  // Takes the next revision, for one changed record. Revisions have no gaps.
  // revision() is the last one taken.
  uint64_t NextRevision();

  // NextRevision, and the row of the change log that says which record
  // changed. The log never holds the record itself.
  uint64_t Log(uint32_t table, absl::string_view id, bool erased);

 private:
  const absl::Time now_;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_TRANSACTION_H_
