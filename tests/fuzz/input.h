// What the fuzz targets share: reading decisions out of bytes, and saying which
// promise was broken.
#ifndef HEIMWEG_TESTS_FUZZ_INPUT_H_
#define HEIMWEG_TESTS_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::fuzz {

// Ends the process if a promise does not hold; the fuzzer then keeps the input.
inline void Require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "Broken promise: %s\n", promise);
  std::abort();
}

// Reads an input from its front; behind its end there are zeros and empty
// texts. Texts end with a line end, so that seeds can be written by hand.
// Thread-compatible.
class Input {
 public:
  Input(const uint8_t* data, size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return rest_.empty(); }

  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  // Up to the next line end, which is dropped.
  std::string Line() {
    const size_t end = rest_.find('\n');
    const std::string line(rest_.substr(0, end));
    rest_.remove_prefix(end == absl::string_view::npos ? rest_.size()
                                                       : end + 1);
    return line;
  }

  // A line as ASCII: texts that are not UTF-8 do not get past the parser of
  // protobuf, so a target that sets fields itself must not make any.
  std::string AsciiLine() {
    std::string line = Line();
    for (char& c : line) c = static_cast<char>(c & 0x7f);
    return line;
  }

  absl::string_view Rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

}  // namespace heimweg::fuzz

#endif  // HEIMWEG_TESTS_FUZZ_INPUT_H_
