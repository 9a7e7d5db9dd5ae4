// What a household and a home, or a contact, can be worth to each other at
// most, by the facts of the household alone: nobody for whom it is too low is
// looked at further. SeekerBound's counterpart for the other kinds.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_BOUNDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

// Of one home of a view, which outlives this. Thread-safe, as it is const.
class HomeWishBound {
 public:
  // `now` in seconds is the evaluation time.
  HomeWishBound(const ShelfView<HomeColumns>& view, size_t segment,
                uint32_t row, int64_t now);

  // False if the score of one side is below `least`, or a constraint fails that
  // the facts know.
  bool MayReach(const StoredWish& wish, int32_t least) const;

 private:
  bool MayPass(const HomeFacts& facts) const;

  const HomeColumns& homes_;
  const uint32_t row_;
  const FeatureValue freshness_;
};

// The same of one contact.
class ContactWishBound {
 public:
  ContactWishBound(const ShelfView<ContactColumns>& view, size_t segment,
                   uint32_t row, int64_t now);

  bool MayReach(const StoredWish& wish, int32_t least) const;

 private:
  bool MayPass(const ContactFacts& facts) const;
  FeatureValue People(const ContactFacts& facts) const;

  const ContactColumns& contacts_;
  const uint32_t row_;
  const int32_t year_;
  const FeatureValue freshness_;
  const FeatureValue dates_;
  bool is_over_ = false;
  std::vector<uint32_t> topics_;  // TextHash
  std::vector<uint32_t> hooks_;   // TextHash
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_BOUNDS_H_
