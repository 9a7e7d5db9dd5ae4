#include "services/matching/job_bounds.h"

#include <algorithm>

#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"

namespace heimweg::matching {

JobBounds::JobBounds(const JobQuery& query)
    : query_(query), shared_(query.shared()) {
  const type::v1::Weights& weights = query.wish().weights;
  freshness_counts_ = WeightOf(weights, v1::FEATURE_FRESHNESS) > 0;
  codes_.resize(query.seekers());
  for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
    for (const OccupationCode code : query.wish().seekers[seeker].codes) {
      codes_[seeker].any.Add(codes_[seeker].each.emplace_back(code));
    }
  }
}

JobBounds::Times JobBounds::TimesOf(const JobSummary& rows) const {
  Times times;
  times.dates = Dates(rows).most();
  if (times.dates < 0) return times;
  times.freshness = freshness_counts_ ? shared_.Freshness(rows.common) : kOne;
  return times;
}

int32_t JobBounds::WithRemote(int32_t near, int32_t remote_percent) {
  if (remote_percent == 100) return kOne;
  if (near < 0 || remote_percent <= 0) return near;
  return WithRemoteShare(FeatureValue(near), remote_percent).OrNeutral();
}

JobBounds::Terms JobBounds::TermsOf(const JobSummary& rows,
                                    size_t seeker) const {
  if (!MayBeEmployed(rows, seeker)) return {};
  const UpperValue salary = Salary(rows, seeker);
  if (!salary.any()) return {};
  return {Hours(rows, seeker).most(), salary.most()};
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

void JobBounds::Occupations(const JobSiblings& nodes, size_t seeker,
                            OfEight& values) const {
  const JobSeeker& asked = query_.wish().seekers[seeker];
  SiblingCodes::Digits digits;
  codes_[seeker].MostCommonDigits(nodes.codes, digits);
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = kOccupationLadder[digits[i]];
    // A job that names only a URI, too, has no code.
    if (asked.codes.empty() || (nodes.uncoded >> i & 1U) != 0) {
      values[i] = std::max(values[i], kNeutral);
    }
  }
  for (const uint32_t uri : query_.bound(seeker).esco_uris) {
    if (uri == 0) continue;
    for (size_t i = 0; i < values.size(); ++i) {
      if (nodes.esco_uris[i].MayHold(uri)) values[i] = kOne;
    }
  }
}

void JobBounds::WishedCodes::MostCommonDigits(
    const SiblingCodes& nodes, SiblingCodes::Digits& digits) const {
  digits.fill(0);
  if (each.empty()) return;
  nodes.MostCommonDigits(any, digits);
  if (each.size() == 1) return;
  for (size_t i = 0; i < digits.size(); ++i) {
    // Mostly none of them shares more than the fewest digits.
    if (digits[i] <= RoughCode::kFewestDigits) continue;
    digits[i] = 0;
    for (const RoughCode& code : each) {
      digits[i] =
          std::max<uint64_t>(digits[i], nodes.MostCommonDigitsOf(i, code));
    }
  }
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
