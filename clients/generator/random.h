// Random numbers whose every bit is fixed by their seed: integers only, and
// none of the library's distributions or libm, which differ between machines.
#ifndef HEIMWEG_CLIENTS_GENERATOR_RANDOM_H_
#define HEIMWEG_CLIENTS_GENERATOR_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace heimweg::generator {

// Scatters 64 bits over 64 bits, one to one: the finaliser of SplitMix64
// (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
constexpr uint64_t Scatter(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// SplitMix64. Two draws belong in two statements: the order in which a call's
// arguments are evaluated is the compiler's. Thread-compatible.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    const uint64_t drawn = Scatter(state_);
    state_ += 0x9e3779b97f4a7c15;
    return drawn;
  }

  // In [0, n) for n in [1, 2^32). The bias is below n / 2^32.
  int64_t Below(int64_t n) {
    return static_cast<int64_t>(((Next() >> 32) * static_cast<uint64_t>(n)) >>
                                32);
  }

  // In [least, most], both ends included; most - least < 2^32 - 1.
  int64_t Between(int64_t least, int64_t most) {
    return least + Below(most - least + 1);
  }

  // True in `percent` of 100 cases.
  bool Percent(int percent) { return Below(100) < percent; }

  // One of `choices`, which must not be empty.
  template <typename T>
  const T& Pick(std::span<const T> choices) {
    return choices[static_cast<size_t>(
        Below(static_cast<int64_t>(choices.size())))];
  }
  template <typename T, size_t kSize>
  const T& Pick(const T (&choices)[kSize]) {
    return Pick(std::span<const T>(choices));
  }

 private:
  uint64_t state_;
};

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_RANDOM_H_
