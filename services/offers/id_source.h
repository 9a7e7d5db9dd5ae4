// IdSource: chooses the ids of offers whose clients chose none.
#ifndef HEIMWEG_SERVICES_OFFERS_ID_SOURCE_H_
#define HEIMWEG_SERVICES_OFFERS_ID_SOURCE_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "storage/mutex.h"

namespace heimweg::offers {

// Thread-safe.
class IdSource {
 public:
  // The same seed gives the same ids at the same times.
  explicit IdSource(uint64_t seed) : random_(seed) {}

  // 26 characters: the millisecond of `now` and 80 random bits in base 32.
  // Ids sort by their time, those of one millisecond by the order of calls, so
  // that offers that were stored together lie together on the disk, and rows of
  // one import are older or younger as they stand in their file.
  std::string NewId(absl::Time now) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  storage::Mutex mutex_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mutex_);
  // The last id's.
  uint64_t millis_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t high_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t low_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_ID_SOURCE_H_
