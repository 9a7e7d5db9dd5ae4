// CommonSummary: what the published rows of a group can be at most in the
// columns that all kinds have. Rows that are not published count for nothing:
// they are never ranked.
#ifndef HEIMWEG_SERVICES_MATCHING_COMMON_SUMMARY_H_
#define HEIMWEG_SERVICES_MATCHING_COMMON_SUMMARY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/matching/common_columns.h"
#include "services/matching/sphere.h"

namespace heimweg::matching {

// A set of numbers that may hold more than was put in. A bit each for their
// remainders.
struct RoughSet {
  uint64_t bits = 0;

  // By a prime, so that codes that end in zeros spread.
  static uint64_t BitOf(uint32_t number) {
    constexpr uint32_t kPrime = 61;
    return uint64_t{1} << (number % kPrime);
  }
  void Add(uint32_t number) { bits |= BitOf(number); }
  void Add(RoughSet other) { bits |= other.bits; }
  void AddAll() { bits = ~uint64_t{0}; }
  bool MayHold(uint32_t number) const { return (bits & BitOf(number)) != 0; }
};

// The least and the greatest of the numbers that were put in.
// Thread-compatible.
struct Range {
  int32_t least = INT32_MAX;
  int32_t most = INT32_MIN;

  bool empty() const { return least > most; }
  void Add(int32_t number) {
    least = std::min(least, number);
    most = std::max(most, number);
  }
  void Add(Range other) {
    least = std::min(least, other.least);
    most = std::max(most, other.most);
  }
};

struct CommonSummary {
  Sphere sphere;
  bool any = false;       // a published row
  bool unplaced = false;  // one without a known point
  bool undated = false;   // one of which is not known how fresh it is
  uint32_t freshest = 0;  // see CommonColumns::fresh
  uint32_t valid_from = UINT32_MAX;  // the earliest
  uint32_t valid_until = 0;          // the latest
  RoughSet networks;
  // By the leading 2 and 5 digits of the AGS; all if some row says fewer.
  RoughSet states;
  RoughSet districts;

  static bool Counts(const CommonColumns& columns, uint32_t row) {
    return columns.state[row] == type::v1::OFFER_STATE_PUBLISHED;
  }
  // All but the sphere, which needs all rows at once: a row that counts.
  void Add(const CommonColumns& columns, uint32_t row);
  void Add(const CommonSummary& other);
  void AddDistricts(uint32_t ags);
};

// Calls add(row) for each row that counts and sets the sphere.
template <typename Add>
void Summarize(const CommonColumns& columns, absl::Span<const uint32_t> rows,
               CommonSummary& common, Add add) {
  std::vector<places::GeoPoint> points;
  points.reserve(rows.size());
  for (const uint32_t row : rows) {
    if (!CommonSummary::Counts(columns, row)) continue;
    common.Add(columns, row);
    points.push_back(columns.point[row]);
    add(row);
  }
  common.sphere = SphereOfPoints(points);
}

// The same for summaries: calls add(summary) for each that holds any row.
template <typename Summary, typename Add>
void Summarize(absl::Span<const Summary> below, CommonSummary& common,
               Add add) {
  std::vector<Sphere> spheres;
  for (const Summary& one : below) {
    if (!one.common.any) continue;
    common.Add(one.common);
    spheres.push_back(one.common.sphere);
    add(one);
  }
  common.sphere = SphereOfSpheres(spheres);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_COMMON_SUMMARY_H_
