#include "services/matching/home_query.h"

#include <string>

#include "services/matching/features/equipment.h"
#include "services/matching/features/price.h"
#include "services/matching/features/space.h"

namespace heimweg::matching {

HomeQuery::HomeQuery(const ShelfView<HomeColumns>& view, const Wish& wish)
    : view_(view), shared_(view, wish) {
  for (const std::string& landlord : wish.home.excluded_landlords) {
    const uint32_t number = view.terms->landlords.Find(landlord);
    if (number != 0) excluded_landlords_.push_back(number);
  }
}

bool HomeQuery::PassesRelaxed(const RelaxedLimit& limit, const Row& at,
                              size_t /*seeker*/) const {
  const HomeColumns& homes = at.columns;
  switch (limit.text.constraint()) {
    case v1::CONSTRAINT_AREA:
      return AreaConstraint(wish().anchors, homes.common.point[at.row],
                            limit.area) != Outcome::kFailed;
    case v1::CONSTRAINT_DATES:
      return DatesConstraint(limit.latest_day, homes.available_day[at.row]) !=
             Outcome::kFailed;
    case v1::CONSTRAINT_BUDGET:
      return limit.rented == IsRented(homes.tenure[at.row]) &&
             BudgetConstraint(limit.budget_cents, homes.amount_cents[at.row]) !=
                 Outcome::kFailed;
    case v1::CONSTRAINT_ROOMS:
      return RoomsConstraint(limit.min_room_halves,
                             homes.room_halves[at.row]) != Outcome::kFailed;
    default:
      return false;
  }
}

FeatureValue HomeQuery::Feature(size_t index, const Row& at,
                                size_t /*seeker*/) const {
  const HomeColumns& homes = at.columns;
  const HomeWish& asked = wish().home;
  const uint32_t row = at.row;
  switch (kFeatures[index]) {
    case v1::FEATURE_DISTANCE:
      return shared_.Distance(homes.common, row);
    case v1::FEATURE_DATES:
      return HomeDateFeature(shared_.window(), homes.available_day[row]);
    case v1::FEATURE_PRICE:
      return PriceFeature(Budget(homes.tenure[row]), homes.amount_cents[row]);
    case v1::FEATURE_SPACE:
      return SpaceFeature(asked.min_room_halves, homes.room_halves[row],
                          asked.area_centi_sqm, homes.area_centi_sqm[row]);
    case v1::FEATURE_EQUIPMENT:
      return EquipmentFeature(asked.equipment, homes.has_equipment[row],
                              homes.lacks_equipment[row], asked.broadband_mbps,
                              homes.broadband_mbps[row]);
    default:
      return shared_.Freshness(homes.common, row);
  }
}

HomeQuery::Values HomeQuery::Features(const Row& at, size_t seeker) const {
  Values values;
  for (size_t i = 0; i < values.size(); ++i) values[i] = Feature(i, at, seeker);
  return values;
}

}  // namespace heimweg::matching
