// What crash_writer tells its parent over a pipe.
#ifndef HEIMWEG_TESTS_CRASH_ACKNOWLEDGEMENT_H_
#define HEIMWEG_TESTS_CRASH_ACKNOWLEDGEMENT_H_

#include <cstdint>

namespace heimweg::crash {

// Small enough that a pipe takes it whole or not at all.
struct Acknowledgement {
  uint64_t number = 0;
  uint64_t writer = 0;
};

}  // namespace heimweg::crash

#endif  // HEIMWEG_TESTS_CRASH_ACKNOWLEDGEMENT_H_
