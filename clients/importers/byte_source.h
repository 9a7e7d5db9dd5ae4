// Bytes of a file, a part at a time, so that memory does not grow with it.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_BYTE_SOURCE_H_
#define HEIMWEG_CLIENTS_IMPORTERS_BYTE_SOURCE_H_

#include <cstdint>
#include <fstream>
#include <istream>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::importers {

// Thread-compatible.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Puts at most `size` (above 0) bytes into `buffer`; 0 is the end, and only
  // the end. UNKNOWN if it cannot be read.
  virtual absl::StatusOr<size_t> Read(char* buffer, size_t size) = 0;
};

// Why `path` cannot be read, in a line that ends with what was `expected` ("a
// CSV file"): NOT_FOUND if nothing is there, INVALID_ARGUMENT if it is a
// folder, PERMISSION_DENIED if its permissions forbid it, else UNKNOWN.
absl::Status CannotRead(const std::string& path, absl::string_view expected);

// A file, or a stream that is already open.
class FileSource : public ByteSource {
 public:
  // As CannotRead if `path` cannot be read.
  static absl::StatusOr<std::unique_ptr<FileSource>> Open(
      const std::string& path, absl::string_view expected);
  // The stream outlives the source; `name` is for errors.
  FileSource(std::istream& in, absl::string_view name);

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  std::ifstream file_;
  std::istream* in_;
  const std::string name_;
};

// Text in memory, which outlives the source.
class StringSource : public ByteSource {
 public:
  explicit StringSource(absl::string_view text) : rest_(text) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  absl::string_view rest_;
};

// Another source, whose first bytes can be looked at before they are read.
class PeekSource : public ByteSource {
 public:
  // `source` outlives this.
  explicit PeekSource(ByteSource& source) : source_(source) {}

  // The first bytes, `size` of them unless the source is shorter; to be called
  // before the first Read. Valid until then.
  absl::StatusOr<absl::string_view> Peek(size_t size);
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;
  // Bytes that were read so far.
  int64_t position() const { return position_; }

 private:
  ByteSource& source_;
  std::string head_;
  size_t given_ = 0;  // of head_
  int64_t position_ = 0;
};

// All of a source. RESOURCE_EXHAUSTED above `most` bytes.
absl::StatusOr<std::string> ReadAll(ByteSource& source, size_t most);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_BYTE_SOURCE_H_
