// Writing many rankings: lines made in parallel, written in one order, to an
// output that says itself how far it is.
#ifndef HEIMWEG_CLIENTS_CLI_RANK_RUN_H_
#define HEIMWEG_CLIENTS_CLI_RANK_RUN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {

// One of `count` parts of all profiles, from 1: "2/8".
struct Shard {
  int64_t index = 1;
  int64_t count = 1;
};

// INVALID_ARGUMENT unless 1 <= index <= count <= 1,000,000.
absl::StatusOr<Shard> ParseShard(absl::string_view text);

// A file of lines that grows in one order. What it holds is the checkpoint: a
// line counts once it ends with a line feed. Thread-compatible.
class LineFile {
 public:
  LineFile() = default;
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;
  ~LineFile();

  // Opens or creates it and hands its whole lines to `line`, which says whether
  // the file may end after this one; what comes after the last such line is cut
  // off. UNKNOWN if that fails, FAILED_PRECONDITION if another process writes
  // it.
  absl::Status Open(
      const std::string& path,
      absl::FunctionRef<absl::StatusOr<bool>(absl::string_view)> line);
  // Writes through to the system; a kill loses nothing that was appended.
  absl::Status Append(absl::string_view line);
  // On the disk, so that a power cut loses nothing either.
  absl::Status Sync();

 private:
  std::string path_;
  int descriptor_ = -1;
};

// Where results come from: the next one, or nothing at the end.
using NextRanking = absl::FunctionRef<
    absl::StatusOr<std::optional<matching::v1::ProfileRanking>>()>;

// Makes a line of each result on `workers` threads, which call `next` one at a
// time, and hands the lines to `take` in the order of the results, on the
// calling thread. At most a few hundred wait. Ends at the first error of
// either, after what came before it; `stop` is called then, and makes `next`
// end.
absl::Status WriteInOrder(
    int workers, NextRanking next,
    absl::FunctionRef<std::string(const matching::v1::ProfileRanking&)> line,
    absl::FunctionRef<absl::Status(absl::string_view)> take,
    absl::FunctionRef<void()> stop);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_RANK_RUN_H_
