#include "tests/bench/peers/peer_region.h"

#include <iterator>

#include "absl/time/time.h"
#include "clients/generator/random.h"
#include "services/matching/weights.h"

namespace heimweg::bench {
namespace {

using jobs::v1::Job;
using profiles::v1::Adult;

constexpr uint64_t kSeed = 1;
constexpr int32_t kRadiiM[] = {25'000, 50'000, 100'000, 0};

type::v1::Place OnlyPoint(const type::v1::Place& place) {
  type::v1::Place point;
  *point.mutable_location() =
      place.has_resolved() ? place.resolved().location() : place.location();
  return point;
}

// In [0, n), different for neighbours.
int64_t Scattered(int64_t i, int64_t n) {
  return static_cast<int64_t>(generator::Scatter(static_cast<uint64_t>(i)) %
                              static_cast<uint64_t>(n));
}

// What a job does not say, so that all is known; and nothing of what could
// exclude it besides the conditions of the comparison.
void Complete(int64_t i, Job& job) {
  *job.mutable_place() = OnlyPoint(job.place());
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  job.set_visibility(type::v1::VISIBILITY_PUBLIC);
  job.clear_update_time();
  job.clear_create_time();
  if (!job.has_verified_time()) {
    job.mutable_verified_time()->set_seconds(kPeerSeconds -
                                             Scattered(i, 60) * 86'400);
  }
  job.mutable_validity()->mutable_start_time()->set_seconds(kPeerSeconds -
                                                            86'400);
  if (!job.has_weekly_hours()) {
    job.mutable_weekly_hours()->set_minimum(38);
    job.mutable_weekly_hours()->set_maximum(40);
  }
  if (!job.has_salary()) {
    job.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_MONTH);
    job.mutable_salary()->set_minimum_cents(240'000 + 5'000 * Scattered(i, 50));
  }
}

Adult OnlyComparedWishes(int64_t i, const Adult& from) {
  Adult adult;
  adult.set_id(from.id());
  adult.set_seeks_job(true);
  *adult.mutable_occupations() = from.occupations();
  *adult.mutable_skills() = from.skills();
  *adult.mutable_weekly_hours() = from.weekly_hours();
  if (!from.has_weekly_hours()) {
    adult.mutable_weekly_hours()->set_minimum(30);
    adult.mutable_weekly_hours()->set_maximum(40);
  }
  *adult.mutable_salary() = from.salary();
  if (!from.has_salary()) {
    adult.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_MONTH);
    adult.mutable_salary()->set_floor_cents(220'000 + 5'000 * Scattered(i, 20));
  }
  adult.mutable_salary()->set_required(true);
  *adult.mutable_languages() = from.languages();
  if (from.languages().empty()) {
    type::v1::LanguageSkill& german = *adult.add_languages();
    german.set_language_code("de");
    german.set_level(type::v1::CEFR_LEVEL_NATIVE);
  }
  return adult;
}

void SetPeerWeights(type::v1::Weights& weights) {
  for (const matching::WeightRule& rule : matching::WeightRules()) {
    (weights.*rule.set)(0);
  }
  weights.set_occupation(kOccupationWeight);
  weights.set_skills(kSkillsWeight);
  weights.set_distance(kDistanceWeight);
  weights.set_salary(kSalaryWeight);
  weights.set_freshness(kFreshnessWeight);
}

}  // namespace

PeerRegion::PeerRegion(const places::Gazetteer* gazetteer) {
  generator::GeneratorOptions options;
  options.reference_time = absl::FromUnixSeconds(kPeerSeconds);
  options.as_stored = true;
  generator_ =
      std::make_unique<generator::Generator>(gazetteer, kSeed, options);
}

Job PeerRegion::MakeJob(int64_t i) const {
  Job job = generator_->MakeJob(i);
  Complete(i, job);
  return job;
}

matching::v1::RankOffersRequest PeerRegion::MakeQuery(int64_t i) const {
  const profiles::v1::Profile from = generator_->MakeProfile(i);
  matching::v1::RankOffersRequest request;
  request.set_kind(type::v1::OFFER_KIND_JOB);
  request.set_limit(kPeerLimit);
  request.mutable_evaluation_time()->set_seconds(kPeerSeconds);
  SetPeerWeights(*request.mutable_weights());
  profiles::v1::Profile& profile = *request.mutable_inline_profile();
  *profile.add_adults() = OnlyComparedWishes(i, from.adults(0));
  profiles::v1::Anchor& anchor = *profile.add_anchors();
  anchor.set_id("home-town");
  *anchor.mutable_place() = OnlyPoint(from.anchors(0).place());
  const int32_t radius_m = kRadiiM[i % std::ssize(kRadiiM)];
  if (radius_m > 0) anchor.set_radius_km(radius_m / 1000.0);
  return request;
}

}  // namespace heimweg::bench
