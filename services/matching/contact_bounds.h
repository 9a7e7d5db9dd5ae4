// ContactBounds: what the features of the contacts of a summary can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_BOUNDS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/contact_query.h"
#include "services/matching/contact_summary.h"
#include "services/matching/shared_bounds.h"

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class ContactBounds {
 public:
  using Values = std::array<int32_t, ContactQuery::kFeatures.size()>;

  explicit ContactBounds(const ContactQuery& query)
      : query_(query), shared_(query.shared()) {}

  const SharedBounds& shared() const { return shared_; }

  // What no row that passes has more of, by feature, `near` being
  // SharedBounds::Near; false if none passes.
  bool Upper(const ContactSummary& rows, int32_t near, Values& upper) const;

 private:
  UpperValue Dates(const ContactSummary& rows) const;
  UpperValue People(const ContactSummary& rows) const;

  const ContactQuery& query_;
  const SharedBounds shared_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_BOUNDS_H_
