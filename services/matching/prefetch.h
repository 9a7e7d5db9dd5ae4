// Prefetch: has memory that is read soon brought to the cache meanwhile.
#ifndef HEIMWEG_SERVICES_MATCHING_PREFETCH_H_
#define HEIMWEG_SERVICES_MATCHING_PREFETCH_H_

#include <cstddef>

namespace heimweg::matching {

// GCC takes a function that only prefetches for one without effect and leaves
// its calls out; the empty statement is an effect.
inline void Prefetch(const void* address) {
  __builtin_prefetch(address);
  asm volatile("");
}

// The lines in which `count` bytes lie; where `first` does not begin one the
// last may be left out.
inline void PrefetchBytes(const void* first, size_t count) {
  constexpr size_t kCacheLine = 64;
  const char* const bytes = static_cast<const char*>(first);
  for (size_t i = 0; i < count; i += kCacheLine) Prefetch(bytes + i);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PREFETCH_H_
