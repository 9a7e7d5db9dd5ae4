// PeerRegion: the generated jobs and queries of the comparison, as the product
// gets them. Every fact that the five features of the comparison need is known:
// occupation, skills, distance, salary, freshness; nothing but the radius, the
// weekly hours, the salary floor and the languages excludes a job.
#ifndef HEIMWEG_TESTS_BENCH_PEERS_PEER_REGION_H_
#define HEIMWEG_TESTS_BENCH_PEERS_PEER_REGION_H_

#include <cstdint>
#include <memory>

#include "clients/generator/generator.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/places/gazetteer.h"

namespace heimweg::bench {

// Matches of a query.
inline constexpr int32_t kPeerLimit = 20;

// Weights of the comparison, out of 10; all other features have none.
inline constexpr int32_t kOccupationWeight = 3;
inline constexpr int32_t kSkillsWeight = 3;
inline constexpr int32_t kDistanceWeight = 2;
inline constexpr int32_t kSalaryWeight = 1;
inline constexpr int32_t kFreshnessWeight = 1;
inline constexpr int32_t kAllWeights = 10;

// When all queries are evaluated: 2090-01-01 00:00 UTC.
inline constexpr int64_t kPeerSeconds = 3'786'912'000;

// Makes jobs and queries. Their time is one day of the year 2090: later than
// the time at which any server stores them, so that freshness is that of
// `verified_time` there too.
// Thread-safe.
class PeerRegion {
 public:
  // Null: a few dozen towns. The gazetteer need not live on.
  explicit PeerRegion(const places::Gazetteer* gazetteer);

  // As it is published to the product.
  jobs::v1::Job MakeJob(int64_t i) const;
  // As the product is asked, with an inline profile.
  matching::v1::RankOffersRequest MakeQuery(int64_t i) const;

 private:
  std::unique_ptr<generator::Generator> generator_;
};

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_PEERS_PEER_REGION_H_
