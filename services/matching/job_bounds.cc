#include "services/matching/job_bounds.h"

#include <algorithm>

#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"

namespace heimweg::matching {

JobBounds::JobBounds(const JobQuery& query)
    : query_(query), shared_(query.shared()) {
  const bool skills_count =
      WeightOf(query.wish().weights, v1::FEATURE_SKILLS) > 0;
  marks_.reserve(query.view().segments.size() * query.seekers());
  for (size_t segment = 0; segment < query.view().segments.size(); ++segment) {
    for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
      marks_.push_back(skills_count ? SkillMarks(query, segment, seeker)
                                    : SkillMarks());
    }
  }
  if (WeightOf(query.wish().weights, v1::FEATURE_OCCUPATION) == 0) return;
  for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
    parts_ = parts_ || Names(seeker);
  }
}

bool JobBounds::MayHold(const JobSummary& rows, Among among) const {
  if (among != Among::kSought) return true;
  for (size_t seeker = 0; seeker < query_.seekers(); ++seeker) {
    if (Names(seeker) && Occupation(rows, seeker).most() > 0) return true;
  }
  return false;
}

bool JobBounds::IsIn(const JobQuery::Row& at, Among among) const {
  if (among == Among::kAll) return true;
  bool sought = false;
  for (size_t seeker = 0; seeker < query_.seekers() && !sought; ++seeker) {
    sought = Names(seeker) && query_.Occupation(at, seeker).OrNeutral() > 0;
  }
  return sought == (among == Among::kSought);
}

bool JobBounds::Upper(const JobSummary& rows, size_t segment, size_t seeker,
                      Among among, Values& upper) const {
  if (!shared_.MayPass(rows.common) || !MayBeEmployed(rows, seeker)) {
    return false;
  }
  // Most are too far away.
  const UpperValue distance = Distance(rows, seeker);
  if (!distance.any()) return false;
  UpperValue occupation;
  if (among != Among::kRest) {
    occupation = Occupation(rows, seeker);
  } else if (Names(seeker)) {
    occupation.Known(FeatureValue(0));
  } else {
    occupation.Unknown();
  }
  const std::array<UpperValue, 6> values = {occupation,
                                            Skills(rows, segment, seeker),
                                            Hours(rows, seeker),
                                            Salary(rows, seeker),
                                            distance,
                                            Dates(rows)};
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].any()) return false;
    upper[i] = values[i].most();
  }
  upper[values.size()] = shared_.Freshness(rows.common);
  return true;
}

bool JobBounds::MayBeEmployed(const JobSummary& rows, size_t seeker) const {
  const JobSeeker& asked = query_.wish().seekers[seeker];
  // Types that are not said, or that the set of wanted ones has no bit for.
  constexpr uint64_t kOpenTypes = ~uint64_t{UINT32_MAX} | 1;
  if (asked.employment_types != 0 &&
      (rows.employment_types.bits & (asked.employment_types | kOpenTypes)) ==
          0) {
    return false;
  }
  if (asked.no_temp_agency && rows.all_temp_agency) return false;
  return !asked.licences || (rows.licences & ~*asked.licences) == 0;
}

UpperValue JobBounds::Occupation(const JobSummary& rows, size_t seeker) const {
  const JobSeeker& asked = query_.wish().seekers[seeker];
  UpperValue upper;
  // A job that names only a URI, too, has no code.
  upper.UnknownIf(asked.codes.empty() || rows.uncoded);
  const auto& wished = query_.bound(seeker).esco_uris;
  const bool same_uri = std::any_of(
      wished.begin(), wished.end(),
      [&](uint32_t uri) { return uri != 0 && rows.esco_uris.MayHold(uri); });
  if (same_uri) {
    upper.Known(FeatureValue(kOne));
    return upper;
  }
  uint32_t common = 0;
  for (const OccupationCode code : asked.codes) {
    common = std::max(common, rows.codes.MostCommonDigits(code));
  }
  upper.Known(FeatureValue(kOccupationLadder[common]));
  return upper;
}

UpperValue JobBounds::Skills(const JobSummary& rows, size_t segment,
                             size_t seeker) const {
  UpperValue upper;
  if (!query_.HasSkills(seeker)) {
    upper.Unknown();
    return upper;
  }
  upper.UnknownIf(rows.no_skills);
  if (rows.any_skills) {
    upper.Known(
        FeatureValue(query_.HeldSkills(seeker).empty()
                         ? 0
                         : Marks(segment, seeker).MostOfUnmarked(rows)));
  }
  return upper;
}

UpperValue JobBounds::Hours(const JobSummary& rows, size_t seeker) const {
  const WeeklyMinutes wished = query_.wish().seekers[seeker].weekly;
  UpperValue upper;
  upper.UnknownIf(wished.most == 0 || rows.no_hours);
  if (wished.most != 0 && !rows.weekly_minutes.empty() &&
      wished.fewest <= rows.weekly_minutes.most &&
      rows.weekly_minutes.least <= wished.most) {
    upper.Known(FeatureValue(kOne));
  }
  return upper;
}

UpperValue JobBounds::Salary(const JobSummary& rows, size_t seeker) const {
  const JobQuery::Seeker& own = query_.bound(seeker);
  UpperValue upper;
  upper.UnknownIf(own.floor_hourly_cents < 0 || rows.unpaid);
  if (own.floor_hourly_cents >= 0 && rows.hourly_cents >= 0 &&
      rows.hourly_cents >= own.required_hourly_cents) {
    upper.Known(SalaryFeature(own.floor_hourly_cents, rows.hourly_cents));
  }
  return upper;
}

UpperValue JobBounds::Distance(const JobSummary& rows, size_t seeker) const {
  const int32_t remote_percent = query_.wish().seekers[seeker].remote_welcome
                                     ? std::max<int32_t>(rows.remote_percent, 0)
                                     : 0;
  UpperValue upper;
  if (remote_percent == 100) {
    upper.Known(FeatureValue(kOne));
    return upper;
  }
  const SharedBounds::Reach reach = shared_.ReachOf(rows.common);
  if (!reach.inside) return upper;
  upper.Known(
      WithRemoteShare(FeatureValue(reach.distance.most()), remote_percent));
  return upper;
}

UpperValue JobBounds::Dates(const JobSummary& rows) const {
  UpperValue upper;
  upper.UnknownIf(rows.no_start);
  if (rows.start_day.empty()) return upper;
  const ReturnDays window = query_.shared().window();
  const int32_t last = window.latest
                           ? std::min(rows.start_day.most, *window.latest)
                           : rows.start_day.most;
  if (rows.start_day.least <= last) {
    upper.Known(JobDateFeature(window, last));
  }
  return upper;
}

}  // namespace heimweg::matching
