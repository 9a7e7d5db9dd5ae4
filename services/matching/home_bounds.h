// HomeBounds: what the features of the homes of a summary can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_BOUNDS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/home_query.h"
#include "services/matching/home_summary.h"
#include "services/matching/shared_bounds.h"

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class HomeBounds {
 public:
  using Values = std::array<int32_t, HomeQuery::kFeatures.size()>;

  explicit HomeBounds(const HomeQuery& query)
      : query_(query), shared_(query.shared()) {}

  const SharedBounds& shared() const { return shared_; }

  // What no row that passes has more of, by feature, `near` being
  // SharedBounds::Near; false if none passes.
  bool Upper(const HomeSummary& rows, int32_t near, Values& upper) const;

 private:
  bool MayPass(const HomeSummary& rows) const;
  UpperValue Dates(const HomeSummary& rows) const;
  UpperValue Price(const HomeSummary& rows) const;
  UpperValue Space(const HomeSummary& rows) const;
  UpperValue Equipment(const HomeSummary& rows) const;

  const HomeQuery& query_;
  const SharedBounds shared_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_BOUNDS_H_
