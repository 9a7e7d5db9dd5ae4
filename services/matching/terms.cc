#include "services/matching/terms.h"

#include <utf8proc.h>

#include <cstdlib>

#include "absl/hash/hash.h"

namespace heimweg::matching {
namespace {

char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string FoldAscii(absl::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = LowerAscii(c);
  return folded;
}

// Folds a text of ASCII and of letters of western Europe (U+00C0 to U+00FF),
// which is nearly every term; false for any other.
bool FoldWestern(absl::string_view text, std::string& folded) {
  folded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      folded.push_back(LowerAscii(text[i]));
      continue;
    }
    // Two bytes of UTF-8: C3 and 80 to BF.
    const auto next =
        static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (c != 0xC3 || next < 0x80 || next > 0xBF) return false;
    ++i;
    constexpr unsigned char kMultiplication = 0x97;
    constexpr unsigned char kSharpS = 0x9F;
    if (next == kSharpS) {
      folded.append("ss");
      continue;
    }
    const bool upper = next < kSharpS && next != kMultiplication;
    folded.push_back(text[i - 1]);
    folded.push_back(static_cast<char>(upper ? next + 0x20 : next));
  }
  return true;
}

}  // namespace

uint32_t TextHash(absl::string_view text) {
  return static_cast<uint32_t>(absl::Hash<absl::string_view>()(text));
}

std::string FoldCase(absl::string_view text) {
  std::string western;
  if (FoldWestern(text, western)) return western;
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                   static_cast<utf8proc_option_t>(
                       UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  if (size < 0) return FoldAscii(text);
  std::string folded(reinterpret_cast<const char*>(mapped),
                     static_cast<size_t>(size));
  std::free(mapped);
  return folded;
}

uint32_t TermTable::Intern(absl::string_view text) {
  if (text.empty()) return 0;
  const storage::MutexLock lock(mutex_);
  const auto next = static_cast<uint32_t>(numbers_.size() + 1);
  const auto [entry, fresh] = numbers_.try_emplace(text, next);
  if (fresh) {
    text_bytes_ += static_cast<int64_t>(text.size());
    hashes_.push_back(TextHash(text));
  }
  return entry->second;
}

uint32_t TermTable::Find(absl::string_view text) const {
  const storage::MutexLock lock(mutex_);
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? 0 : found->second;
}

uint32_t TermTable::HashOf(uint32_t number) const {
  const storage::MutexLock lock(mutex_);
  return hashes_[number - 1];
}

uint32_t TermTable::size() const {
  const storage::MutexLock lock(mutex_);
  return static_cast<uint32_t>(numbers_.size());
}

int64_t TermTable::Bytes() const {
  const storage::MutexLock lock(mutex_);
  constexpr int64_t kEntryBytes =
      sizeof(std::string) + sizeof(uint32_t) + sizeof(uint32_t) + 1;
  return static_cast<int64_t>(numbers_.capacity()) * kEntryBytes + text_bytes_;
}

}  // namespace heimweg::matching
