// Lines of a source, however long they are.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_LINE_READER_H_
#define HEIMWEG_CLIENTS_IMPORTERS_LINE_READER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "clients/importers/byte_source.h"

namespace heimweg::importers {

// Thread-compatible.
class LineReader {
 public:
  // Keeps at most `most_bytes` of a line. `source` outlives this.
  LineReader(ByteSource& source, size_t most_bytes);

  // Reads up to the next line end, which is dropped with a carriage return
  // before it. False at the end; the source's errors.
  absl::StatusOr<bool> Next();

  // The line that was read, its number from 1, and whether it had more bytes
  // than are kept.
  const std::string& line() const { return line_; }
  int64_t number() const { return number_; }
  bool too_long() const { return too_long_; }

 private:
  ByteSource& source_;
  const size_t most_bytes_;
  std::string block_;
  size_t at_ = 0;
  size_t size_ = 0;
  std::string line_;
  int64_t number_ = 0;
  bool too_long_ = false;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_LINE_READER_H_
