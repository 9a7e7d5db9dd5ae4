// Corpus: the same generated jobs and queries for the product and for the
// engines it is compared with, and as plain facts in flat files for engines
// that know neither our protos nor our code.
#ifndef HEIMWEG_TESTS_BENCH_PEERS_CORPUS_H_
#define HEIMWEG_TESTS_BENCH_PEERS_CORPUS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/bench/peers/peer_region.h"

namespace heimweg::bench {

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
