#include "services/matching/field_writer.h"

#include <algorithm>
#include <cstring>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace heimweg::matching {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;

// The longest tag and length, or tag and number.
constexpr size_t kMostHeadBytes = 16;
constexpr size_t kShortLength = 0x80;  // from here a length takes two bytes

}  // namespace

void FieldWriter::WriteNumber(int field, int64_t number) {
  EndAt(WireFormatLite::WriteInt64ToArray(field, number, Room(kMostHeadBytes)));
}

void FieldWriter::WriteDouble(int field, double number) {
  EndAt(
      WireFormatLite::WriteDoubleToArray(field, number, Room(kMostHeadBytes)));
}

void FieldWriter::WriteText(int field, absl::string_view text) {
  uint8_t* at = Room(kMostHeadBytes + text.size());
  at = WireFormatLite::WriteTagToArray(
      field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED, at);
  at = CodedOutputStream::WriteVarint32ToArray(
      static_cast<uint32_t>(text.size()), at);
  std::memcpy(at, text.data(), text.size());
  EndAt(at + text.size());
}

void FieldWriter::Fields(absl::string_view bytes) {
  if (bytes.empty()) return;
  std::memcpy(Room(bytes.size()), bytes.data(), bytes.size());
  used_ += bytes.size();
}

void FieldWriter::FieldsOf(const google::protobuf::MessageLite& message) {
  const size_t size = message.ByteSizeLong();
  message.SerializeWithCachedSizesToArray(Room(size));
  used_ += size;
}

size_t FieldWriter::OpenMessage(int field) {
  EndAt(WireFormatLite::WriteTagToArray(
      field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED, Room(kMostHeadBytes)));
  return used_++;
}

void FieldWriter::CloseMessage(size_t length_at) {
  const size_t size = used_ - length_at - 1;
  if (size < kShortLength) {
    Begin()[length_at] = static_cast<uint8_t>(size);
    return;
  }
  const size_t more =
      CodedOutputStream::VarintSize32(static_cast<uint32_t>(size)) - 1;
  Room(more);
  uint8_t* const length = Begin() + length_at;
  std::memmove(length + 1 + more, length + 1, size);
  CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(size), length);
  used_ += more;
}

void FieldWriter::Grow(size_t bytes) {
  buffer_.resize(std::max(2 * buffer_.size(), used_ + bytes));
}

}  // namespace heimweg::matching
