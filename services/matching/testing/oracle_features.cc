#include "services/matching/testing/oracle_features.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "services/matching/testing/oracle_facts.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;
using profiles::v1::Profile;
using Value = std::optional<int64_t>;

constexpr int64_t kOneWhole = 1'000'000;

Value Occupation(const jobs::v1::Job& job, const Adult& adult) {
  Value best;
  for (const type::v1::Occupation& wish : adult.occupations()) {
    for (const type::v1::Occupation& offer : job.occupations()) {
      if (!wish.kldb_code().empty() && !offer.kldb_code().empty()) {
        size_t common = 0;
        while (common < wish.kldb_code().size() &&
               common < offer.kldb_code().size() &&
               wish.kldb_code()[common] == offer.kldb_code()[common]) {
          ++common;
        }
        const std::vector<int64_t> ladder = {0,       0,       350'000,
                                             600'000, 850'000, kOneWhole};
        best = std::max(best.value_or(0), ladder[common]);
      }
      if (!wish.esco_uri().empty() && !offer.esco_uri().empty()) {
        const bool same = wish.esco_uri() == offer.esco_uri();
        best = std::max(best.value_or(0), same ? kOneWhole : 0);
      }
    }
  }
  return best;
}

int64_t RarityOf(const std::string& skill, const SkillFrequencies& counts) {
  const auto found = counts.asked.find(skill);
  const int64_t frequency = found == counts.asked.end() ? 0 : found->second;
  int64_t steps = 0;
  while ((frequency + 1) << (steps + 1) <= counts.jobs + 1) ++steps;
  return std::clamp<int64_t>(1 + steps, 1, 20);
}

// One name for each skill.
template <typename Texts>
std::set<std::string> SkillSet(const Texts& texts, const EscoKnowledge& esco) {
  std::set<std::string> skills;
  for (const std::string& folded : FoldedSet(texts)) {
    const auto found = esco.bearers.find(folded);
    const bool one = found != esco.bearers.end() && found->second.size() == 1;
    skills.insert(one ? *found->second.begin() : folded);
  }
  return skills;
}

template <typename Occupations>
void AddEssential(const Occupations& occupations, const EscoKnowledge& esco,
                  std::set<std::string>& skills) {
  for (const type::v1::Occupation& occupation : occupations) {
    const auto needed = esco.essential.find(occupation.esco_uri());
    if (needed == esco.essential.end()) continue;
    skills.insert(needed->second.begin(), needed->second.end());
  }
}

std::set<std::string> AllAsked(const jobs::v1::Job& job,
                               const EscoKnowledge& esco) {
  std::set<std::string> all = SkillSet(job.required_skills(), esco);
  all.merge(SkillSet(job.optional_skills(), esco));
  if (all.empty()) AddEssential(job.occupations(), esco, all);
  return all;
}

Value Skills(const jobs::v1::Job& job, const Adult& adult,
             const SkillFrequencies& counts) {
  std::set<std::string> held = SkillSet(adult.skills(), counts.esco);
  AddEssential(adult.occupations(), counts.esco, held);
  const std::set<std::string> required =
      SkillSet(job.required_skills(), counts.esco);
  const std::set<std::string> all = AllAsked(job, counts.esco);
  if (held.empty() || all.empty()) return std::nullopt;
  int64_t shared = 0;
  int64_t asked = 0;
  for (const std::string& skill : all) {
    const int64_t points =
        (required.count(skill) > 0 ? 2 : 1) * RarityOf(skill, counts);
    asked += points;
    if (held.count(skill) > 0) shared += points;
  }
  return shared * kOneWhole / asked;
}

Value HoursFit(const jobs::v1::Job& job, const Adult& adult) {
  if (!adult.has_weekly_hours() || !job.has_weekly_hours()) return std::nullopt;
  const auto [wish_low, wish_high] = MinuteRange(adult.weekly_hours());
  const auto [low, high] = MinuteRange(job.weekly_hours());
  if (low == high) {
    return wish_low <= low && low <= wish_high ? kOneWhole : 0;
  }
  const int64_t inside = std::min(high, wish_high) - std::max(low, wish_low);
  return Share(inside * kOneWhole, high - low);
}

Value SalaryFit(const jobs::v1::Job& job, const Adult& adult) {
  if (!adult.has_salary()) return std::nullopt;
  std::optional<int64_t> cents;
  if (job.salary().has_minimum_cents()) cents = job.salary().minimum_cents();
  if (job.salary().has_maximum_cents()) cents = job.salary().maximum_cents();
  const auto pay =
      HourlyCents(cents, job.salary().period(),
                  job.has_weekly_hours() ? &job.weekly_hours() : nullptr);
  auto floor =
      HourlyCents(adult.salary().floor_cents(), adult.salary().period(),
                  adult.has_weekly_hours() ? &adult.weekly_hours() : nullptr);
  if (!pay) return std::nullopt;
  floor = std::max<int64_t>(*floor, 1);
  return Share((2 * *pay - *floor) * kOneWhole, 2 * *floor);
}

Value Nearness(const Profile& profile, const type::v1::Place& place) {
  const auto point = PointOfPlace(place);
  if (!point) return std::nullopt;
  int64_t sum = 0;
  int64_t weights = 0;
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    const int64_t weight = anchor.has_weight() ? anchor.weight() : 5;
    const int64_t meters = Meters(*PointOfPlace(anchor.place()), *point);
    int64_t value = DecayOf(meters, 50'000);
    if (anchor.has_radius_km()) {
      value = DecayOf(2 * meters, std::llround(anchor.radius_km() * 1000));
    } else if (anchor.has_commute_minutes()) {
      value = DecayOf(2 * Minutes(meters, anchor.commute_mode()),
                      anchor.commute_minutes());
    }
    sum += weight * value;
    weights += weight;
  }
  if (weights == 0) return std::nullopt;
  return sum / weights;
}

int64_t Earliest(const v1::RankOffersRequest& request) {
  const profiles::v1::ReturnWindow& window =
      request.inline_profile().return_window();
  return window.has_earliest() ? DaysOf(window.earliest())
                               : request.evaluation_time().seconds() / 86'400;
}

// Days by which `day` lies outside the window, before or after it.
int64_t DaysBefore(const v1::RankOffersRequest& request, int64_t day) {
  return std::max<int64_t>(Earliest(request) - day, 0);
}
int64_t DaysAfter(const v1::RankOffersRequest& request, int64_t day) {
  const profiles::v1::ReturnWindow& window =
      request.inline_profile().return_window();
  return window.has_latest()
             ? std::max<int64_t>(day - DaysOf(window.latest()), 0)
             : 0;
}

template <typename Offer>
Value Freshness(const Offer& offer, const v1::RankOffersRequest& request) {
  const int64_t time =
      std::max(offer.verified_time().seconds(), offer.update_time().seconds());
  if (time == 0) return std::nullopt;
  return DecayOf(request.evaluation_time().seconds() - time,
                 int64_t{30} * 86'400);
}

Value Price(const housing::v1::Home& home, const Profile& profile) {
  const profiles::v1::HousingWish& wish = profile.housing();
  Value budget;
  Value amount;
  if (home.tenure() == housing::v1::TENURE_RENT ||
      home.tenure() == housing::v1::TENURE_TRIAL) {
    if (wish.has_max_monthly_warm_rent_cents()) {
      budget = wish.max_monthly_warm_rent_cents();
    }
    if (home.has_monthly_cold_rent_cents()) {
      amount = home.monthly_cold_rent_cents();
    }
    if (home.has_monthly_warm_rent_cents()) {
      amount = home.monthly_warm_rent_cents();
    }
  } else if (home.tenure() != housing::v1::TENURE_UNSPECIFIED) {
    if (wish.has_max_price_cents()) budget = wish.max_price_cents();
    if (home.has_price_cents()) amount = home.price_cents();
  }
  if (!budget || !amount) return std::nullopt;
  return Share((5 * *budget - 4 * *amount) * kOneWhole, 3 * *budget);
}

Value Space(const housing::v1::Home& home, const Profile& profile) {
  const profiles::v1::HousingWish& wish = profile.housing();
  std::vector<int64_t> parts;
  if (wish.has_min_rooms() && home.has_rooms()) {
    const int64_t more = std::llround((home.rooms() - wish.min_rooms()) * 2);
    parts.push_back(Share(700'000 + 150'000 * more, 1));
  }
  if (wish.has_living_area_sqm() && home.has_living_area_sqm()) {
    parts.push_back(
        Share(std::llround(home.living_area_sqm() * 100) * kOneWhole,
              std::llround(wish.living_area_sqm() * 100)));
  }
  if (parts.empty()) return std::nullopt;
  int64_t sum = 0;
  for (int64_t part : parts) sum += part;
  return sum / static_cast<int64_t>(parts.size());
}

Value EquipmentFit(const housing::v1::Home& home, const Profile& profile) {
  const std::set<int> wished(profile.housing().equipment().begin(),
                             profile.housing().equipment().end());
  int64_t there = 0;
  int64_t said = 0;
  const auto count = [&](type::v1::Answer answer) {
    if (answer != type::v1::ANSWER_UNSPECIFIED) ++said;
    if (answer == type::v1::ANSWER_YES) ++there;
  };
  if (wished.count(profiles::v1::EQUIPMENT_FURNISHED)) count(home.furnished());
  if (wished.count(profiles::v1::EQUIPMENT_GARDEN)) count(home.garden());
  if (wished.count(profiles::v1::EQUIPMENT_PARKING)) count(home.parking());
  if (wished.count(profiles::v1::EQUIPMENT_FITTED_KITCHEN)) {
    count(home.fitted_kitchen());
  }
  if (profile.housing().has_broadband_mbps() && home.has_broadband_mbps()) {
    count(home.broadband_mbps() >= profile.housing().broadband_mbps()
              ? type::v1::ANSWER_YES
              : type::v1::ANSWER_NO);
  }
  if (said == 0) return std::nullopt;
  return there * kOneWhole / said;
}

Value People(const contacts::v1::Contact& contact, const Profile& profile) {
  const std::set<std::string> interests =
      FoldedSet(profile.contacts().interests());
  const std::set<std::string> hooks =
      FoldedSet(profile.contacts().biography_hooks());
  const std::set<std::string> topics = FoldedSet(contact.topics());
  const std::set<std::string> theirs = FoldedSet(contact.biography_hooks());
  if (interests.empty() && hooks.empty()) return std::nullopt;
  if (topics.empty() && theirs.empty()) return std::nullopt;
  int64_t points = 0;
  for (const std::string& term : interests) points += topics.count(term);
  for (const std::string& term : hooks) points += 2 * theirs.count(term);
  return Share(points * kOneWhole, 3);
}

Value EventDate(const contacts::v1::Contact& contact, int64_t now) {
  const contacts::v1::EventSchedule& event = contact.schedule();
  if (!event.has_start_time()) return std::nullopt;
  const int64_t start = event.start_time().seconds();
  const int64_t last =
      event.has_end_time() ? event.end_time().seconds() : start;
  if (now > last && !event.recurrence_rule().empty()) return std::nullopt;
  return DecayOf(start - now, int64_t{60} * 86'400);
}

}  // namespace

SkillFrequencies FrequenciesOf(const std::map<std::string, jobs::v1::Job>& jobs,
                               const EscoKnowledge& esco) {
  SkillFrequencies frequencies;
  frequencies.esco = esco;
  for (const auto& [name, job] : jobs) {
    ++frequencies.jobs;
    for (const std::string& skill : AllAsked(job, esco)) {
      ++frequencies.asked[skill];
    }
  }
  return frequencies;
}

FeatureValues FeaturesOf(const jobs::v1::Job& job,
                         const v1::RankOffersRequest& request,
                         const Adult& adult,
                         const SkillFrequencies& frequencies) {
  FeatureValues values;
  values[v1::FEATURE_OCCUPATION] = Occupation(job, adult);
  values[v1::FEATURE_SKILLS] = Skills(job, adult, frequencies);
  values[v1::FEATURE_HOURS] = HoursFit(job, adult);
  values[v1::FEATURE_SALARY] = SalaryFit(job, adult);
  Value near = Nearness(request.inline_profile(), job.place());
  if (adult.remote_welcome() && job.has_remote_percent()) {
    const int64_t percent = job.remote_percent();
    if (near) *near += (kOneWhole - *near) * percent / 100;
    if (percent == 100) near = kOneWhole;
  }
  values[v1::FEATURE_DISTANCE] = near;
  values[v1::FEATURE_DATES] = std::nullopt;
  if (job.has_start_date()) {
    const int64_t day = DaysOf(job.start_date());
    const int64_t before = DaysBefore(request, day);
    values[v1::FEATURE_DATES] =
        DecayOf(before > 0 ? before : DaysAfter(request, day), 90);
  }
  values[v1::FEATURE_FRESHNESS] = Freshness(job, request);
  return values;
}

FeatureValues FeaturesOf(const housing::v1::Home& home,
                         const v1::RankOffersRequest& request,
                         const Adult& /*adult*/,
                         const SkillFrequencies& /*frequencies*/) {
  const Profile& profile = request.inline_profile();
  FeatureValues values;
  values[v1::FEATURE_DISTANCE] = Nearness(profile, home.place());
  values[v1::FEATURE_DATES] = std::nullopt;
  if (home.has_available_from()) {
    values[v1::FEATURE_DATES] =
        DecayOf(DaysAfter(request, DaysOf(home.available_from())), 90);
  }
  values[v1::FEATURE_PRICE] = Price(home, profile);
  values[v1::FEATURE_SPACE] = Space(home, profile);
  values[v1::FEATURE_EQUIPMENT] = EquipmentFit(home, profile);
  values[v1::FEATURE_FRESHNESS] = Freshness(home, request);
  return values;
}

FeatureValues FeaturesOf(const contacts::v1::Contact& contact,
                         const v1::RankOffersRequest& request,
                         const Adult& /*adult*/,
                         const SkillFrequencies& /*frequencies*/) {
  const Profile& profile = request.inline_profile();
  FeatureValues values;
  values[v1::FEATURE_DISTANCE] = Nearness(profile, contact.place());
  values[v1::FEATURE_DATES] =
      EventDate(contact, request.evaluation_time().seconds());
  values[v1::FEATURE_PEOPLE] = People(contact, profile);
  values[v1::FEATURE_FRESHNESS] = Freshness(contact, request);
  return values;
}

std::string TypeOf(const jobs::v1::Job& job) {
  return job.employment_type() == 0
             ? ""
             : jobs::v1::EmploymentType_Name(job.employment_type());
}

std::string TypeOf(const housing::v1::Home& home) {
  return home.tenure() == 0 ? "" : housing::v1::Tenure_Name(home.tenure());
}

std::string TypeOf(const contacts::v1::Contact& contact) {
  return contact.contact_type() == 0
             ? ""
             : contacts::v1::ContactType_Name(contact.contact_type());
}

std::set<std::string> MainGroupsOf(const jobs::v1::Job& job) {
  std::set<std::string> groups;
  for (const type::v1::Occupation& occupation : job.occupations()) {
    if (occupation.kldb_code().size() < 2) continue;
    groups.insert(occupation.kldb_code().substr(0, 2));
  }
  return groups;
}

}  // namespace heimweg::matching::testing
