#include "services/occupations/folded_text.h"

#include <utf8proc.h>

#include <cstdlib>

namespace heimweg::occupations {
namespace {

std::string FromLatin1(absl::string_view text) {
  std::string utf8;
  utf8.reserve(text.size() * 2);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xC0 | (byte >> 6));
      utf8 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return utf8;
}

bool Map(absl::string_view text, std::string& folded) {
  constexpr auto kOptions = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
      UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped, kOptions);
  if (size < 0) return false;
  folded.assign(reinterpret_cast<const char*>(mapped),
                static_cast<size_t>(size));
  std::free(mapped);
  return true;
}

bool IsAscii(absl::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0x80) != 0) return false;
  }
  return true;
}

}  // namespace

std::string Fold(absl::string_view text) {
  if (IsAscii(text)) {
    std::string lower(text);
    for (char& c : lower) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
  }
  std::string folded;
  if (Map(text, folded)) return folded;
  Map(FromLatin1(text), folded);
  return folded;
}

std::string FoldDigraphs(absl::string_view word) {
  std::string folded;
  folded.reserve(word.size());
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const char before = folded.empty() ? ' ' : folded.back();
    const bool after_vowel =
        absl::string_view("aeiouq").find(before) != absl::string_view::npos;
    folded += c;
    if (i + 1 < word.size() && word[i + 1] == 'e' && !after_vowel &&
        (c == 'a' || c == 'o' || c == 'u')) {
      ++i;
    }
  }
  return folded;
}

}  // namespace heimweg::occupations
