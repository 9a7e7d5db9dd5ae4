#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/testing/world.h"

namespace heimweg::matching::testing {

void WorldMaker::Wishes(profiles::v1::Adult& adult) {
  if (Said(60)) {
    const int64_t fewest = Amount(1, 160);
    adult.mutable_weekly_hours()->set_minimum(static_cast<double>(fewest) / 2);
    adult.mutable_weekly_hours()->set_maximum(
        static_cast<double>(Amount(fewest, 160)) / 2);
  }
  if (Said(60)) {
    adult.mutable_salary()->set_floor_cents(
        Amount(1, dice_.OneOf({3'000, 400'000, 100'000'000})));
    adult.mutable_salary()->set_period(
        static_cast<jobs::v1::SalaryPeriod>(dice_.Between(1, 3)));
    adult.mutable_salary()->set_required(dice_.Percent(50));
  }
  adult.set_remote_welcome(dice_.Percent(40));
  if (Said(20)) adult.add_excluded_employers("firma süd");
  if (Said(20)) {
    adult.add_employment_types(
        static_cast<jobs::v1::EmploymentType>(dice_.Between(1, 5)));
    adult.add_employment_types(jobs::v1::EMPLOYMENT_TYPE_EMPLOYEE);
  }
  adult.set_no_temp_agency(dice_.Percent(20));
}

void WorldMaker::Adult(int index, profiles::v1::Adult& adult) {
  adult.set_id(absl::StrCat("a", index));
  adult.set_seeks_job(dice_.Percent(85));
  for (int64_t i = Said(80) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    type::v1::Occupation& occupation = *adult.add_occupations();
    if (dice_.Percent(85)) occupation.set_kldb_code(Code());
    if (dice_.Percent(25)) {
      occupation.set_esco_uri(absl::StrCat("esco/", dice_.Between(1, 6)));
    }
  }
  for (int64_t i = Said(70) ? dice_.Between(1, 8) : 0; i > 0; --i) {
    adult.add_skills(Skill());
  }
  for (int64_t i = Said(40) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    type::v1::LanguageSkill& language = *adult.add_languages();
    language.set_language_code(LanguageCode());
    language.set_level(static_cast<type::v1::CefrLevel>(dice_.Between(0, 7)));
  }
  for (int64_t i = Said(40) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    adult.add_driving_licences(LicenceClass());
  }
  if (adult.driving_licences().empty() && Said(10)) {
    adult.add_driving_licences("NONE");
  }
  Wishes(adult);
}

void WorldMaker::Anchor(int index, profiles::v1::Anchor& anchor) {
  anchor.set_id(absl::StrCat("p", index));
  Where(*anchor.mutable_place());
  if (dice_.Percent(45)) {
    anchor.set_radius_km(
        flavour_ == Flavour::kExtremes
            ? static_cast<double>(dice_.OneOf({1, 1'000'000, 20'000})) / 1'000
            : static_cast<double>(dice_.Between(1, 60'000)) / 1'000);
  } else if (dice_.Percent(70)) {
    anchor.set_commute_minutes(static_cast<int>(Amount(1, 90)));
    anchor.set_commute_mode(
        static_cast<profiles::v1::CommuteMode>(dice_.Between(0, 4)));
  }
  if (dice_.Percent(50)) {
    anchor.set_weight(static_cast<int>(dice_.OneOf({0, 1, 5, 10})));
  }
  anchor.set_required(dice_.Percent(25));
}

void WorldMaker::Housing(profiles::v1::HousingWish& wish) {
  if (Said(30)) wish.add_tenures(housing::v1::TENURE_RENT);
  if (Said(20)) wish.add_tenures(housing::v1::TENURE_BUY);
  if (Said(20)) {
    wish.add_home_types(
        static_cast<housing::v1::HomeType>(dice_.Between(1, 7)));
  }
  if (Said(60)) {
    wish.set_max_monthly_warm_rent_cents(
        Amount(1, dice_.OneOf({200'000, 10'000'000})));
  }
  if (Said(60)) {
    wish.set_max_price_cents(
        Amount(1, dice_.OneOf({50'000'000, 100'000'000'000})));
  }
  if (Said(50)) {
    wish.set_min_rooms(static_cast<double>(Amount(1, dice_.OneOf({8, 200}))) /
                       2);
  }
  if (Said(50)) {
    wish.set_living_area_sqm(static_cast<double>(Amount(100, 1'000'000)) / 100);
  }
  if (Said(25)) {
    wish.add_accessibility(
        static_cast<housing::v1::Accessibility>(dice_.Between(1, 5)));
  }
  wish.set_has_wbs(MaybeAnswer());
  if (Said(20)) wish.add_excluded_landlords("wohnbau süd");
  for (int64_t i = Said(50) ? dice_.Between(1, 4) : 0; i > 0; --i) {
    wish.add_equipment(
        static_cast<profiles::v1::Equipment>(dice_.Between(1, 4)));
  }
  if (Said(40)) {
    wish.set_broadband_mbps(
        static_cast<int>(dice_.OneOf({1, 16, 50, 100'000})));
  }
}

void WorldMaker::People(profiles::v1::ContactWish& wish) {
  for (int64_t i = Said(20) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    wish.add_contact_types(
        static_cast<contacts::v1::ContactType>(dice_.Between(1, 9)));
  }
  for (int64_t i = Said(60) ? dice_.Between(1, 5) : 0; i > 0; --i) {
    wish.add_interests(Term());
  }
  for (int64_t i = Said(40) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    wish.add_biography_hooks(Term());
  }
  wish.set_step_free(dice_.Percent(15));
}

profiles::v1::Profile WorldMaker::Profile(int offers) {
  profiles::v1::Profile profile;
  profile.set_name("profiles/p");
  lenient_ = dice_.Percent(60);
  const int64_t adults = dice_.OneOf({1, 1, 2, 3});
  for (int i = 0; i < adults; ++i) Adult(i, *profile.add_adults());
  // Somebody seeks, so that jobs can be asked for.
  profile.mutable_adults(0)->set_seeks_job(true);
  for (int i = 0; i < dice_.Between(0, 3); ++i) {
    profiles::v1::Child& child = *profile.add_children();
    child.set_id(absl::StrCat("c", i));
    child.set_birth_year(static_cast<int>(dice_.Between(2005, 2027)));
    child.set_needs_childcare(dice_.Percent(60));
    child.set_needs_school(dice_.Percent(60));
  }
  if (dice_.Percent(30)) profile.add_pets(profiles::v1::PET_DOG);
  const int64_t anchors = dice_.OneOf({0, 1, 1, 1, 2, 2, 3});
  for (int i = 0; i < anchors; ++i) Anchor(i, *profile.add_anchors());
  if (Said(60)) Day(*profile.mutable_return_window()->mutable_earliest());
  if (Said(60)) {
    type::v1::Date& latest = *profile.mutable_return_window()->mutable_latest();
    Day(latest);
    if (profile.return_window().has_earliest()) {
      latest = profile.return_window().earliest();
      latest.set_year(static_cast<int>(
          std::min<int64_t>(latest.year() + dice_.Between(0, 1), 2200)));
    }
  }
  Housing(*profile.mutable_housing());
  People(*profile.mutable_contacts());
  RandomWeights(*profile.mutable_weights());
  lenient_ = false;
  for (int64_t i = dice_.Percent(30) ? 5 : 0; i > 0; --i) {
    const int64_t id = dice_.Between(0, std::max(offers, 1));
    const char* collection =
        dice_.Of(std::vector<const char*>{"jobs", "homes", "contacts"});
    profile.add_dismissed_offers(absl::StrCat("networks/n", id % 3, "/",
                                              collection, "/",
                                              (id * 7919) % 1000, "-", id));
  }
  return profile;
}

}  // namespace heimweg::matching::testing
