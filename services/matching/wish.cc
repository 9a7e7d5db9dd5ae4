#include "services/matching/wish.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "services/matching/common_columns.h"
#include "services/matching/licences.h"
#include "services/matching/terms.h"
#include "services/matching/weights.h"
#include "services/matching/wish_rules.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {
namespace {

constexpr int64_t kSecondsInADay = 86'400;

template <typename Values>
uint32_t SetOf(const Values& values) {
  uint32_t set = 0;
  for (const int value : values) {
    if (value > 0 && value < 32) set |= 1U << value;
  }
  return set;
}

void CheckPlaces(const profiles::v1::Profile& profile,
                 server::FieldChecks checks) {
  for (int i = 0; i < profile.anchors_size(); ++i) {
    checks.Expect(IsKnown(PointOf(profile.anchors(i).place())),
                  server::Field("anchors", i, "place"),
                  "must be a place that is known, or coordinates");
  }
}

}  // namespace

places::CommuteMode CommuteModeOf(profiles::v1::CommuteMode mode) {
  switch (mode) {
    case profiles::v1::COMMUTE_MODE_TRANSIT:
      return places::CommuteMode::kTransit;
    case profiles::v1::COMMUTE_MODE_BICYCLE:
      return places::CommuteMode::kBicycle;
    case profiles::v1::COMMUTE_MODE_WALK:
      return places::CommuteMode::kWalk;
    default:
      return places::CommuteMode::kCar;
  }
}

Anchor AnchorOf(const profiles::v1::Anchor& given) {
  Anchor anchor;
  anchor.id = given.id();
  anchor.point = PointOf(given.place());
  anchor.mode = CommuteModeOf(given.commute_mode());
  if (given.has_weight()) anchor.weight = given.weight();
  anchor.required = given.required();
  if (given.has_radius_km()) {
    anchor.limit = Anchor::Limit::kRadius;
    anchor.radius_m = Scaled(given.radius_km(), 1'000, 1'000'000);
    anchor.chord_within = ChordWithinRadius(anchor.radius_m);
  } else if (given.has_commute_minutes()) {
    anchor.limit = Anchor::Limit::kMinutes;
    anchor.minutes = given.commute_minutes();
    anchor.chord_within = ChordWithinMinutes(anchor.minutes, anchor.mode);
  }
  return anchor;
}

namespace {

JobSeeker SeekerOf(const profiles::v1::Adult& adult) {
  JobSeeker seeker;
  seeker.id = adult.id();
  for (const type::v1::Occupation& occupation : adult.occupations()) {
    const OccupationCode code = OccupationCode::Of(occupation.kldb_code());
    if (code.length > 0) seeker.codes.push_back(code);
    if (!occupation.esco_uri().empty()) {
      seeker.esco_uris.push_back(occupation.esco_uri());
    }
  }
  seeker.skills.assign(adult.skills().begin(), adult.skills().end());
  if (adult.has_weekly_hours()) {
    seeker.weekly = WeeklyMinutes::Of(adult.weekly_hours());
  }
  if (adult.has_salary()) {
    seeker.floor = {adult.salary().floor_cents(), adult.salary().period(),
                    seeker.weekly.most};
    seeker.floor_required = adult.salary().required();
  }
  for (const type::v1::LanguageSkill& spoken : adult.languages()) {
    seeker.languages.push_back({spoken.language_code(), spoken.level()});
  }
  if (!adult.driving_licences().empty()) {
    uint16_t held = 0;
    for (const std::string& licence : adult.driving_licences()) {
      held = static_cast<uint16_t>(held | LicenceBit(licence));
    }
    seeker.licences = WithIncluded(held);
  }
  seeker.remote_welcome = adult.remote_welcome();
  for (const std::string& employer : adult.excluded_employers()) {
    seeker.excluded_employers.push_back(FoldCase(employer));
  }
  seeker.employment_types = SetOf(adult.employment_types());
  seeker.no_temp_agency = adult.no_temp_agency();
  return seeker;
}

HomeWish HomeWishOf(const profiles::v1::Profile& profile) {
  const profiles::v1::HousingWish& given = profile.housing();
  HomeWish wish;
  wish.tenures = SetOf(given.tenures());
  wish.home_types = SetOf(given.home_types());
  if (given.has_max_monthly_warm_rent_cents()) {
    wish.max_rent_cents = given.max_monthly_warm_rent_cents();
  }
  if (given.has_max_price_cents()) {
    wish.max_price_cents = given.max_price_cents();
  }
  if (given.has_min_rooms()) {
    wish.min_room_halves = Scaled(given.min_rooms(), 2, 200);
  }
  if (given.has_living_area_sqm()) {
    wish.area_centi_sqm = Scaled(given.living_area_sqm(), 100, 1'000'000);
  }
  // "None of these" is nothing that a household could need.
  wish.accessibility =
      SetOf(given.accessibility()) & ~(1U << housing::v1::ACCESSIBILITY_NONE);
  wish.has_wbs = given.has_wbs();
  wish.equipment = SetOf(given.equipment());
  if (given.has_broadband_mbps()) {
    wish.broadband_mbps = given.broadband_mbps();
  }
  for (const std::string& landlord : given.excluded_landlords()) {
    wish.excluded_landlords.push_back(FoldCase(landlord));
  }
  wish.pets = !profile.pets().empty();
  wish.people = profile.adults_size() + profile.children_size();
  return wish;
}

ContactWish ContactWishOf(const profiles::v1::Profile& profile) {
  const profiles::v1::ContactWish& given = profile.contacts();
  ContactWish wish;
  wish.types = SetOf(given.contact_types());
  wish.interests.assign(given.interests().begin(), given.interests().end());
  wish.hooks.assign(given.biography_hooks().begin(),
                    given.biography_hooks().end());
  wish.step_free = given.step_free();
  for (const profiles::v1::Child& child : profile.children()) {
    if (child.needs_childcare()) {
      wish.childcare_birth_years.push_back(child.birth_year());
    }
    if (child.needs_school()) {
      wish.school_birth_years.push_back(child.birth_year());
    }
  }
  return wish;
}

// What does not depend on the kind.
Wish SharedWish(const Question& question, const profiles::v1::Profile& profile,
                int64_t seconds) {
  Wish wish;
  wish.kind = question.kind;
  wish.evaluation_seconds = seconds;
  wish.evaluation_day = static_cast<int32_t>(seconds / kSecondsInADay);
  wish.evaluation_year = static_cast<int32_t>(
      (absl::CivilDay(1970, 1, 1) + wish.evaluation_day).year());
  wish.weights = WithStandards(question.weights, profile.weights());
  wish.ags_prefixes = question.ags_prefixes;
  wish.networks = question.networks;
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    wish.anchors.push_back(AnchorOf(anchor));
  }
  const profiles::v1::ReturnWindow& window = profile.return_window();
  wish.earliest_day = window.has_earliest() ? DayNumber(window.earliest())
                                            : wish.evaluation_day;
  if (window.has_latest()) wish.latest_day = DayNumber(window.latest());
  wish.dismissed.assign(profile.dismissed_offers().begin(),
                        profile.dismissed_offers().end());
  return wish;
}

}  // namespace

int64_t ChordWithinRadius(int32_t radius_m) {
  return places::ChordSquaredWithin(radius_m);
}

int64_t ChordWithinMinutes(int32_t minutes, places::CommuteMode mode) {
  return places::ChordSquaredWithin(places::ReachMeters(minutes, mode));
}

Question QuestionOf(const v1::RankOffersRequest& request) {
  Question question;
  question.kind = request.kind();
  question.ags_prefixes.assign(request.ags_prefixes().begin(),
                               request.ags_prefixes().end());
  question.networks.assign(request.networks().begin(),
                           request.networks().end());
  question.adult = request.adult();
  question.weights = request.weights();
  if (request.has_evaluation_time()) {
    question.evaluation_time = request.evaluation_time();
  }
  if (request.has_inline_profile()) question.profile_path = "inline_profile";
  return question;
}

Question QuestionOf(const v1::ExplainMatchRequest& request) {
  Question question;
  question.kind = KindOfName(request.offer());
  question.kind_path = "offer";
  question.ags_prefixes.assign(request.ags_prefixes().begin(),
                               request.ags_prefixes().end());
  question.networks.assign(request.networks().begin(),
                           request.networks().end());
  question.adult = request.adult();
  question.weights = request.weights();
  if (request.has_evaluation_time()) {
    question.evaluation_time = request.evaluation_time();
  }
  if (request.has_inline_profile()) question.profile_path = "inline_profile";
  return question;
}

type::v1::OfferKind KindOfName(absl::string_view name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "networks" || parts[1].empty() ||
      parts[3].empty()) {
    return type::v1::OFFER_KIND_UNSPECIFIED;
  }
  if (parts[2] == "jobs") return type::v1::OFFER_KIND_JOB;
  if (parts[2] == "homes") return type::v1::OFFER_KIND_HOME;
  if (parts[2] == "contacts") return type::v1::OFFER_KIND_CONTACT;
  return type::v1::OFFER_KIND_UNSPECIFIED;
}

absl::Status CheckWish(const Question& question,
                       const profiles::v1::Profile& profile,
                       server::FieldChecks checks) {
  // A request's checks say by themselves why a place was not found.
  if (checks.ok()) CheckPlaces(profile, checks.In(question.profile_path));
  CheckQuestion(question, profile, checks);
  if (checks.ok()) return absl::OkStatus();
  return server::InvalidFields(std::move(checks).Take());
}

absl::StatusOr<Wish> CompileWish(const Question& question,
                                 const profiles::v1::Profile& profile,
                                 absl::Time now, server::FieldChecks checks) {
  absl::Status checked = CheckWish(question, profile, std::move(checks));
  if (!checked.ok()) return checked;
  return CompileChecked(question, profile, now);
}

absl::StatusOr<Wish> CompileChecked(const Question& question,
                                    const profiles::v1::Profile& profile,
                                    absl::Time now) {
  Wish wish =
      SharedWish(question, profile,
                 question.evaluation_time ? question.evaluation_time->seconds()
                                          : absl::ToUnixSeconds(now));
  switch (question.kind) {
    case type::v1::OFFER_KIND_HOME:
      wish.home = HomeWishOf(profile);
      return wish;
    case type::v1::OFFER_KIND_CONTACT:
      wish.contact = ContactWishOf(profile);
      return wish;
    default:
      break;
  }
  for (const profiles::v1::Adult& adult : profile.adults()) {
    if (!adult.seeks_job()) continue;
    if (!question.adult.empty() && adult.id() != question.adult) continue;
    wish.seekers.push_back(SeekerOf(adult));
  }
  if (wish.seekers.empty()) {
    return absl::FailedPreconditionError(
        question.adult.empty() ? "no adult of the profile seeks a job"
                               : "the adult does not seek a job");
  }
  return wish;
}

}  // namespace heimweg::matching
