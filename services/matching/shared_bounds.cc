#include "services/matching/shared_bounds.h"

#include <algorithm>

#include "services/matching/weights.h"

namespace heimweg::matching {

SharedBounds::SharedBounds(const SharedQuery& query)
    : query_(query),
      distance_(query.wish().anchors,
                WeightOf(query.wish().weights, v1::FEATURE_DISTANCE)),
      unplaced_loss_(WeightOf(query.wish().weights, v1::FEATURE_DISTANCE) *
                     (kOne - kNeutral)) {}

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

void SharedBounds::FindDistances(const BlockPoints& block, bool unplaced,
                                 DistanceLosses& losses) const {
  distance_.Losses(block, losses);
  // The last block may hold fewer rows.
  std::fill(losses.begin() + block.count, losses.end(), QuickDistance::kFails);
  if (!unplaced) return;
  for (uint32_t place = 0; place < block.count; ++place) {
    if (IsKnown(block.points[place])) continue;
    losses[place] = unplaced_loss_;
  }
}

}  // namespace heimweg::matching
