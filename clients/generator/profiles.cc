// Households, whose wishes follow what they are, so that offers fit them.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "clients/generator/employers.h"
#include "clients/generator/world.h"

namespace heimweg::generator {
namespace {

using profiles::v1::Adult;
using profiles::v1::Anchor;
using profiles::v1::Profile;

void FillWork(const Setting& setting, Random& random, Adult& adult) {
  const DrawnOccupation& occupation = setting.world.occupations.Draw(random);
  adult.add_occupations()->set_kldb_code(std::string(occupation.code()));
  adult.mutable_occupations(0)->set_title(occupation.title);
  const int64_t more = random.Below(3);
  for (int64_t i = 0; i < more; ++i) {
    adult.add_occupations()->set_kldb_code(std::string(
        setting.world.occupations.Neighbour(occupation, random).code()));
  }
  if (random.Percent(80)) {
    adult.set_requirement_level(
        static_cast<type::v1::RequirementLevel>(occupation.level()));
  }
  const auto skills = static_cast<int>(random.Between(9, 18));
  for (std::string& skill :
       setting.world.skills.Draw(occupation.group, skills, random)) {
    adult.add_skills(std::move(skill));
  }
  for (const absl::string_view soft : Skills::DrawSoft(random)) {
    adult.add_skills(std::string(soft));
  }
}

void FillTerms(Random& random, Adult& adult) {
  constexpr int64_t kFloorEur[] = {2200, 2700, 3400, 4300};
  const int64_t time = random.Below(100);
  const int64_t luck = random.Between(85, 115);
  if (time < 60) {
    adult.mutable_weekly_hours()->set_minimum(35);
    adult.mutable_weekly_hours()->set_maximum(40);
  } else if (time < 88) {
    adult.mutable_weekly_hours()->set_minimum(18);
    adult.mutable_weekly_hours()->set_maximum(32);
  }
  if (random.Percent(70)) {
    const int level = std::max<int>(1, adult.requirement_level());
    adult.mutable_salary()->set_floor_cents(kFloorEur[level - 1] * luck);
    adult.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_MONTH);
    adult.mutable_salary()->set_required(random.Percent(20));
  }
  if (random.Percent(85)) {
    type::v1::LanguageSkill& german = *adult.add_languages();
    german.set_language_code("de");
    german.set_level(random.Percent(90) ? type::v1::CEFR_LEVEL_NATIVE
                                        : type::v1::CEFR_LEVEL_B2);
    if (random.Percent(60)) {
      adult.add_languages()->set_language_code("en");
      adult.mutable_languages(1)->set_level(type::v1::CEFR_LEVEL_B2);
    }
  }
  const int64_t licence = random.Below(100);
  if (licence < 78) adult.add_driving_licences("B");
  if (licence < 6) adult.add_driving_licences("CE");
  if (licence >= 78 && licence < 85) adult.add_driving_licences("NONE");
  adult.set_remote_welcome(random.Percent(35));
  adult.set_no_temp_agency(random.Percent(40));
  if (random.Percent(12))
    adult.add_excluded_employers(DrawEmployerName(random));
  if (random.Percent(70)) {
    adult.add_employment_types(jobs::v1::EMPLOYMENT_TYPE_EMPLOYEE);
  }
}

void FillPeople(const Setting& setting, Random& random, Profile& profile) {
  const bool couple = random.Percent(55);
  for (const char* id : {"a", "b"}) {
    if (*id == 'b' && !couple) break;
    Adult& adult = *profile.add_adults();
    adult.set_id(id);
    adult.set_seeks_job(*id == 'a' || random.Percent(75));
    FillWork(setting, random, adult);
    FillTerms(random, adult);
  }
  const int64_t children = random.Percent(45) ? random.Between(1, 3) : 0;
  const auto year = static_cast<int32_t>(
      absl::ToCivilYear(setting.options.reference_time, absl::UTCTimeZone())
          .year());
  for (int64_t i = 0; i < children; ++i) {
    const auto age = static_cast<int32_t>(random.Below(17));
    profiles::v1::Child& child = *profile.add_children();
    child.set_id(absl::StrCat("c", i + 1));
    child.set_birth_year(year - age);
    child.set_needs_childcare(age < 6);
    child.set_needs_school(age >= 5);
  }
  const int64_t pet = random.Below(100);
  if (pet < 20) profile.add_pets(profiles::v1::PET_DOG);
  if (pet >= 15 && pet < 35) profile.add_pets(profiles::v1::PET_CAT);
}

void FillLimit(Random& random, Anchor& anchor) {
  constexpr double kRadiiKm[] = {25, 50, 100};
  constexpr int32_t kMinutes[] = {30, 45, 60, 90};
  const int64_t drawn = random.Below(100);
  if (drawn >= 75) return;  // nationwide
  if (drawn < 50) {
    anchor.set_radius_km(random.Pick(kRadiiKm));
    return;
  }
  anchor.set_commute_minutes(random.Pick(kMinutes));
  anchor.set_commute_mode(random.Percent(75)
                              ? profiles::v1::COMMUTE_MODE_CAR
                              : profiles::v1::COMMUTE_MODE_TRANSIT);
}

void FillAnchors(const Setting& setting, const Town& home, Random& random,
                 Profile& profile) {
  Anchor& town = *profile.add_anchors();
  town.set_id("home-town");
  *town.mutable_place() =
      Towns::PlaceIn(home, setting.options.as_stored, random);
  FillLimit(random, town);
  if (!random.Percent(30)) return;
  // Somebody else to be near, wherever: never a must, or nothing would fit.
  Anchor& second = *profile.add_anchors();
  second.set_id("second");
  *second.mutable_place() = Towns::PlaceIn(setting.world.towns.Draw(random),
                                           setting.options.as_stored, random);
  second.set_weight(static_cast<int32_t>(random.Between(1, 5)));
}

void FillHousing(const Town& home, Random& random, Profile& profile) {
  const int64_t people = profile.adults_size() + profile.children_size();
  const int64_t rent_per_person = 30'000 + 8'000 * home.size_class();
  const int64_t budget = random.Between(28'000, 60'000);
  profiles::v1::HousingWish& wish = *profile.mutable_housing();
  const int64_t way = random.Below(100);
  if (way < 70) wish.add_tenures(housing::v1::TENURE_RENT);
  if (way < 15) wish.add_tenures(housing::v1::TENURE_TRIAL);
  if (way >= 60) wish.add_tenures(housing::v1::TENURE_BUY);
  if (way >= 85) wish.add_tenures(housing::v1::TENURE_PLOT);
  if (random.Percent(75)) {
    wish.set_max_monthly_warm_rent_cents(budget + people * rent_per_person);
  }
  if (random.Percent(70)) {
    wish.set_max_price_cents(budget * 800 + people * 4'000'000);
  }
  if (random.Percent(75)) wish.set_min_rooms(static_cast<double>(people));
  if (random.Percent(70)) {
    wish.set_living_area_sqm(static_cast<double>(30 + 22 * people));
  }
  if (random.Percent(6)) {
    wish.add_accessibility(housing::v1::ACCESSIBILITY_STEP_FREE);
  }
  wish.set_has_wbs(DrawAnswer(12, 60, random));
  for (const auto equipment :
       {profiles::v1::EQUIPMENT_GARDEN, profiles::v1::EQUIPMENT_FITTED_KITCHEN,
        profiles::v1::EQUIPMENT_PARKING}) {
    if (random.Percent(40)) wish.add_equipment(equipment);
  }
  if (random.Percent(50)) wish.set_broadband_mbps(100);
}

void FillContacts(const Town& home, Random& random, Profile& profile) {
  profiles::v1::ContactWish& wish = *profile.mutable_contacts();
  const int64_t interests = random.Between(2, 8);
  for (int64_t i = 0; i < interests; ++i) {
    wish.add_interests(std::string(DrawTopic(random)));
  }
  const int64_t hooks = random.Below(5);
  for (int64_t i = 0; i < hooks; ++i) {
    wish.add_biography_hooks(DrawBiographyHook(home, random));
  }
  if (random.Percent(60)) {
    wish.add_languages()->set_language_code("de");
    wish.mutable_languages(0)->set_level(type::v1::CEFR_LEVEL_NATIVE);
  }
}

void FillWindow(absl::Time now, Random& random, Profile& profile) {
  const int64_t first = random.Between(30, 500);
  const int64_t length = random.Between(60, 720);
  if (random.Percent(75)) {
    *profile.mutable_return_window()->mutable_earliest() = DayAfter(now, first);
  }
  if (random.Percent(60)) {
    *profile.mutable_return_window()->mutable_latest() =
        DayAfter(now, first + length);
  }
}

void FillSettings(Random& random, Profile& profile) {
  if (random.Percent(30)) {
    profile.mutable_weights()->set_distance(
        static_cast<int32_t>(random.Below(11)));
    profile.mutable_weights()->set_salary(
        static_cast<int32_t>(random.Below(11)));
    profile.mutable_weights()->set_price(
        static_cast<int32_t>(random.Below(11)));
  }
  profile.mutable_notifications()->set_enabled(random.Percent(50));
  if (random.Percent(50)) {
    profile.mutable_notifications()->set_threshold_millionths(
        static_cast<int32_t>(10'000 * random.Between(50, 85)));
  }
  const type::v1::ContactPerson person = DrawContactPerson(random);
  profiles::v1::PersonalPart& personal = *profile.mutable_personal();
  personal.set_display_name(person.display_name());
  personal.set_email(person.email());
  personal.set_phone_number(person.phone_number());
  personal.set_language_code("de");
}

}  // namespace

void FillProfile(const Setting& setting, Random& random, Profile& profile) {
  const absl::Time now = setting.options.reference_time;
  const Town& home = setting.world.towns.Draw(random);
  FillPeople(setting, random, profile);
  FillAnchors(setting, home, random, profile);
  FillWindow(now, random, profile);
  FillHousing(home, random, profile);
  FillContacts(home, random, profile);
  FillSettings(random, profile);
  if (setting.options.as_stored) {
    const absl::Duration age = DrawAge(random);
    *profile.mutable_create_time() = ToTimestamp(now - age);
    *profile.mutable_update_time() = profile.create_time();
  }
  if (random.Percent(5)) {
    profile.mutable_housing()->add_excluded_landlords(DrawLandlordName(random));
  }
}

}  // namespace heimweg::generator
