// Text of any usual encoding as UTF-8.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_UTF8_SOURCE_H_
#define HEIMWEG_CLIENTS_IMPORTERS_UTF8_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/importers/byte_source.h"

struct UConverter;

namespace heimweg::importers {

// Reads bytes in some encoding and gives valid UTF-8 without a byte order mark.
// Bytes that the encoding does not have are INVALID_ARGUMENT with their
// position, never replaced. (XML needs none of this: XmlReader decodes.)
//
// Thread-compatible.
class Utf8Source : public ByteSource {
 public:
  // A byte order mark decides, else `encoding` (an ICU name: "ISO-8859-1",
  // "windows-1252", "UTF-16"), else UTF-8. INVALID_ARGUMENT if ICU does not
  // know the encoding. `bytes` outlives this.
  static absl::StatusOr<std::unique_ptr<Utf8Source>> Open(
      ByteSource& bytes, absl::string_view encoding);

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  struct Close {
    void operator()(UConverter* converter) const;
  };
  using Converter = std::unique_ptr<UConverter, Close>;

  // Null decoder: UTF-8.
  Utf8Source(ByteSource& bytes, std::string encoding, Converter decoder);
  absl::Status Start();
  // Decodes the next block into text_; leaves it empty at the end.
  absl::Status Fill();
  absl::Status Decode();
  absl::Status CheckUtf8();
  absl::Status Wrong(size_t offset) const;

  PeekSource bytes_;
  std::string encoding_;
  Converter decoder_;
  std::string pending_;   // read, not decoded
  int64_t position_ = 0;  // of pending_ in the file
  std::string text_;
  size_t given_ = 0;  // of text_
  bool ended_ = false;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_UTF8_SOURCE_H_
