// The constraints that all kinds of offers have, or more than one: STATE,
// NETWORK, REGION, AREA, DATES, EMPLOYER and LANDLORD. DISMISSED is a list of
// rows and needs no rule.
#ifndef HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_SHARED_H_
#define HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_SHARED_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "services/matching/common_columns.h"
#include "services/matching/constraint.h"
#include "services/matching/features/dates.h"
#include "services/matching/wish.h"
#include "services/places/distance.h"

namespace heimweg::matching {

inline Outcome MetIf(bool met) {
  return met ? Outcome::kMet : Outcome::kFailed;
}

// Published, and `now` in [valid_from, valid_until).
inline Outcome StateConstraint(uint8_t state, uint32_t valid_from,
                               uint32_t valid_until, int64_t now_seconds) {
  return MetIf(state == type::v1::OFFER_STATE_PUBLISHED &&
               valid_from <= now_seconds &&
               (valid_until == kEndOfTime || now_seconds < valid_until));
}

// The offer's network is one of those asked for. `asked` may hold 0 for a
// network that has no offers.
inline Outcome NetworkConstraint(absl::Span<const uint32_t> asked,
                                 uint32_t network) {
  if (asked.empty()) return Outcome::kOpen;
  return MetIf(std::find(asked.begin(), asked.end(), network) != asked.end());
}

// The offer's AGS begins with one of the prefixes. An AGS that is shorter than
// a prefix but agrees with it (a district's against a municipality's) leaves it
// open. Known: there are prefixes and an AGS.
Outcome KnownRegionConstraint(absl::Span<const AgsCode> prefixes, uint32_t ags);
inline Outcome RegionConstraint(absl::Span<const AgsCode> prefixes,
                                uint32_t ags) {
  if (prefixes.empty() || ags == 0) return Outcome::kOpen;
  return KnownRegionConstraint(prefixes, ags);
}

// One anchor's limit, replaced for a relaxation.
struct AnchorLimit {
  size_t anchor = SIZE_MAX;
  int64_t chord_within = 0;
};

// Inside every required anchor's limit and, where others have a limit, inside
// at least one of these: inside(i, chord_within) of anchor i.
template <typename Anchors, typename Inside>
Outcome AreaConstraintIf(const Anchors& anchors, AnchorLimit relaxed,
                         Inside inside) {
  bool asked = false;
  bool choice = false;  // some anchor that is not required has a limit
  bool chosen = false;
  for (size_t i = 0; i < anchors.size(); ++i) {
    const auto& anchor = anchors[i];
    if (anchor.limit == Anchor::Limit::kNone) continue;
    asked = true;
    choice = choice || !anchor.required;
    if (!anchor.required && chosen) continue;
    const int64_t within =
        i == relaxed.anchor ? relaxed.chord_within : anchor.chord_within;
    const bool is_inside = inside(i, within);
    if (anchor.required && !is_inside) return Outcome::kFailed;
    chosen = chosen || (!anchor.required && is_inside);
  }
  if (!asked) return Outcome::kOpen;
  return MetIf(!choice || chosen);
}

// The same of a place; one that is not known leaves it open.
template <typename Anchors>
Outcome AreaConstraint(const Anchors& anchors, places::GeoPoint point,
                       AnchorLimit relaxed = {}) {
  if (!IsKnown(point)) return Outcome::kOpen;
  return AreaConstraintIf(anchors, relaxed, [&](size_t i, int64_t within) {
    return places::ChordSquared(anchors[i].point, point) <= within;
  });
}

// The day is not after the last day of the window.
inline Outcome DatesConstraint(std::optional<int32_t> latest_day, int32_t day) {
  if (!latest_day || day == kNoDay) return Outcome::kOpen;
  return MetIf(day <= *latest_day);
}

// EMPLOYER and LANDLORD: `who` offers it is not one of the excluded; 0 if not
// said.
inline Outcome NotExcludedConstraint(bool asked,
                                     absl::Span<const uint32_t> excluded,
                                     uint32_t who) {
  if (!asked || who == 0) return Outcome::kOpen;
  return MetIf(std::find(excluded.begin(), excluded.end(), who) ==
               excluded.end());
}

// The event has not ended. When a recurring one takes place after the
// occurrence that is named is not known.
inline Outcome EventConstraint(EventTime event, int64_t now_seconds) {
  if (event.start == 0) return Outcome::kOpen;
  if (!event.IsOver(now_seconds)) return Outcome::kMet;
  return event.recurs ? Outcome::kOpen : Outcome::kFailed;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_SHARED_H_
