// The rows of an import: JSON lines from files, in batches that the service
// takes. Not the import itself.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_INPUT_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_INPUT_H_

#include <cstdint>
#include <fstream>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/streams.h"

namespace heimweg::cli {

// Where a row came from.
struct RowOrigin {
  std::string file;
  int64_t line = 0;  // from 1
  std::string text;  // as it was read, without the line end
};

struct ImportBatch {
  std::vector<MessagePtr> rows;
  std::vector<RowOrigin> origins;  // one for each row
};

// Reads files one after the other, a batch at a time, so that memory does not
// grow with them. Empty lines are skipped. A line of the form {"row": {...},
// "violations": ...}, as a rejects file has it, stands for its row.
//
// Thread-compatible.
class ImportInput {
 public:
  // A batch has at most this many rows and bytes in protobuf's binary form; a
  // line may be as long as kMostLineBytes.
  static constexpr int kMostRows = 256;
  static constexpr size_t kMostBytes = (1 << 20) - (4 << 10);
  static constexpr size_t kMostLineBytes = 4 << 20;

  using NewRow = std::function<MessagePtr()>;
  using Reject = std::function<void(const RowOrigin&, const absl::Status&)>;

  // "-" among `files` is `in`, which outlives this. Rows without a `source` get
  // `source`. `reject` is told of lines that are no row.
  ImportInput(std::vector<std::string> files, std::istream& in,
              std::string source, NewRow new_row, Reject reject);

  // The next batch; no rows at the end. UNKNOWN if a file cannot be read.
  absl::StatusOr<ImportBatch> Next();

 private:
  // Reads the next line that is not empty; false at the end of the last file.
  absl::StatusOr<bool> NextLine(RowOrigin& origin, bool& too_long);
  absl::Status OpenNextFile();
  // The row, or null if the line was rejected.
  MessagePtr ParseRow(const RowOrigin& origin, bool too_long);

  const std::vector<std::string> files_;
  std::istream& standard_in_;
  const std::string source_;
  const NewRow new_row_;
  const Reject reject_;
  size_t next_file_ = 0;
  std::ifstream file_;
  std::istream* current_ = nullptr;
  int64_t line_ = 0;
  // Read, but too large for the batch before.
  MessagePtr held_row_;
  RowOrigin held_origin_;
};

// Reads up to the next line end, which is dropped with a carriage return before
// it. Keeps at most `most` bytes and sets too_long if there were more. False at
// the end.
bool ReadLine(std::istream& in, size_t most, std::string& line, bool& too_long);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_INPUT_H_
