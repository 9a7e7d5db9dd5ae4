// The change log of a store: which record changed at which revision. It says
// that a record changed, never what it held, so that erased personal data does
// not live on in it. Watchers resume from it.
#ifndef HEIMWEG_STORAGE_CHANGE_LOG_H_
#define HEIMWEG_STORAGE_CHANGE_LOG_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/engine.h"
#include "storage/transaction.h"

namespace heimweg::storage {

struct Change {
  uint64_t revision = 0;
  uint32_t table = 0;  // Table::number().
  std::string id;
  bool erased = false;
  absl::Time time;  // Of the commit, in whole milliseconds.

  bool operator==(const Change&) const = default;
};

// A row is dropped when it is older than `age` or when more than `count`
// younger revisions were taken.
struct LogRetention {
  absl::Duration age = absl::Hours(7 * 24);
  uint64_t count = 10'000'000;
};

// The changes in (after_revision, reader.revision()] in order, at most `limit`
// of them (0: all); a record that changed twice is there twice. Fewer than
// `limit` means that these are all.
// OUT_OF_RANGE: the log does not reach back to `after_revision` any more, or it
// lies ahead of the store (a token of another one); read the tables instead and
// resume from reader.revision().
absl::StatusOr<std::vector<Change>> Changes(const Reader& reader,
                                            uint64_t after_revision,
                                            size_t limit);

// The value of a log row.
std::string EncodeChange(uint32_t table, absl::string_view id, bool erased,
                         absl::Time time);
absl::StatusOr<Change> ParseChange(uint64_t revision, absl::string_view value);

// Drops rows that `retention` does not keep, at most `limit` of them, the
// oldest first.
absl::Status TrimLog(Transaction& txn, const LogRetention& retention,
                     size_t limit);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_CHANGE_LOG_H_
