#include "services/matching/testing/world.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace heimweg::matching::testing {
namespace {

// 2026-11-23, around which everything lies.
constexpr int64_t kNow = 1'795'392'000;
constexpr int64_t kDay = 86'400;

const std::vector<std::string>& Terms() {
  static const auto& terms = *new std::vector<std::string>{
      "Excel",    "excel",    "EXCEL",    "Pflege", "pflege", "Größe", "GRÖSSE",
      "größe",    "Imkern",   "handball", "Öl",     "öl",     "c++",   "C++",
      "Teamwork", "teamwork", "Kran",     "SAP",    "Löten",  "LÖTEN", "Chor"};
  return terms;
}

const std::vector<std::string>& Ags() {
  static const auto& ags = *new std::vector<std::string>{
      "12062124", "12062128", "12062", "05958004", "05958", "05", "12066052"};
  return ags;
}

const std::vector<std::string>& Licences() {
  static const auto& classes = *new std::vector<std::string>{
      "B",  "BE", "C1", "C1E", "C", "CE", "D1", "D",
      "DE", "AM", "A1", "A2",  "A", "L",  "T"};
  return classes;
}

const std::vector<std::string>& Languages() {
  static const auto& codes =
      *new std::vector<std::string>{"de", "en", "pl", "fr"};
  return codes;
}

}  // namespace

bool WorldMaker::Said(int64_t percent) {
  if (flavour_ == Flavour::kUnknown) return dice_.Percent(percent / 8);
  if (lenient_) return dice_.Percent(percent / 3);
  return dice_.Percent(percent);
}

int64_t WorldMaker::Amount(int64_t low, int64_t high) {
  if (flavour_ == Flavour::kExtremes) {
    return std::clamp(
        dice_.OneOf({low, low + 1, high - 1, high, (low + high) / 2}), low,
        high);
  }
  if (flavour_ == Flavour::kTies) return low + (high - low) / 3;
  return dice_.Between(low, high);
}

std::string WorldMaker::Term() { return dice_.Of(Terms()); }

std::string WorldMaker::Skill() {
  return dice_.Percent(50) ? Term()
                           : absl::StrCat("Fach ", dice_.Between(1, 60));
}

std::string WorldMaker::Code() {
  static const std::vector<std::string>& codes = *new std::vector<std::string>{
      "81302", "81303", "81312", "8130",  "813",   "81",
      "25102", "2510",  "25212", "43412", "00000", "99999"};
  return dice_.Of(codes);
}

type::v1::Answer WorldMaker::MaybeAnswer() {
  if (!Said(60)) return type::v1::ANSWER_UNSPECIFIED;
  return dice_.Percent(50) ? type::v1::ANSWER_YES : type::v1::ANSWER_NO;
}

void WorldMaker::Where(type::v1::Place& place) {
  double latitude = 51.5;
  double longitude = 13.5;
  if (flavour_ == Flavour::kExtremes && dice_.Percent(30)) {
    latitude = static_cast<double>(dice_.OneOf({-90, 90, 0, -51, 47}));
    longitude = static_cast<double>(dice_.OneOf({-180, 180, 0, 13, -166}));
  } else if (flavour_ != Flavour::kOnePoint) {
    latitude += static_cast<double>(dice_.Between(-4000, 4000)) / 10'000;
    longitude += static_cast<double>(dice_.Between(-6000, 6000)) / 10'000;
  }
  type::v1::LatLng& location =
      dice_.Percent(70) ? *place.mutable_resolved()->mutable_location()
                        : *place.mutable_location();
  location.set_latitude(latitude);
  location.set_longitude(longitude);
  if (Said(80)) {
    (dice_.Percent(70) ? *place.mutable_resolved()->mutable_ags()
                       : *place.mutable_ags()) = dice_.Of(Ags());
  }
}

void WorldMaker::Day(type::v1::Date& date) {
  if (flavour_ == Flavour::kExtremes) {
    date.set_year(static_cast<int>(dice_.OneOf({1900, 2026, 2200})));
    date.set_month(static_cast<int>(dice_.OneOf({1, 2, 12})));
    date.set_day(28);
    return;
  }
  date.set_year(static_cast<int>(dice_.Between(2026, 2027)));
  date.set_month(static_cast<int>(dice_.Between(1, 12)));
  date.set_day(static_cast<int>(dice_.Between(1, 28)));
}

template <typename Offer>
void WorldMaker::Common(const char* collection, int id, Offer& offer) {
  offer.set_name(absl::StrCat("networks/n", id % 3, "/", collection, "/",
                              (id * 7919) % 1000, "-", id));
  offer.set_title(absl::StrCat("Offer ", id));
  offer.mutable_create_time()->set_seconds(kNow - 100 * kDay);
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
    link.mutable_end_time()->set_seconds(kNow +
                                         dice_.OneOf({-1, 0, 1, 30 * kDay}));
  }
  if (Said(95)) Where(*offer.mutable_place());
  if (dice_.Percent(20)) {
    offer.mutable_validity()->mutable_start_time()->set_seconds(
        kNow + dice_.OneOf({-kDay, 0, 1, -1, kDay}));
  }
  if (dice_.Percent(40)) {
    offer.mutable_validity()->mutable_end_time()->set_seconds(
        kNow + dice_.OneOf({0, 1, 2, 30 * kDay, int64_t{1} << 33}));
  }
  if (Said(80)) {
    offer.mutable_update_time()->set_seconds(kNow - Amount(0, 200 * kDay));
  }
  if (Said(30)) {
    offer.mutable_verified_time()->set_seconds(kNow -
                                               Amount(-10 * kDay, 90 * kDay));
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
    language.set_language_code(dice_.Of(Languages()));
    language.set_level(static_cast<type::v1::CefrLevel>(dice_.Between(0, 7)));
  }
  for (int64_t i = Said(30) ? dice_.Between(1, 2) : 0; i > 0; --i) {
    job.add_driving_licences(dice_.Of(Licences()));
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
      const int64_t start = kNow + dice_.OneOf({-kDay, -1, 0, 1, 40 * kDay});
      event.mutable_start_time()->set_seconds(start);
      if (dice_.Percent(60)) {
        event.mutable_end_time()->set_seconds(start +
                                              dice_.OneOf({0, 1, kDay}));
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
    language.set_language_code(dice_.Of(Languages()));
    language.set_level(static_cast<type::v1::CefrLevel>(dice_.Between(0, 7)));
  }
  for (int64_t i = Said(40) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    adult.add_driving_licences(dice_.Of(Licences()));
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

void WorldMaker::RandomWeights(type::v1::Weights& weights) {
  const auto weight = [&] {
    return static_cast<int>(dice_.OneOf({0, 0, 1, 3, 5, 10, 10}));
  };
  if (dice_.Percent(40)) weights.set_occupation(weight());
  if (dice_.Percent(40)) weights.set_skills(weight());
  if (dice_.Percent(40)) weights.set_hours(weight());
  if (dice_.Percent(40)) weights.set_salary(weight());
  if (dice_.Percent(40)) weights.set_distance(weight());
  if (dice_.Percent(40)) weights.set_dates(weight());
  if (dice_.Percent(40)) weights.set_price(weight());
  if (dice_.Percent(40)) weights.set_space(weight());
  if (dice_.Percent(40)) weights.set_equipment(weight());
  if (dice_.Percent(40)) weights.set_people(weight());
  if (dice_.Percent(40)) weights.set_freshness(weight());
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

v1::RankOffersRequest WorldMaker::Request(
    type::v1::OfferKind kind, const profiles::v1::Profile& profile) {
  v1::RankOffersRequest request;
  *request.mutable_inline_profile() = profile;
  request.set_kind(kind);
  for (int64_t i = dice_.Percent(20) ? dice_.Between(1, 3) : 0; i > 0; --i) {
    request.add_ags_prefixes(dice_.Of(Ags()));
  }
  for (int64_t i = dice_.Percent(20) ? dice_.Between(1, 2) : 0; i > 0; --i) {
    request.add_networks(absl::StrCat("networks/n", dice_.Between(0, 3)));
  }
  if (dice_.Percent(30)) request.set_adult(profile.adults(0).id());
  if (dice_.Percent(30)) RandomWeights(*request.mutable_weights());
  request.mutable_evaluation_time()->set_seconds(
      kNow + (flavour_ == Flavour::kExtremes
                  ? dice_.OneOf({0, -kNow, 4'133'980'799 - kNow})
                  : dice_.OneOf({0, 0, 1, kDay})));
  request.set_view(v1::MATCH_VIEW_FULL);
  request.set_limit(static_cast<int>(dice_.OneOf({0, 1, 3, 1'000})));
  request.set_include_facets(dice_.Percent(50));
  request.set_include_exclusions(dice_.Percent(50));
  request.set_include_relaxations(dice_.Percent(50));
  request.set_include_eligible(dice_.Percent(30));
  return request;
}

}  // namespace heimweg::matching::testing
