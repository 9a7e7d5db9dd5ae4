#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

using type::v1::Weights;

constexpr std::array<WeightRule, kFeatures> kRules = {{
    {v1::FEATURE_OCCUPATION, "occupation", 6, &Weights::has_occupation,
     &Weights::occupation, &Weights::set_occupation},
    {v1::FEATURE_SKILLS, "skills", 6, &Weights::has_skills, &Weights::skills,
     &Weights::set_skills},
    {v1::FEATURE_HOURS, "hours", 3, &Weights::has_hours, &Weights::hours,
     &Weights::set_hours},
    {v1::FEATURE_SALARY, "salary", 3, &Weights::has_salary, &Weights::salary,
     &Weights::set_salary},
    {v1::FEATURE_DISTANCE, "distance", 5, &Weights::has_distance,
     &Weights::distance, &Weights::set_distance},
    {v1::FEATURE_DATES, "dates", 3, &Weights::has_dates, &Weights::dates,
     &Weights::set_dates},
    {v1::FEATURE_PRICE, "price", 5, &Weights::has_price, &Weights::price,
     &Weights::set_price},
    {v1::FEATURE_SPACE, "space", 4, &Weights::has_space, &Weights::space,
     &Weights::set_space},
    {v1::FEATURE_EQUIPMENT, "equipment", 2, &Weights::has_equipment,
     &Weights::equipment, &Weights::set_equipment},
    {v1::FEATURE_PEOPLE, "people", 6, &Weights::has_people, &Weights::people,
     &Weights::set_people},
    {v1::FEATURE_FRESHNESS, "freshness", 2, &Weights::has_freshness,
     &Weights::freshness, &Weights::set_freshness},
}};

}  // namespace

const std::array<WeightRule, kFeatures>& WeightRules() { return kRules; }

Weights WithStandards(const Weights& first, const Weights& second) {
  Weights weights;
  for (const WeightRule& rule : kRules) {
    int32_t weight = rule.standard;
    if ((second.*rule.has)()) weight = (second.*rule.get)();
    if ((first.*rule.has)()) weight = (first.*rule.get)();
    (weights.*rule.set)(weight);
  }
  return weights;
}

}  // namespace heimweg::matching
