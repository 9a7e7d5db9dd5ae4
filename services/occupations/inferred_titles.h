// InferredTitles: what the titles that were asked for last mean, as the feeds
// of partners repeat the same ones.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_INFERRED_TITLES_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_INFERRED_TITLES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "storage/mutex.h"

namespace heimweg::occupations {

struct EscoOccupation;

struct InferredOccupation {
  std::string kldb_code;                 // 3 to 5 digits; empty: not sure
  const EscoOccupation* esco = nullptr;  // null: not sure, or not imported
};

// Keeps between kAtLeast and twice as many titles: of two generations the older
// one goes when the younger one is full. Thread-safe.
class InferredTitles {
 public:
  static constexpr size_t kAtLeast = 8'192;

  std::optional<InferredOccupation> Find(absl::string_view title) {
    const storage::MutexLock lock(mutex_);
    const auto young = young_.find(title);
    if (young != young_.end()) return young->second;
    const auto old = old_.find(title);
    if (old == old_.end()) return std::nullopt;
    InferredOccupation found = old->second;
    Keep(title, found);
    return found;
  }

  void Put(absl::string_view title, const InferredOccupation& means) {
    const storage::MutexLock lock(mutex_);
    Keep(title, means);
  }

 private:
  using Generation = absl::flat_hash_map<std::string, InferredOccupation>;

  void Keep(absl::string_view title, const InferredOccupation& means)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (young_.size() >= kAtLeast) old_ = std::exchange(young_, {});
    young_.insert_or_assign(title, means);
  }

  storage::Mutex mutex_;
  Generation young_ ABSL_GUARDED_BY(mutex_);
  Generation old_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_INFERRED_TITLES_H_
