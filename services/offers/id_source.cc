#include "services/offers/id_source.h"

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/mutex.h"

namespace heimweg::offers {
namespace {

// Without i, l, o and u, which are easily misread.
constexpr absl::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";

// Appends the lowest `count` base 32 digits of `number`, highest first.
void AppendDigits(uint64_t number, int count, std::string& text) {
  for (int i = count - 1; i >= 0; --i) {
    text.push_back(kDigits[(number >> (5 * i)) & 31]);
  }
}

}  // namespace

std::string IdSource::NewId(absl::Time now) {
  const auto millis = static_cast<uint64_t>(absl::ToUnixMillis(now));
  uint64_t high = 0;
  uint64_t low = 0;
  {
    const storage::MutexLock lock(mutex_);
    // A random start in each millisecond, then on from there, as ULIDs do.
    constexpr uint64_t kMask = (uint64_t{1} << 40) - 1;
    if (millis_ != millis || low_ == kMask) {
      millis_ = millis;
      high_ = random_() & kMask;
      low_ = random_() & (kMask >> 1);
    } else {
      ++low_;
    }
    high = high_;
    low = low_;
  }
  std::string id;
  id.reserve(26);
  AppendDigits(millis, 10, id);
  AppendDigits(high, 8, id);
  AppendDigits(low, 8, id);
  return id;
}

}  // namespace heimweg::offers
