#include "clients/importers/utf8_source.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::importers {
namespace {

constexpr size_t kTextBlock = 64 << 10;

// Bytes of the valid UTF-8 that `text` begins with. `cut` is set if what
// follows may be valid once there is more.
size_t ValidPrefix(absl::string_view text, bool& cut) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int64_t>(text.size());
  int64_t i = 0;
  cut = false;
  while (i < size) {
    uint64_t eight;
    if (i + 8 <= size) {
      std::memcpy(&eight, bytes + i, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        i += 8;
        continue;
      }
    }
    const int64_t begin = i;
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c >= 0) continue;
    // ICU stops at the first byte that cannot belong; at the end all did.
    cut = i == size && size - begin < 4 && U8_IS_LEAD(bytes[begin]);
    return static_cast<size_t>(begin);
  }
  return text.size();
}

}  // namespace

void Utf8Source::Close::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

Utf8Source::Utf8Source(ByteSource& bytes, std::string encoding,
                       Converter decoder)
    : bytes_(bytes),
      encoding_(std::move(encoding)),
      decoder_(std::move(decoder)) {}

absl::StatusOr<std::unique_ptr<Utf8Source>> Utf8Source::Open(
    ByteSource& bytes, absl::string_view encoding) {
  std::unique_ptr<Utf8Source> source(
      new Utf8Source(bytes, std::string(encoding), nullptr));
  const absl::Status status = source->Start();
  if (!status.ok()) return status;
  return source;
}

absl::Status Utf8Source::Start() {
  const auto head = bytes_.Peek(4);
  if (!head.ok()) return head.status();
  UErrorCode error = U_ZERO_ERROR;
  int32_t mark = 0;
  const char* seen = ucnv_detectUnicodeSignature(
      head->data(), static_cast<int32_t>(head->size()), &mark, &error);
  if (seen != nullptr) encoding_ = seen;
  if (encoding_.empty()) encoding_ = "UTF-8";
  // The mark itself is no text.
  char skipped[4];
  if (mark > 0) {
    const auto count = bytes_.Read(skipped, static_cast<size_t>(mark));
    if (!count.ok()) return count.status();
    position_ = mark;
  }
  if (absl::EqualsIgnoreCase(encoding_, "UTF-8") ||
      absl::EqualsIgnoreCase(encoding_, "UTF8")) {
    return absl::OkStatus();
  }
  error = U_ZERO_ERROR;
  decoder_.reset(ucnv_open(encoding_.c_str(), &error));
  if (U_FAILURE(error)) {
    decoder_.reset();
    return absl::InvalidArgumentError(
        absl::StrCat("there is no encoding \"", encoding_, "\""));
  }
  error = U_ZERO_ERROR;
  ucnv_setToUCallBack(decoder_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr,
                      nullptr, &error);
  return absl::OkStatus();
}

absl::Status Utf8Source::Wrong(size_t offset) const {
  return absl::InvalidArgumentError(
      absl::StrCat("byte ", position_ + static_cast<int64_t>(offset) + 1,
                   " of the file is not ", encoding_,
                   "; --encoding names another encoding, e.g. windows-1252"));
}

absl::Status Utf8Source::CheckUtf8() {
  bool cut = false;
  const size_t valid = ValidPrefix(pending_, cut);
  if (valid < pending_.size() && (!cut || ended_)) return Wrong(valid);
  text_.assign(pending_, 0, valid);
  pending_.erase(0, valid);
  position_ += static_cast<int64_t>(valid);
  return absl::OkStatus();
}

absl::Status Utf8Source::Decode() {
  std::u16string wide(pending_.size() * 2 + 16, u'\0');
  const char* in = pending_.data();
  char16_t* out = wide.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_toUnicode(decoder_.get(), &out, out + wide.size(), &in,
                 pending_.data() + pending_.size(), nullptr,
                 static_cast<UBool>(ended_), &error);
  if (U_FAILURE(error)) {
    return Wrong(static_cast<size_t>(in - pending_.data()) - 1);
  }
  const auto length = static_cast<int32_t>(out - wide.data());
  text_.resize(static_cast<size_t>(length) * 3);
  int32_t size = 0;
  u_strToUTF8(text_.data(), static_cast<int32_t>(text_.size()), &size,
              wide.data(), length, &error);
  if (U_FAILURE(error)) return Wrong(0);
  text_.resize(static_cast<size_t>(size));
  position_ += static_cast<int64_t>(pending_.size());
  pending_.clear();
  return absl::OkStatus();
}

absl::Status Utf8Source::Fill() {
  text_.clear();
  given_ = 0;
  while (text_.empty() && !ended_) {
    const size_t before = pending_.size();
    pending_.resize(before + kTextBlock);
    const auto count = bytes_.Read(&pending_[before], kTextBlock);
    if (!count.ok()) return count.status();
    pending_.resize(before + *count);
    ended_ = *count == 0;
    absl::Status status = decoder_ == nullptr ? CheckUtf8() : Decode();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> Utf8Source::Read(char* buffer, size_t size) {
  if (given_ == text_.size()) {
    const absl::Status status = Fill();
    if (!status.ok()) return status;
  }
  const size_t count = std::min(size, text_.size() - given_);
  if (count > 0) std::memcpy(buffer, text_.data() + given_, count);
  given_ += count;
  return count;
}

}  // namespace heimweg::importers
