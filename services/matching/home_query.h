// HomeQuery: a wish for a home bound to the indexed homes.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_QUERY_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_QUERY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/constraints/home.h"
#include "services/matching/home_columns.h"
#include "services/matching/relaxed_limit.h"
#include "services/matching/shared_query.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

class HomeBounds;
class HomeLosses;

// The budget for what is paid in this tenure.
inline std::optional<int64_t> BudgetFor(const HomeWish& wish, uint8_t tenure) {
  if (IsRented(tenure)) return wish.max_rent_cents;
  if (IsSold(tenure)) return wish.max_price_cents;
  return std::nullopt;
}

// Thread-safe, as it is const. View and wish must outlive it.
class HomeQuery {
 public:
  using Columns = HomeColumns;
  using Bounds = HomeBounds;
  using Losses = HomeLosses;
  using Row = RowAt<HomeColumns>;

  static constexpr std::array<v1::Feature, 6> kFeatures = {
      v1::FEATURE_DISTANCE, v1::FEATURE_DATES,     v1::FEATURE_PRICE,
      v1::FEATURE_SPACE,    v1::FEATURE_EQUIPMENT, v1::FEATURE_FRESHNESS};
  using Values = std::array<FeatureValue, kFeatures.size()>;

  HomeQuery(const ShelfView<HomeColumns>& view, const Wish& wish);

  const ShelfView<HomeColumns>& view() const { return view_; }
  const Wish& wish() const { return shared_.wish(); }
  const SharedQuery& shared() const { return shared_; }
  // A home is for the whole household.
  static constexpr size_t seekers() { return 1; }

  // See JobQuery. `outside`: the row's place is known, and known to be outside
  // the anchors' limits.
  template <typename Visit>
  bool VisitHousehold(const Row& at, Visit visit, bool outside = false) const {
    const HomeColumns& homes = at.columns;
    const uint32_t row = at.row;
    const HomeWish& asked = wish().home;
    return shared_.VisitShared(homes.common, at.segment, row, visit) &&
           visit(v1::CONSTRAINT_AREA,
                 outside ? Outcome::kFailed
                         : AreaConstraint(wish().anchors,
                                          homes.common.point[row])) &&
           visit(
               v1::CONSTRAINT_DATES,
               DatesConstraint(wish().latest_day, homes.available_day[row])) &&
           visit(v1::CONSTRAINT_TYPE,
                 HomeTypeConstraint(asked.tenures, homes.tenure[row],
                                    asked.home_types, homes.home_type[row])) &&
           visit(v1::CONSTRAINT_BUDGET,
                 BudgetConstraint(Budget(homes.tenure[row]),
                                  homes.amount_cents[row])) &&
           visit(v1::CONSTRAINT_ROOMS,
                 RoomsConstraint(asked.min_room_halves,
                                 homes.room_halves[row])) &&
           visit(v1::CONSTRAINT_OCCUPANTS,
                 OccupantsConstraint(asked.people, homes.min_occupants[row],
                                     homes.max_occupants[row])) &&
           visit(v1::CONSTRAINT_PETS,
                 PetsConstraint(asked.pets, homes.pets_allowed[row])) &&
           visit(v1::CONSTRAINT_ACCESSIBILITY,
                 AccessibilityConstraint(asked.accessibility,
                                         homes.accessibility[row])) &&
           visit(v1::CONSTRAINT_WBS,
                 WbsConstraint(static_cast<uint8_t>(asked.has_wbs),
                               homes.wbs_required[row])) &&
           visit(
               v1::CONSTRAINT_LANDLORD,
               NotExcludedConstraint(!asked.excluded_landlords.empty(),
                                     excluded_landlords_, homes.landlord[row]));
  }
  template <typename Visit>
  bool VisitSeeker(const Row& /*at*/, size_t /*seeker*/,
                   Visit /*visit*/) const {
    return true;
  }

  // See JobQuery.
  bool PassesRelaxed(const RelaxedLimit& limit, const Row& at,
                     size_t seeker) const;

  Values Features(const Row& at, size_t seeker) const;
  // One of them, by its index in kFeatures.
  FeatureValue Feature(size_t index, const Row& at, size_t seeker) const;

  std::optional<int64_t> Budget(uint8_t tenure) const {
    return BudgetFor(wish().home, tenure);
  }

 private:
  const ShelfView<HomeColumns>& view_;
  SharedQuery shared_;
  std::vector<uint32_t> excluded_landlords_;  // those that some home has
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_QUERY_H_
