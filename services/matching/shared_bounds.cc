#include "services/matching/shared_bounds.h"

#include <algorithm>

namespace heimweg::matching {

bool SharedBounds::MayPass(const CommonSummary& rows) const {
  const int64_t now = query_.wish().evaluation_seconds;
  if (!rows.any || rows.valid_from > now) return false;
  if (rows.valid_until != kEndOfTime && now >= rows.valid_until) return false;
  const auto& networks = query_.networks();
  const bool in_network =
      networks.empty() ||
      std::any_of(networks.begin(), networks.end(), [&](uint32_t network) {
        return rows.networks.MayHold(network);
      });
  return in_network && MayBeInRegion(rows);
}

bool SharedBounds::MayBeInRegion(const CommonSummary& rows) const {
  constexpr uint32_t kStateDigits = 2;
  constexpr uint32_t kDistrictDigits = 5;
  const auto& prefixes = query_.prefixes();
  return prefixes.empty() ||
         std::any_of(prefixes.begin(), prefixes.end(), [&](AgsCode prefix) {
           if (!rows.states.MayHold(prefix.Leading(kStateDigits))) return false;
           return prefix.length < kDistrictDigits ||
                  rows.districts.MayHold(prefix.Leading(kDistrictDigits));
         });
}

SharedBounds::Reach SharedBounds::ReachOf(const CommonSummary& rows) const {
  Reach reach;
  int64_t sum = 0;
  int64_t weights = 0;
  bool choice = false;
  bool chosen = false;
  bool inside = !rows.sphere.empty();
  for (const Anchor& anchor : query_.wish().anchors) {
    if (!inside) break;
    const int64_t chord = LeastChordSquared(rows.sphere, anchor.point);
    if (anchor.limit != Anchor::Limit::kNone) {
      const bool within = chord <= anchor.chord_within;
      if (anchor.required && !within) inside = false;
      choice = choice || !anchor.required;
      chosen = chosen || (!anchor.required && within);
    }
    if (anchor.weight == 0) continue;
    sum += int64_t{anchor.weight} *
           AnchorFeature(anchor, places::DistanceMeters(chord)).OrNeutral();
    weights += anchor.weight;
  }
  inside = inside && (!choice || chosen);
  reach.inside = inside || rows.unplaced;
  reach.distance.UnknownIf(rows.unplaced);
  if (inside) {
    reach.distance.Known(weights == 0 ? FeatureValue()
                                      : FeatureValue(sum / weights));
  }
  return reach;
}

}  // namespace heimweg::matching
