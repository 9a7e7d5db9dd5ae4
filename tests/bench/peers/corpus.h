// Corpus: the same generated jobs and queries for the product and for the
// engines it is compared with, and as plain facts in flat files for engines
// that know neither our protos nor our code. Every fact that the five features
// of the comparison need is known: occupation, skills, distance, salary,
// freshness (design of the comparison: README.md).
#ifndef HEIMWEG_TESTS_BENCH_PEERS_CORPUS_H_
#define HEIMWEG_TESTS_BENCH_PEERS_CORPUS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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

struct JobFacts {
  double latitude = 0;  // degrees
  double longitude = 0;
  // From the Earth's centre, in whole units of 2^-30 of its radius.
  std::array<double, 3> vector = {};
  // Rows of Corpus::codes; the second is the first if the job has one.
  std::array<int32_t, 2> occupations = {};
  int32_t hourly_cents = 0;
  int32_t fewest_minutes = 0;  // a week
  int32_t most_minutes = 0;
  int32_t requires_languages = 0;  // a bit for each language at a level
  int64_t age_seconds = 0;         // at the evaluation time
  int32_t asked_points = 0;        // of all skills
  // Ascending; a skill's number x 64 + its points (weight x rarity, below 64).
  std::vector<int32_t> asks;

  friend bool operator==(const JobFacts&, const JobFacts&) = default;
};

struct QueryFacts {
  double latitude = 0;
  double longitude = 0;
  std::array<double, 3> vector = {};
  int32_t radius_m = 0;            // 0: nationwide
  std::vector<std::string> codes;  // wished, five digits
  // Ascending: the values of `asks` that count as shared.
  std::vector<int32_t> has;
  int32_t floor_cents = 0;  // by the hour; jobs below it are not ranked
  int32_t fewest_minutes = 0;
  int32_t most_minutes = 0;
  int32_t lacks_languages = 0;  // bits that jobs must not require

  friend bool operator==(const QueryFacts&, const QueryFacts&) = default;
};

struct Corpus {
  int64_t offers = 0;              // of all kinds; only jobs are compared
  std::vector<std::string> codes;  // of occupations, five digits, ascending
  std::vector<JobFacts> jobs;      // what lies near each other stands together
  std::vector<QueryFacts> queries;
};

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

// The facts of `offers` offers (of which 60 % are jobs) and `queries` queries.
Corpus MakeCorpus(const PeerRegion& region, int64_t offers, int64_t queries);

// jobs.tsv, queries.tsv, codes.tsv and about.tsv in `folder`. Rows are numbered
// from 1. INTERNAL if it cannot be written.
absl::Status WriteCorpus(const Corpus& corpus, const std::string& folder);

// What WriteCorpus wrote; without the jobs if `with_jobs` is false. NOT_FOUND
// if a file is missing, DATA_LOSS if a line has the wrong form.
absl::StatusOr<Corpus> ReadCorpus(const std::string& folder,
                                  bool with_jobs = true);

// How many jobs the corpus has whose file has been read without them.
int64_t JobsOf(int64_t offers);

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_PEERS_CORPUS_H_
