#include "services/matching/constraints/shared.h"

#include <algorithm>

namespace heimweg::matching {

Outcome KnownRegionConstraint(absl::Span<const AgsCode> prefixes,
                              uint32_t ags) {
  const AgsCode code = AgsCode::Unpacked(ags);
  Outcome outcome = Outcome::kFailed;
  for (const AgsCode prefix : prefixes) {
    const uint32_t compared = std::min(prefix.length, code.length);
    if (prefix.Leading(compared) != code.Leading(compared)) continue;
    if (code.length >= prefix.length) return Outcome::kMet;
    outcome = Outcome::kOpen;
  }
  return outcome;
}

}  // namespace heimweg::matching
