#include "services/matching/terms.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace heimweg::matching {
namespace {

std::string FoldAscii(absl::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace

std::string FoldCase(absl::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  if (ascii) return FoldAscii(text);
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
  if (fresh) text_bytes_ += static_cast<int64_t>(text.size());
  return entry->second;
}

uint32_t TermTable::Find(absl::string_view text) const {
  const storage::MutexLock lock(mutex_);
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? 0 : found->second;
}

uint32_t TermTable::size() const {
  const storage::MutexLock lock(mutex_);
  return static_cast<uint32_t>(numbers_.size());
}

int64_t TermTable::Bytes() const {
  const storage::MutexLock lock(mutex_);
  constexpr int64_t kEntryBytes = sizeof(std::string) + sizeof(uint32_t) + 4;
  return static_cast<int64_t>(numbers_.capacity()) * kEntryBytes + text_bytes_;
}

}  // namespace heimweg::matching
