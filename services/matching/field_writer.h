// FieldWriter: writes the fields of a message as the bytes that Protocol
// Buffers would serialize, without the message. An answer of hundreds of small
// messages then costs little more than its bytes. Who calls it in the order of
// the field numbers gets, byte for byte, what the message serializes to.
#ifndef HEIMWEG_SERVICES_MATCHING_FIELD_WRITER_H_
#define HEIMWEG_SERVICES_MATCHING_FIELD_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"

namespace heimweg::matching {

// `field` is the number of a field that the called function suits. Texts are
// UTF-8. Thread-compatible.
class FieldWriter {
 public:
  // `expected_bytes` is a guess: more may be written.
  explicit FieldWriter(size_t expected_bytes = kUsualBytes)
      : buffer_(expected_bytes, '\0') {}

  // Fields without presence: nothing is written for an empty text or 0.
  // Numbers are int32, int64, bool and enums.
  void Text(int field, absl::string_view text) {
    if (!text.empty()) WriteText(field, text);
  }
  void Number(int field, int64_t number) {
    if (number != 0) WriteNumber(field, number);
  }

  // Fields with presence: written whatever the value is.
  void WriteNumber(int field, int64_t number);
  void WriteDouble(int field, double number);

  // A message field, or one more of a repeated one; write() writes its fields.
  template <typename Write>
  void Message(int field, Write write) {
    const size_t begin = OpenMessage(field);
    write();
    CloseMessage(begin);
  }

  // Fields that are bytes already, and those of a message.
  void Fields(absl::string_view bytes);
  void FieldsOf(const google::protobuf::MessageLite& message);

  // What was written so far; valid until the next call.
  absl::string_view bytes() const { return {buffer_.data(), used_}; }
  // The same to be put in another order; of as many bytes.
  char* MutableBytes() { return buffer_.data(); }

  // All of it; the writer is then not used any more.
  std::string Take() {
    buffer_.resize(used_);
    return std::move(buffer_);
  }

 private:
  static constexpr size_t kUsualBytes = 512;

  void WriteText(int field, absl::string_view text);
  // Where the message's length belongs; one byte is kept for it.
  size_t OpenMessage(int field);
  void CloseMessage(size_t length_at);
  // Space behind what was written.
  uint8_t* Room(size_t bytes) {
    if (buffer_.size() - used_ < bytes) Grow(bytes);
    return Begin() + used_;
  }
  void Grow(size_t bytes);
  uint8_t* Begin() { return reinterpret_cast<uint8_t*>(buffer_.data()); }
  void EndAt(const uint8_t* end) { used_ = static_cast<size_t>(end - Begin()); }

  std::string buffer_;  // longer than what was written
  size_t used_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FIELD_WRITER_H_
