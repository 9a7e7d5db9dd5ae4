// ContactLosses: what a contact loses at least against the best that there
// could be, by all features but DISTANCE, from tables by its code.
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_LOSSES_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_LOSSES_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "services/matching/contact_code.h"
#include "services/matching/contact_query.h"
#include "services/matching/features/people.h"
#include "services/matching/quick_distance.h"
#include "services/matching/time_step.h"

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class ContactLosses {
 public:
  explicit ContactLosses(const ContactQuery& query);

  // See HomeLosses.
  static constexpr int32_t kFails = QuickDistance::kFails;
  int64_t Of(const ContactColumns& contacts, uint32_t row) const {
    const ContactCode& code = contacts.codes()[row];
    return int64_t{type_[code.type]} + PeopleOf(code.terms) + DateOf(code) +
           fresh_.Since(code.fresh);
  }

 private:
  int32_t DateOf(const ContactCode& code) const {
    const int32_t loss = date_.Until(code.start);
    // One that recurs may be over, which is as if it was not said.
    if (code.recurs) return std::min(loss, date_.Unsaid());
    return code.start.said() && date_.IsOver(code.last) ? kFails : loss;
  }
  int32_t PeopleOf(uint64_t terms) const {
    if (terms == 0) return unsaid_people_;
    size_t points = 0;
    for (uint64_t left = terms & terms_; left != 0; left &= left - 1) {
      points += points_[static_cast<size_t>(std::countr_zero(left))];
    }
    return people_[std::min(points, people_.size() - 1)];
  }

  const std::array<int32_t, ContactQuery::kFeatures.size()> weights_;
  const DecayLosses date_;
  const DecayLosses fresh_;
  int32_t unsaid_people_ = 0;
  uint64_t terms_ = 0;  // the household's, see ContactCode::terms
  // For the terms of each bit.
  std::array<uint8_t, 2 * ContactCode::kTermBits> points_{};
  std::array<int32_t, kEnoughPoints + 1> people_{};  // by points
  std::array<int32_t, 256> type_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_LOSSES_H_
