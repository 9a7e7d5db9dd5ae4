// Ranking many profiles at once: calls in parallel, results in one order, and
// an output that says itself how far it is.
#ifndef HEIMWEG_CLIENTS_CLI_RANK_RUN_H_
#define HEIMWEG_CLIENTS_CLI_RANK_RUN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::cli {

// One of `count` parts of all profiles, from 1: "2/8".
struct Shard {
  int64_t index = 1;
  int64_t count = 1;
};

// INVALID_ARGUMENT unless 1 <= index <= count <= 1,000,000.
absl::StatusOr<Shard> ParseShard(absl::string_view text);

// Whether a name belongs to the shard: the first 60 bits of its SHA-256, modulo
// the count, plus 1. The same on every machine and for every version.
bool InShard(absl::string_view name, const Shard& shard);

// A file of lines that grows in one order. What it holds is the checkpoint: a
// line counts once it ends with a line feed. Thread-compatible.
class LineFile {
 public:
  LineFile() = default;
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;
  ~LineFile();

  // Opens or creates it, cuts off a last line that is not whole, and hands the
  // others to `line`. UNKNOWN if that fails, FAILED_PRECONDITION if another
  // process writes it.
  absl::Status Open(const std::string& path,
                    absl::FunctionRef<absl::Status(absl::string_view)> line);
  // Writes through to the system; a kill loses nothing that was appended.
  absl::Status Append(absl::string_view line);
  // On the disk, so that a power cut loses nothing either.
  absl::Status Sync();

 private:
  std::string path_;
  int descriptor_ = -1;
};

// Computes a line for each name on `workers` threads and hands them to `take`
// in the order of the names, on the calling thread. At most a few hundred wait.
// Ends at the first error of either, in the order of the names.
absl::Status ComputeInOrder(
    const std::vector<std::string>& names, int workers,
    const std::function<absl::StatusOr<std::string>(const std::string&)>&
        compute,
    absl::FunctionRef<absl::Status(size_t, absl::string_view)> take);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_RANK_RUN_H_
