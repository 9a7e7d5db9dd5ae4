#include "services/matching/constraints/shared.h"

#include <algorithm>

namespace heimweg::matching {

Outcome NetworkConstraint(absl::Span<const uint32_t> asked, uint32_t network) {
  if (asked.empty()) return Outcome::kOpen;
  return MetIf(std::find(asked.begin(), asked.end(), network) != asked.end());
}

Outcome RegionConstraint(absl::Span<const AgsCode> prefixes, uint32_t ags) {
  if (prefixes.empty() || ags == 0) return Outcome::kOpen;
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

Outcome AreaConstraint(const std::vector<Anchor>& anchors,
                       places::GeoPoint point, AnchorLimit relaxed) {
  if (!IsKnown(point)) return Outcome::kOpen;
  bool asked = false;
  bool choice = false;  // some anchor that is not required has a limit
  bool chosen = false;
  for (size_t i = 0; i < anchors.size(); ++i) {
    const Anchor& anchor = anchors[i];
    if (anchor.limit == Anchor::Limit::kNone) continue;
    asked = true;
    choice = choice || !anchor.required;
    if (!anchor.required && chosen) continue;
    const int64_t within =
        i == relaxed.anchor ? relaxed.chord_within : anchor.chord_within;
    const bool inside = places::ChordSquared(anchor.point, point) <= within;
    if (anchor.required && !inside) return Outcome::kFailed;
    chosen = chosen || (!anchor.required && inside);
  }
  if (!asked) return Outcome::kOpen;
  return MetIf(!choice || chosen);
}

}  // namespace heimweg::matching
