// WishCells: the stored profiles by where they look, so that an offer meets
// only those that it may fit: the reverse of the index of offers. It never
// leaves out a profile that fits; whether one does is two_sides.h's affair.
//
// Space is cut into cubes of 2^23 units of GeoPoint (50 km); a profile stands
// in each cube of the Earth's surface that its smallest required limit, or else
// its other limits, may reach, or in one list where no limit keeps it near.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_CELLS_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_CELLS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "heimweg/matching/v1/feedback.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/job_facts.h"
#include "services/matching/wish.h"
#include "services/matching/wish_facts.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// Lowest score that is worth a match where the household does not say.
inline constexpr int32_t kStandardWishThreshold = 600'000;

// Who is told of what is new.
struct WishSettings {
  bool told = false;      // it is told of what is new…
  int32_t threshold = 0;  // …from this score on
};
WishSettings WishSettingsOf(const profiles::v1::Profile& profile);

// A profile as it is indexed. It never changes. What every offer is compared
// with stands in front.
struct StoredWish {
  std::vector<Anchor> anchors;      // of the core
  WishSettings settings;            // of the core
  uint32_t slot = 0;                // see WishPostings
  std::vector<uint32_t> dismissed;  // TextHash of each offer
  // With what its feedback adds to it.
  std::shared_ptr<const profiles::v1::Profile> core;
  HomeFacts home;        // of the core
  ContactFacts contact;  // of the core
  JobFacts jobs;         // of the core
  // As it is stored, and the feedback; null: there is none.
  std::shared_ptr<const profiles::v1::Profile> plain;
  std::shared_ptr<const std::vector<v1::Feedback>> feedback;
};

// Written by one thread, and copied when it is sealed: copies share cells and
// are only read. Thread-compatible.
class WishCells {
 public:
  void Insert(const StoredWish& wish);
  // `wish` was inserted.
  void Erase(const StoredWish& wish);

  // Before it is copied: from then on a change copies the cell first.
  void Seal() { own_.clear(); }

  // Slots (wish_table.h) of those whose limits may reach the point, which is
  // known, and of those that look everywhere.
  absl::Span<const uint32_t> Near(places::GeoPoint point) const;
  absl::Span<const uint32_t> Everywhere() const;

 private:
  using Cell = std::vector<uint32_t>;

  template <typename Change>
  void ChangeCells(const StoredWish& wish, Change change);

  Cell& Own(std::shared_ptr<Cell>& cell);

  std::shared_ptr<Cell> everywhere_;  // may be null
  absl::flat_hash_map<uint32_t, std::shared_ptr<Cell>> cells_;
  absl::flat_hash_set<const Cell*> own_;  // that no copy shares
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_CELLS_H_
