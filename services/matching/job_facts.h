// JobFacts: what a household asks of jobs, compiled once when it is stored, so
// that a job can be held against very many households: the reverse of JobQuery.
// Nothing of it depends on the indexed jobs or on the time.
//
// Texts are known by a number of 32 bits: different ones may have the same, so
// that what is computed of it is an upper bound (seeker_bound.h).
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_FACTS_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_FACTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/occupation_code.h"
#include "services/matching/pay.h"
#include "services/matching/taxonomy.h"

namespace heimweg::matching {

// What of an adult who seeks a job decides the scores of both sides.
struct SeekerFacts {
  std::vector<OccupationCode> codes;
  std::vector<uint32_t> uris;    // TextHash, sorted
  std::vector<uint32_t> skills;  // TextHash of the terms, sorted, each once
  uint64_t skill_marks = 0;      // HashMark of each
  bool any_skills = false;       // it is known what the adult can do
  bool remote_welcome = false;
  WeeklyMinutes weekly;
  int32_t floor_hourly_cents = -1;     // -1: not said
  int32_t required_hourly_cents = -1;  // -1: not a must
};

struct JobFacts {
  static constexpr size_t kFeatures = 7;

  std::array<int32_t, kFeatures> weights{};  // by JobQuery::kFeatures
  std::optional<int32_t> earliest_day;
  std::optional<int32_t> latest_day;
  // Empty if jobs cannot be ranked for the household: then it fits none.
  std::vector<SeekerFacts> seekers;
};
JobFacts JobFactsOf(const profiles::v1::Profile& profile,
                    const Taxonomy& taxonomy);

// One bit of 64 for a TextHash.
constexpr uint64_t HashMark(uint32_t hash) {
  return uint64_t{1} << (hash % 64);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_FACTS_H_
