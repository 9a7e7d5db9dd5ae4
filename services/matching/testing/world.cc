#include "services/matching/testing/world.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace heimweg::matching::testing {
namespace {

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

std::string WorldMaker::LicenceClass() { return dice_.Of(Licences()); }

std::string WorldMaker::LanguageCode() { return dice_.Of(Languages()); }

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
      kWorldNow + (flavour_ == Flavour::kExtremes
                       ? dice_.OneOf({0, -kWorldNow, 4'133'980'799 - kWorldNow})
                       : dice_.OneOf({0, 0, 1, kDaySeconds})));
  request.set_view(v1::MATCH_VIEW_FULL);
  request.set_limit(static_cast<int>(dice_.OneOf({0, 1, 3, 1'000})));
  request.set_include_facets(dice_.Percent(50));
  request.set_include_exclusions(dice_.Percent(50));
  request.set_include_relaxations(dice_.Percent(50));
  request.set_include_eligible(dice_.Percent(30));
  return request;
}

}  // namespace heimweg::matching::testing
