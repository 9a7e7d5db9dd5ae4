#include "services/matching/testing/oracle_constraints.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/matching/testing/oracle_facts.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;
using profiles::v1::Profile;
using Result = v1::ConstraintResult::Outcome;

constexpr Result kMet = v1::ConstraintResult::OUTCOME_MET;
constexpr Result kFailed = v1::ConstraintResult::OUTCOME_FAILED;
constexpr Result kOpen = v1::ConstraintResult::OUTCOME_OPEN;

Result If(bool holds) { return holds ? kMet : kFailed; }

// Of what was asked: failed if any is, else open if any is, else met.
Result All(const std::vector<Result>& asked) {
  const auto has = [&](Result result) {
    return std::find(asked.begin(), asked.end(), result) != asked.end();
  };
  if (has(kFailed)) return kFailed;
  return asked.empty() || has(kOpen) ? kOpen : kMet;
}

template <typename Values>
bool Contains(const Values& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool StartsWith(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

Result Region(const std::vector<std::string>& prefixes,
              const std::string& ags) {
  if (prefixes.empty() || ags.empty()) return kOpen;
  bool maybe = false;
  for (const std::string& prefix : prefixes) {
    if (StartsWith(ags, prefix)) return kMet;
    maybe = maybe || StartsWith(prefix, ags);
  }
  return maybe ? kOpen : kFailed;
}

Result Area(const Profile& profile, const type::v1::Place& place) {
  const auto point = PointOfPlace(place);
  if (!point) return kOpen;
  std::vector<bool> required;
  std::vector<bool> others;
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    const int64_t meters = Meters(*PointOfPlace(anchor.place()), *point);
    bool inside = false;
    if (anchor.has_radius_km()) {
      inside = meters <= std::llround(anchor.radius_km() * 1000);
    } else if (anchor.has_commute_minutes()) {
      inside =
          Minutes(meters, anchor.commute_mode()) <= anchor.commute_minutes();
    } else {
      continue;
    }
    (anchor.required() ? required : others).push_back(inside);
  }
  if (required.empty() && others.empty()) return kOpen;
  const auto all = std::count(required.begin(), required.end(), false) == 0;
  const auto any = std::count(others.begin(), others.end(), true) > 0;
  return If(all && (others.empty() || any));
}

template <typename Offer>
void AddShared(const Offer& offer, const v1::RankOffersRequest& request,
               const Profile& profile, Outcomes& outcomes) {
  const int64_t now = request.evaluation_time().seconds();
  const type::v1::ValidityPeriod& validity = offer.validity();
  int64_t from = validity.has_start_time() ? validity.start_time().seconds()
                                           : offer.create_time().seconds();
  if (offer.has_duplicate_of()) {
    // Shown in the place of the other one, where that is not asked for.
    const auto& asked = request.networks();
    const std::string& other = offer.duplicate_of().offer();
    const bool other_shows =
        asked.empty() ||
        std::any_of(asked.begin(), asked.end(), [&](const std::string& one) {
          return StartsWith(other, one + "/");
        });
    if (other_shows) {
      from = std::max(from, offer.duplicate_of().end_time().seconds());
    }
  }
  outcomes[v1::CONSTRAINT_STATE] =
      If(offer.state() == type::v1::OFFER_STATE_PUBLISHED && now >= from &&
         (!validity.has_end_time() || now < validity.end_time().seconds()));
  const std::string& name = offer.name();
  const auto& networks = request.networks();
  outcomes[v1::CONSTRAINT_NETWORK] =
      networks.empty()
          ? kOpen
          : If(std::any_of(networks.begin(), networks.end(),
                           [&](const std::string& network) {
                             return StartsWith(name, network + "/");
                           }));
  outcomes[v1::CONSTRAINT_REGION] =
      Region({request.ags_prefixes().begin(), request.ags_prefixes().end()},
             AgsOfPlace(offer.place()));
  const auto& dismissed = profile.dismissed_offers();
  outcomes[v1::CONSTRAINT_DISMISSED] =
      dismissed.empty() ? kOpen
                        : If(std::find(dismissed.begin(), dismissed.end(),
                                       name) == dismissed.end());
}

Result Dates(const Profile& profile, bool known, const type::v1::Date& date) {
  if (!profile.return_window().has_latest() || !known) return kOpen;
  return If(DaysOf(date) <= DaysOf(profile.return_window().latest()));
}

Result Languages(const Adult& adult, const jobs::v1::Job& job) {
  if (adult.languages().empty() || job.languages().empty()) return kOpen;
  std::vector<Result> asked;
  for (const type::v1::LanguageSkill& required : job.languages()) {
    Result best = kFailed;
    bool level_open = false;
    bool enough = false;
    for (const type::v1::LanguageSkill& spoken : adult.languages()) {
      if (spoken.language_code() != required.language_code()) continue;
      if (spoken.level() == 0) level_open = true;
      if (required.level() == 0) enough = true;
      if (spoken.level() >= required.level()) enough = true;
    }
    if (level_open && required.level() != 0) {
      best = kOpen;
    } else if (enough) {
      best = kMet;
    }
    asked.push_back(best);
  }
  return All(asked);
}

Result Salary(const Adult& adult, const jobs::v1::Job& job) {
  if (!adult.has_salary() || !adult.salary().required()) return kOpen;
  std::optional<int64_t> cents;
  if (job.salary().has_minimum_cents()) cents = job.salary().minimum_cents();
  if (job.salary().has_maximum_cents()) cents = job.salary().maximum_cents();
  const auto pay =
      HourlyCents(cents, job.salary().period(),
                  job.has_weekly_hours() ? &job.weekly_hours() : nullptr);
  const auto floor =
      HourlyCents(adult.salary().floor_cents(), adult.salary().period(),
                  adult.has_weekly_hours() ? &adult.weekly_hours() : nullptr);
  return pay ? If(*pay >= *floor) : kOpen;
}

Result Hours(const Adult& adult, const jobs::v1::Job& job) {
  if (!adult.has_weekly_hours() || !job.has_weekly_hours()) return kOpen;
  const auto [wish_low, wish_high] = MinuteRange(adult.weekly_hours());
  const auto [low, high] = MinuteRange(job.weekly_hours());
  return If(std::max(wish_low, low) <= std::min(wish_high, high));
}

Result Employment(const Adult& adult, const jobs::v1::Job& job) {
  std::vector<Result> asked;
  if (!adult.employment_types().empty()) {
    asked.push_back(
        job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_UNSPECIFIED
            ? kOpen
            : If(Contains(adult.employment_types(), job.employment_type())));
  }
  if (adult.no_temp_agency()) {
    asked.push_back(job.temp_agency() == type::v1::ANSWER_UNSPECIFIED
                        ? kOpen
                        : If(job.temp_agency() == type::v1::ANSWER_NO));
  }
  return All(asked);
}

Result LicencesHeld(const Adult& adult, const jobs::v1::Job& job) {
  if (adult.driving_licences().empty() || job.driving_licences().empty()) {
    return kOpen;
  }
  const std::set<std::string> drivable = Drivable(
      {adult.driving_licences().begin(), adult.driving_licences().end()});
  const auto& asked = job.driving_licences();
  return If(std::all_of(
      asked.begin(), asked.end(),
      [&](const std::string& licence) { return drivable.count(licence) > 0; }));
}

Result Accessible(const Profile& profile, const housing::v1::Home& home) {
  std::set<int> needed(profile.housing().accessibility().begin(),
                       profile.housing().accessibility().end());
  needed.erase(housing::v1::ACCESSIBILITY_NONE);
  if (needed.empty() || home.accessibility().empty()) return kOpen;
  std::set<int> there(home.accessibility().begin(), home.accessibility().end());
  if (there.count(housing::v1::ACCESSIBILITY_WHEELCHAIR) > 0) {
    there.insert(housing::v1::ACCESSIBILITY_STEP_FREE);
    there.insert(housing::v1::ACCESSIBILITY_LEVEL_SHOWER);
  }
  return If(
      std::includes(there.begin(), there.end(), needed.begin(), needed.end()));
}

Result Budget(const Profile& profile, const housing::v1::Home& home) {
  const profiles::v1::HousingWish& wish = profile.housing();
  if (home.tenure() == housing::v1::TENURE_RENT ||
      home.tenure() == housing::v1::TENURE_TRIAL) {
    if (!wish.has_max_monthly_warm_rent_cents()) return kOpen;
    if (home.has_monthly_warm_rent_cents()) {
      return If(home.monthly_warm_rent_cents() <=
                wish.max_monthly_warm_rent_cents());
    }
    if (home.has_monthly_cold_rent_cents()) {
      return If(home.monthly_cold_rent_cents() <=
                wish.max_monthly_warm_rent_cents());
    }
    return kOpen;
  }
  if (home.tenure() == housing::v1::TENURE_UNSPECIFIED) return kOpen;
  if (!wish.has_max_price_cents() || !home.has_price_cents()) return kOpen;
  return If(home.price_cents() <= wish.max_price_cents());
}

Result HomeTypes(const Profile& profile, const housing::v1::Home& home) {
  std::vector<Result> asked;
  if (!profile.housing().tenures().empty()) {
    asked.push_back(
        home.tenure() == 0
            ? kOpen
            : If(Contains(profile.housing().tenures(), home.tenure())));
  }
  if (!profile.housing().home_types().empty()) {
    asked.push_back(
        home.home_type() == 0
            ? kOpen
            : If(Contains(profile.housing().home_types(), home.home_type())));
  }
  return All(asked);
}

Result Wbs(const Profile& profile, const housing::v1::Home& home) {
  if (home.wbs_required() == type::v1::ANSWER_NO) return kMet;
  if (home.wbs_required() == type::v1::ANSWER_UNSPECIFIED ||
      profile.housing().has_wbs() == type::v1::ANSWER_UNSPECIFIED) {
    return kOpen;
  }
  return If(profile.housing().has_wbs() == type::v1::ANSWER_YES);
}

Result Ages(const Profile& profile, const contacts::v1::Contact& contact,
            int64_t year) {
  const bool care =
      contact.contact_type() == contacts::v1::CONTACT_TYPE_CHILDCARE;
  const bool school =
      contact.contact_type() == contacts::v1::CONTACT_TYPE_SCHOOL;
  if (!care && !school) return kOpen;
  for (const profiles::v1::Child& child : profile.children()) {
    if (care ? !child.needs_childcare() : !child.needs_school()) continue;
    for (int64_t age :
         {year - child.birth_year(), year - child.birth_year() - 1}) {
      age = std::max<int64_t>(age, 0);
      if (age >= contact.ages().minimum_years() &&
          (!contact.ages().has_maximum_years() ||
           age <= contact.ages().maximum_years())) {
        return kMet;
      }
    }
  }
  return kFailed;
}

Result Event(const contacts::v1::Contact& contact, int64_t now) {
  const contacts::v1::EventSchedule& event = contact.schedule();
  if (!event.has_start_time()) return kOpen;
  const int64_t last = event.has_end_time() ? event.end_time().seconds()
                                            : event.start_time().seconds();
  if (now <= last) return kMet;
  return event.recurrence_rule().empty() ? kFailed : kOpen;
}

template <typename Names>
Result NotOf(const Names& excluded, const std::string& who) {
  if (excluded.empty() || who.empty()) return kOpen;
  return If(FoldedSet(excluded).count(Folded(who)) == 0);
}

}  // namespace

Outcomes ConstraintsOf(const jobs::v1::Job& job,
                       const v1::RankOffersRequest& request,
                       const Profile& profile, const Adult& adult) {
  Outcomes outcomes;
  AddShared(job, request, profile, outcomes);
  const bool remote = adult.remote_welcome() && job.remote_percent() == 100;
  outcomes[v1::CONSTRAINT_AREA] = remote ? kMet : Area(profile, job.place());
  outcomes[v1::CONSTRAINT_DATES] =
      Dates(profile, job.has_start_date(), job.start_date());
  outcomes[v1::CONSTRAINT_EMPLOYER] =
      NotOf(adult.excluded_employers(), job.employer().display_name());
  outcomes[v1::CONSTRAINT_EMPLOYMENT] = Employment(adult, job);
  outcomes[v1::CONSTRAINT_LANGUAGE] = Languages(adult, job);
  outcomes[v1::CONSTRAINT_LICENCE] = LicencesHeld(adult, job);
  outcomes[v1::CONSTRAINT_SALARY] = Salary(adult, job);
  outcomes[v1::CONSTRAINT_HOURS] = Hours(adult, job);
  return outcomes;
}

Outcomes ConstraintsOf(const housing::v1::Home& home,
                       const v1::RankOffersRequest& request,
                       const Profile& profile, const Adult& /*adult*/) {
  Outcomes outcomes;
  AddShared(home, request, profile, outcomes);
  outcomes[v1::CONSTRAINT_AREA] = Area(profile, home.place());
  outcomes[v1::CONSTRAINT_DATES] =
      Dates(profile, home.has_available_from(), home.available_from());
  outcomes[v1::CONSTRAINT_TYPE] = HomeTypes(profile, home);
  outcomes[v1::CONSTRAINT_BUDGET] = Budget(profile, home);
  outcomes[v1::CONSTRAINT_ROOMS] =
      profile.housing().has_min_rooms() && home.has_rooms()
          ? If(home.rooms() >= profile.housing().min_rooms())
          : kOpen;
  const int people = profile.adults_size() + profile.children_size();
  outcomes[v1::CONSTRAINT_OCCUPANTS] =
      people == 0 || (!home.has_min_occupants() && !home.has_max_occupants())
          ? kOpen
          : If((!home.has_min_occupants() || people >= home.min_occupants()) &&
               (!home.has_max_occupants() || people <= home.max_occupants()));
  outcomes[v1::CONSTRAINT_PETS] =
      profile.pets().empty() ||
              home.pets_allowed() == type::v1::ANSWER_UNSPECIFIED
          ? kOpen
          : If(home.pets_allowed() == type::v1::ANSWER_YES);
  outcomes[v1::CONSTRAINT_ACCESSIBILITY] = Accessible(profile, home);
  outcomes[v1::CONSTRAINT_WBS] = Wbs(profile, home);
  outcomes[v1::CONSTRAINT_LANDLORD] =
      NotOf(profile.housing().excluded_landlords(), home.landlord());
  return outcomes;
}

Outcomes ConstraintsOf(const contacts::v1::Contact& contact,
                       const v1::RankOffersRequest& request,
                       const Profile& profile, const Adult& /*adult*/) {
  Outcomes outcomes;
  const int64_t now = request.evaluation_time().seconds();
  AddShared(contact, request, profile, outcomes);
  outcomes[v1::CONSTRAINT_AREA] = Area(profile, contact.place());
  outcomes[v1::CONSTRAINT_DATES] = Event(contact, now);
  const auto& types = profile.contacts().contact_types();
  outcomes[v1::CONSTRAINT_TYPE] =
      types.empty() || contact.contact_type() == 0
          ? kOpen
          : If(Contains(types, contact.contact_type()));
  outcomes[v1::CONSTRAINT_ACCESSIBILITY] =
      !profile.contacts().step_free() ||
              contact.step_free() == type::v1::ANSWER_UNSPECIFIED
          ? kOpen
          : If(contact.step_free() == type::v1::ANSWER_YES);
  outcomes[v1::CONSTRAINT_AGES] =
      Ages(profile, contact, DateOf(now / 86'400).year());
  return outcomes;
}

}  // namespace heimweg::matching::testing
