#include "services/matching/wish_rules.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/matching/common_columns.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

bool IsId(absl::string_view id) {
  return !id.empty() && id.size() <= 63 &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool IsNetwork(absl::string_view name) {
  constexpr absl::string_view kPrefix = "networks/";
  return name.substr(0, kPrefix.size()) == kPrefix &&
         IsId(name.substr(kPrefix.size())) && name != "networks/-";
}

// Collects what is wrong below one path.
class Rules {
 public:
  Rules(std::string path, std::vector<type::v1::FieldViolation>& violations)
      : path_(std::move(path)), violations_(violations) {}

  Rules At(absl::string_view field) const {
    return {
        path_.empty() ? std::string(field) : absl::StrCat(path_, ".", field),
        violations_};
  }
  Rules At(absl::string_view field, int index) const {
    return At(absl::StrCat(field, "[", index, "]"));
  }
  void Expect(bool holds, absl::string_view field,
              absl::string_view expected) const {
    if (holds) return;
    matching::Expect(false, field.empty() ? path_ : At(field).path_, expected,
                     violations_);
  }

 private:
  std::string path_;
  std::vector<type::v1::FieldViolation>& violations_;
};

bool Between(double value, double low, double high) {
  return value >= low && value <= high;  // false for NaN
}

void CheckWeights(const Rules& rules, const type::v1::Weights& weights) {
  for (const WeightRule& rule : WeightRules()) {
    const int32_t weight = (weights.*rule.get)();
    rules.Expect(weight >= 0 && weight <= kMostWeight, rule.field, "0 to 10");
  }
}

void CheckQuestion(const Rules& rules, const Question& question) {
  rules.Expect(type::v1::OfferKind_IsValid(question.kind) &&
                   question.kind != type::v1::OFFER_KIND_UNSPECIFIED,
               question.kind_path, "a job, a home or a contact");
  rules.Expect(question.ags_prefixes.size() <= 100, "ags_prefixes",
               "at most 100");
  for (size_t i = 0; i < question.ags_prefixes.size(); ++i) {
    rules.At("ags_prefixes", static_cast<int>(i))
        .Expect(AgsCode::Of(question.ags_prefixes[i]).length > 0, "",
                "2 to 8 digits");
  }
  rules.Expect(question.networks.size() <= 100, "networks", "at most 100");
  for (size_t i = 0; i < question.networks.size(); ++i) {
    rules.At("networks", static_cast<int>(i))
        .Expect(IsNetwork(question.networks[i]), "", "networks/{network}");
  }
  CheckWeights(rules.At("weights"), question.weights);
  if (!question.evaluation_time) return;
  rules.Expect(
      question.evaluation_time->seconds() >= 0 &&
          question.evaluation_time->seconds() <= kLastEvaluationSecond &&
          question.evaluation_time->nanos() == 0,
      "evaluation_time", "whole seconds, in the years 1970 to 2100");
}

void CheckHours(const Rules& rules, const jobs::v1::WeeklyHours& hours) {
  rules.Expect(Between(hours.minimum(), 0.5, 80), "minimum", "0.5 to 80");
  rules.Expect(
      hours.maximum() == 0 || Between(hours.maximum(), hours.minimum(), 80),
      "maximum", "0, or from the minimum to 80");
}

void CheckOccupation(const Rules& rules,
                     const type::v1::Occupation& occupation) {
  rules.Expect(occupation.kldb_code().empty() ||
                   OccupationCode::Of(occupation.kldb_code()).length > 0,
               "kldb_code", "2 to 5 digits");
}

template <typename Texts>
void CheckTerms(const Rules& rules, absl::string_view field, const Texts& terms,
                int most, size_t most_bytes) {
  rules.Expect(terms.size() <= most, field, absl::StrCat("at most ", most));
  for (int i = 0; i < terms.size(); ++i) {
    // Bytes, of which a character takes up to four.
    rules.At(field, i).Expect(
        !terms[i].empty() && terms[i].size() <= 4 * most_bytes, "",
        absl::StrCat("1 to ", most_bytes, " characters"));
  }
}

void CheckAdult(const Rules& rules, const profiles::v1::Adult& adult) {
  rules.Expect(IsId(adult.id()), "id", "1 to 63 of a to z, 0 to 9 and hyphens");
  rules.Expect(adult.occupations_size() <= 10, "occupations", "at most 10");
  for (int i = 0; i < adult.occupations_size(); ++i) {
    CheckOccupation(rules.At("occupations", i), adult.occupations(i));
  }
  CheckTerms(rules, "skills", adult.skills(), 100, 100);
  CheckTerms(rules, "excluded_employers", adult.excluded_employers(), 100, 200);
  if (adult.has_weekly_hours()) {
    CheckHours(rules.At("weekly_hours"), adult.weekly_hours());
  }
  if (adult.has_salary()) {
    const Rules salary = rules.At("salary");
    salary.Expect(Between(static_cast<double>(adult.salary().floor_cents()), 1,
                          100'000'000),
                  "floor_cents", "1 to 100,000,000");
    salary.Expect(adult.salary().period() >= jobs::v1::SALARY_PERIOD_HOUR &&
                      adult.salary().period() <= jobs::v1::SALARY_PERIOD_YEAR,
                  "period", "an hour, a month or a year");
  }
  if (adult.has_max_commute_minutes()) {
    rules.Expect(Between(adult.max_commute_minutes(), 1, 600),
                 "max_commute_minutes", "1 to 600");
  }
  if (adult.has_max_commute_km()) {
    rules.Expect(Between(adult.max_commute_km(), 0.001, 1'000),
                 "max_commute_km", "above 0 to 1,000");
  }
  rules.Expect(adult.languages_size() <= 20, "languages", "at most 20");
  rules.Expect(adult.driving_licences_size() <= 15, "driving_licences",
               "at most 15");
}

void CheckAnchor(const Rules& rules, const profiles::v1::Anchor& anchor) {
  rules.Expect(IsId(anchor.id()), "id",
               "1 to 63 of a to z, 0 to 9 and hyphens");
  rules.Expect(IsKnown(PointOf(anchor.place())), "place",
               "a place that is known, or coordinates");
  if (anchor.has_radius_km()) {
    // Distances are whole metres.
    rules.Expect(Between(anchor.radius_km(), 0.001, 1'000), "radius_km",
                 "above 0 to 1,000");
  }
  if (anchor.has_commute_minutes()) {
    rules.Expect(Between(anchor.commute_minutes(), 1, 600), "commute_minutes",
                 "1 to 600");
  }
  rules.Expect(!anchor.has_weight() || Between(anchor.weight(), 0, kMostWeight),
               "weight", "0 to 10");
}

void CheckWindow(const Rules& rules, const profiles::v1::ReturnWindow& window) {
  const auto valid = [&](bool given, const type::v1::Date& date,
                         absl::string_view field) {
    if (given) rules.Expect(DayNumber(date) != kNoDay, field, "a valid date");
    return given && DayNumber(date) != kNoDay;
  };
  const bool earliest =
      valid(window.has_earliest(), window.earliest(), "earliest");
  const bool latest = valid(window.has_latest(), window.latest(), "latest");
  rules.Expect(!earliest || !latest ||
                   DayNumber(window.earliest()) <= DayNumber(window.latest()),
               "latest", "not before the earliest day");
}

void CheckHousing(const Rules& rules, const profiles::v1::HousingWish& wish) {
  rules.Expect(
      !wish.has_max_monthly_warm_rent_cents() ||
          Between(static_cast<double>(wish.max_monthly_warm_rent_cents()), 1,
                  10'000'000),
      "max_monthly_warm_rent_cents", "1 to 10,000,000");
  rules.Expect(!wish.has_max_price_cents() ||
                   Between(static_cast<double>(wish.max_price_cents()), 1,
                           100'000'000'000),
               "max_price_cents", "1 to 100,000,000,000");
  rules.Expect(!wish.has_min_rooms() ||
                   (Between(wish.min_rooms(), 0.5, 100) &&
                    std::floor(wish.min_rooms() * 2) == wish.min_rooms() * 2),
               "min_rooms", "0.5 to 100, in halves");
  rules.Expect(
      !wish.has_living_area_sqm() || Between(wish.living_area_sqm(), 1, 10'000),
      "living_area_sqm", "1 to 10,000");
  rules.Expect(
      !wish.has_broadband_mbps() || Between(wish.broadband_mbps(), 1, 100'000),
      "broadband_mbps", "1 to 100,000");
}

// Ids are what results name, so that they must differ.
template <typename Members>
void CheckIds(const Rules& rules, absl::string_view field,
              const Members& members, int most) {
  rules.Expect(members.size() <= most, field, absl::StrCat("at most ", most));
  absl::flat_hash_set<std::string> ids;
  for (int i = 0; i < members.size(); ++i) {
    rules.At(field, i).Expect(ids.insert(members[i].id()).second, "id",
                              "an id that no other one has");
  }
}

void CheckChild(const Rules& rules, const profiles::v1::Child& child) {
  rules.Expect(Between(child.birth_year(), 1990, 2101), "birth_year",
               "1990 to next year");
}

void CheckProfile(const Rules& rules, const profiles::v1::Profile& profile) {
  CheckIds(rules, "adults", profile.adults(), 10);
  for (int i = 0; i < profile.adults_size(); ++i) {
    CheckAdult(rules.At("adults", i), profile.adults(i));
  }
  CheckIds(rules, "children", profile.children(), 15);
  for (int i = 0; i < profile.children_size(); ++i) {
    CheckChild(rules.At("children", i), profile.children(i));
  }
  CheckIds(rules, "anchors", profile.anchors(), 10);
  for (int i = 0; i < profile.anchors_size(); ++i) {
    CheckAnchor(rules.At("anchors", i), profile.anchors(i));
  }
  CheckWindow(rules.At("return_window"), profile.return_window());
  CheckHousing(rules.At("housing"), profile.housing());
  const Rules contacts = rules.At("contacts");
  CheckTerms(contacts, "interests", profile.contacts().interests(), 50, 100);
  CheckTerms(contacts, "biography_hooks", profile.contacts().biography_hooks(),
             50, 100);
  CheckWeights(rules.At("weights"), profile.weights());
  rules.Expect(profile.dismissed_offers_size() <= 1'000, "dismissed_offers",
               "at most 1,000");
}

}  // namespace

std::vector<type::v1::FieldViolation> Violations(
    const Question& question, const profiles::v1::Profile& profile) {
  std::vector<type::v1::FieldViolation> violations;
  const Rules rules("", violations);
  CheckQuestion(rules, question);
  const auto& adults = profile.adults();
  rules.Expect(question.kind != type::v1::OFFER_KIND_JOB ||
                   question.adult.empty() ||
                   std::any_of(adults.begin(), adults.end(),
                               [&](const profiles::v1::Adult& adult) {
                                 return adult.id() == question.adult;
                               }),
               "adult", "the id of an adult of the profile");
  CheckProfile(rules.At(question.profile_path), profile);
  return violations;
}

void Expect(bool holds, absl::string_view field, absl::string_view expected,
            std::vector<type::v1::FieldViolation>& violations) {
  if (holds) return;
  type::v1::FieldViolation& violation = violations.emplace_back();
  violation.set_field(std::string(field));
  violation.set_description(std::string(expected));
}

}  // namespace heimweg::matching
