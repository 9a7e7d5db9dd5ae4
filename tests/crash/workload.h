// Workload: edits on a store whose outcome is known in advance, and the check
// that the store holds exactly what some prefix of each writer's edits leaves.
#ifndef HEIMWEG_TESTS_CRASH_WORKLOAD_H_
#define HEIMWEG_TESTS_CRASH_WORKLOAD_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/wrappers.pb.h"
#include "storage/store.h"
#include "storage/table.h"

namespace heimweg::crash {

using Note = google::protobuf::StringValue;

// Three tables. Edit n of writer w writes note w/n into `items` and `copies`,
// erases the note of edit n - 50 from both, and sets the writer's row in
// `heads` to n; each writer does its edits one after the other from 1 on. A
// store is therefore described by one number for each writer. Thread-safe.
class Workload {
 public:
  Workload();

  // Edit `number` of `writer`.
  storage::Store::Edit MakeEdit(uint32_t writer, uint64_t number) const;

  // The last edit of `writer` that the store holds; 0 if none.
  absl::StatusOr<uint64_t> Head(const storage::Reader& reader,
                                uint32_t writer) const;

 private:
  friend class Account;

  const storage::Table<Note> items_;
  const storage::Table<Note> copies_;
  const storage::Table<Note> heads_;
};

// What the store has to hold, kept outside of it. Thread-compatible.
class Account {
 public:
  explicit Account(uint32_t writers) : heads_(writers, 0) {}

  uint32_t writers() const { return static_cast<uint32_t>(heads_.size()); }

  // Edit `number` of `writer` was acknowledged.
  void Acknowledge(uint32_t writer, uint64_t number);
  uint64_t acknowledged() const { return acknowledged_; }

  // OK if the store holds for each writer all acknowledged edits and at most
  // one more, nothing but them, with index rows and a gapless log that agree.
  // DATA_LOSS says what is missing or too much. When OK, what was found counts
  // as acknowledged.
  absl::Status Check(const Workload& workload, const storage::Reader& reader);

 private:
  // The last change of a record as the log tells it.
  using Logged = std::map<std::pair<uint32_t, std::string>, storage::Change>;

  absl::Status CheckHeads(const Workload& workload,
                          const storage::Reader& reader);
  absl::Status CheckNotes(const storage::Table<Note>& table,
                          const storage::Reader& reader) const;
  absl::Status CheckIndex(const storage::Table<Note>& table,
                          const storage::Reader& reader) const;
  absl::Status ReplayLog(const storage::Reader& reader);
  absl::Status CheckLogged(const storage::Table<Note>& table,
                           const storage::Reader& reader) const;

  std::vector<uint64_t> heads_;
  uint64_t acknowledged_ = 0;
  uint64_t replayed_ = 0;  // Revision up to which logged_ is.
  Logged logged_;
};

}  // namespace heimweg::crash

#endif  // HEIMWEG_TESTS_CRASH_WORKLOAD_H_
