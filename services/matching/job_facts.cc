#include "services/matching/job_facts.h"

#include <algorithm>

#include "services/matching/job_query.h"
#include "services/matching/shared_query.h"
#include "services/matching/terms.h"
#include "services/matching/wish.h"

namespace heimweg::matching {
namespace {

void SortEachOnce(std::vector<uint32_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  hashes.shrink_to_fit();
}

// As JobQuery binds a seeker.
SeekerFacts SeekerFactsOf(const JobSeeker& asked, const Taxonomy& taxonomy) {
  SeekerFacts facts;
  facts.codes = asked.codes;
  for (const std::string& uri : asked.esco_uris) {
    facts.uris.push_back(TextHash(uri));
    for (const Taxonomy::Skill* skill : taxonomy.EssentialOf(uri)) {
      facts.skills.push_back(TextHash(skill->folded));
    }
  }
  for (const std::string& skill : asked.skills) {
    facts.skills.push_back(TextHash(taxonomy.TermOf(skill)));
  }
  SortEachOnce(facts.uris);
  SortEachOnce(facts.skills);
  facts.any_skills = !facts.skills.empty();
  for (const uint32_t hash : facts.skills) facts.skill_marks |= HashMark(hash);
  facts.remote_welcome = asked.remote_welcome;
  facts.weekly = asked.weekly;
  if (asked.floor.known()) facts.floor_hourly_cents = asked.floor.Hourly();
  if (asked.floor_required) {
    facts.required_hourly_cents = facts.floor_hourly_cents;
  }
  return facts;
}

}  // namespace

JobFacts JobFactsOf(const profiles::v1::Profile& profile,
                    const Taxonomy& taxonomy) {
  static_assert(JobFacts::kFeatures == JobQuery::kFeatures.size());
  JobFacts facts;
  Question question;
  question.kind = type::v1::OFFER_KIND_JOB;
  const absl::StatusOr<Wish> wish =
      CompileWish(question, profile, absl::UnixEpoch());
  if (!wish.ok()) return facts;
  facts.weights = WeightsOf(*wish, JobQuery::kFeatures);
  if (profile.return_window().has_earliest()) {
    facts.earliest_day = wish->earliest_day;
  }
  facts.latest_day = wish->latest_day;
  for (const JobSeeker& asked : wish->seekers) {
    facts.seekers.push_back(SeekerFactsOf(asked, taxonomy));
  }
  return facts;
}

}  // namespace heimweg::matching
