#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/testing/world.h"

namespace heimweg::matching::testing {

template <typename Offer>
void WorldMaker::Common(const char* collection, int id, Offer& offer) {
  offer.set_name(absl::StrCat("networks/n", id % 3, "/", collection, "/",
                              (id * 7919) % 1000, "-", id));
  offer.set_title(absl::StrCat("Offer ", id));
  offer.mutable_create_time()->set_seconds(kWorldNow - 100 * kDaySeconds);
  const bool published = flavour_ != Flavour::kNoMatch &&
                         (flavour_ == Flavour::kAllMatch || dice_.Percent(90));
  offer.set_state(published ? type::v1::OFFER_STATE_PUBLISHED
                            : static_cast<type::v1::OfferState>(
                                  dice_.OneOf({0, 1, 3, 4, 5})));
  if (flavour_ == Flavour::kAllMatch) return;
  if (dice_.Percent(10)) {
    type::v1::DuplicateLink& link = *offer.mutable_duplicate_of();
    link.set_offer(absl::StrCat("networks/n", dice_.Between(0, 3), "/",
                                collection, "/other"));
    link.mutable_end_time()->set_seconds(
        kWorldNow + dice_.OneOf({-1, 0, 1, 30 * kDaySeconds}));
  }
  if (Said(95)) Where(*offer.mutable_place());
  if (dice_.Percent(20)) {
    offer.mutable_validity()->mutable_start_time()->set_seconds(
        kWorldNow + dice_.OneOf({-kDaySeconds, 0, 1, -1, kDaySeconds}));
  }
  if (dice_.Percent(40)) {
    offer.mutable_validity()->mutable_end_time()->set_seconds(
        kWorldNow + dice_.OneOf({0, 1, 2, 30 * kDaySeconds, int64_t{1} << 33}));
  }
  if (Said(80)) {
    offer.mutable_update_time()->set_seconds(kWorldNow -
                                             Amount(0, 200 * kDaySeconds));
  }
  if (Said(30)) {
    offer.mutable_verified_time()->set_seconds(
        kWorldNow - Amount(-10 * kDaySeconds, 90 * kDaySeconds));
  }
}

jobs::v1::Job WorldMaker::Job(int id) {
  jobs::v1::Job job;
  Common("jobs", id, job);
  for (int64_t i = Said(80) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    type::v1::Occupation& occupation = *job.add_occupations();
    if (dice_.Percent(85)) occupation.set_kldb_code(Code());
    if (dice_.Percent(25)) {
      occupation.set_esco_uri(absl::StrCat("esco/", dice_.Between(1, 4)));
    }
  }
  for (int64_t i = Said(70) ? dice_.Between(1, 6) : 0; i > 0; --i) {
    (dice_.Percent(50) ? job.add_required_skills() : job.add_optional_skills())
        ->assign(Skill());
  }
  if (flavour_ == Flavour::kAllMatch) return job;
  if (Said(80)) {
    job.set_employment_type(
        static_cast<jobs::v1::EmploymentType>(dice_.Between(1, 5)));
  }
  if (Said(80)) {
    const int64_t fewest = Amount(1, 160);
    job.mutable_weekly_hours()->set_minimum(static_cast<double>(fewest) / 2);
    if (dice_.Percent(60)) {
      job.mutable_weekly_hours()->set_maximum(
          static_cast<double>(Amount(fewest, 160)) / 2);
    }
  }
  job.set_temp_agency(MaybeAnswer());
  if (Said(70)) {
    const int64_t lowest =
        Amount(1, dice_.OneOf({5'000, 600'000, 100'000'000}));
    jobs::v1::Salary& salary = *job.mutable_salary();
    salary.set_period(static_cast<jobs::v1::SalaryPeriod>(dice_.Between(1, 3)));
    if (dice_.Percent(80)) salary.set_minimum_cents(lowest);
    if (dice_.Percent(50)) {
      salary.set_maximum_cents(Amount(lowest, 100'000'000));
    }
  }
  if (Said(50)) {
    job.set_remote_percent(static_cast<int>(dice_.OneOf({0, 20, 50, 99, 100})));
  }
  for (int64_t i = Said(30) ? dice_.Between(1, 2) : 0; i > 0; --i) {
    type::v1::LanguageSkill& language = *job.add_languages();
    language.set_language_code(LanguageCode());
    language.set_level(static_cast<type::v1::CefrLevel>(dice_.Between(0, 7)));
  }
  for (int64_t i = Said(30) ? dice_.Between(1, 2) : 0; i > 0; --i) {
    job.add_driving_licences(LicenceClass());
  }
  if (Said(60)) Day(*job.mutable_start_date());
  if (Said(80)) {
    job.mutable_employer()->set_display_name(dice_.Of(
        std::vector<std::string>{"Firma Süd", "FIRMA SÜD", "Nord AG"}));
  }
  return job;
}

housing::v1::Home WorldMaker::Home(int id) {
  housing::v1::Home home;
  Common("homes", id, home);
  if (flavour_ == Flavour::kAllMatch) return home;
  home.set_tenure(static_cast<housing::v1::Tenure>(dice_.Between(1, 4)));
  if (Said(80)) {
    home.set_home_type(static_cast<housing::v1::HomeType>(dice_.Between(1, 7)));
  }
  const bool rented = home.tenure() == housing::v1::TENURE_RENT ||
                      home.tenure() == housing::v1::TENURE_TRIAL;
  if (rented && Said(60)) home.set_monthly_cold_rent_cents(Amount(0, 200'000));
  if (rented && Said(60)) {
    home.set_monthly_warm_rent_cents(
        Amount(home.monthly_cold_rent_cents(), 10'000'000));
  }
  if (!rented && Said(80)) {
    home.set_price_cents(Amount(0, dice_.OneOf({50'000'000, 100'000'000'000})));
  }
  if (Said(80)) {
    home.set_rooms(static_cast<double>(Amount(1, dice_.OneOf({12, 200}))) / 2);
  }
  if (Said(80)) {
    home.set_living_area_sqm(static_cast<double>(Amount(100, 1'000'000)) / 100);
  }
  if (Said(70)) Day(*home.mutable_available_from());
  if (Said(30)) home.set_min_occupants(static_cast<int>(dice_.Between(1, 5)));
  if (Said(30)) {
    home.set_max_occupants(
        static_cast<int>(dice_.Between(std::max(home.min_occupants(), 1), 50)));
  }
  home.set_wbs_required(MaybeAnswer());
  home.set_pets_allowed(MaybeAnswer());
  if (Said(80)) {
    home.set_landlord(dice_.Of(
        std::vector<std::string>{"Wohnbau Süd", "WOHNBAU SÜD", "Nord eG"}));
  }
  if (Said(50)) {
    if (dice_.Percent(30)) {
      home.add_accessibility(housing::v1::ACCESSIBILITY_NONE);
    } else {
      home.add_accessibility(
          static_cast<housing::v1::Accessibility>(dice_.Between(1, 4)));
      home.add_accessibility(
          static_cast<housing::v1::Accessibility>(dice_.Between(1, 4)));
    }
  }
  home.set_furnished(MaybeAnswer());
  home.set_garden(MaybeAnswer());
  home.set_fitted_kitchen(MaybeAnswer());
  home.set_parking(MaybeAnswer());
  if (Said(50)) {
    home.set_broadband_mbps(
        static_cast<int>(dice_.OneOf({0, 16, 50, 100'000})));
  }
  return home;
}

contacts::v1::Contact WorldMaker::Contact(int id) {
  contacts::v1::Contact contact;
  Common("contacts", id, contact);
  if (flavour_ != Flavour::kAllMatch) {
    contact.set_contact_type(
        static_cast<contacts::v1::ContactType>(dice_.Between(1, 9)));
    contact.set_step_free(MaybeAnswer());
    if (Said(50)) {
      const int64_t youngest = dice_.OneOf({0, 1, 3, 6, 120});
      contact.mutable_ages()->set_minimum_years(static_cast<int>(youngest));
      if (dice_.Percent(70)) {
        contact.mutable_ages()->set_maximum_years(
            static_cast<int>(Amount(youngest, 120)));
      }
    }
    if (Said(40)) {
      contacts::v1::EventSchedule& event = *contact.mutable_schedule();
      const int64_t start =
          kWorldNow + dice_.OneOf({-kDaySeconds, -1, 0, 1, 40 * kDaySeconds});
      event.mutable_start_time()->set_seconds(start);
      if (dice_.Percent(60)) {
        event.mutable_end_time()->set_seconds(start +
                                              dice_.OneOf({0, 1, kDaySeconds}));
      }
      if (dice_.Percent(30)) event.set_recurrence_rule("FREQ=MONTHLY");
    }
  }
  for (int64_t i = Said(70) ? dice_.Between(1, 5) : 0; i > 0; --i) {
    contact.add_topics(Term());
  }
  for (int64_t i = Said(40) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    contact.add_biography_hooks(Term());
  }
  return contact;
}

}  // namespace heimweg::matching::testing
