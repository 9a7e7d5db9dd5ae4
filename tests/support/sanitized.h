// How many cases a test of many random cases tries. A sanitizer looks for what
// each case does wrong with memory, which a few of each flavour show as well;
// that all of them are right is what the plain build shows.
#ifndef HEIMWEG_TESTS_SUPPORT_SANITIZED_H_
#define HEIMWEG_TESTS_SUPPORT_SANITIZED_H_

#include <cstdint>

namespace heimweg::testing {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HEIMWEG_SANITIZED 1
#endif
#endif

#ifdef HEIMWEG_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// `all`, or a twentieth of it (at least one) under a sanitizer.
constexpr uint64_t Cases(uint64_t all) {
  return kSanitized ? (all + 19) / 20 : all;
}

}  // namespace heimweg::testing

#endif  // HEIMWEG_TESTS_SUPPORT_SANITIZED_H_
