// Formula: the product's documented score (services/matching/features) for the
// five features of the comparison, in plain floating point over plain facts:
// what an engine that is not ours has to compute. Scores are in [0, 1].
#ifndef HEIMWEG_TESTS_BENCH_PEERS_FORMULA_H_
#define HEIMWEG_TESTS_BENCH_PEERS_FORMULA_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "tests/bench/peers/corpus.h"

namespace heimweg::bench {

// A job's facts without its memory: what a row of a database gives.
struct JobRow {
  double x = 0;
  double y = 0;
  double z = 0;
  int32_t occupation = 0;
  int32_t other_occupation = 0;
  int32_t hourly_cents = 0;
  int32_t fewest_minutes = 0;
  int32_t most_minutes = 0;
  int32_t requires_languages = 0;
  int64_t age_seconds = 0;
  int32_t asked_points = 0;
  absl::Span<const int32_t> asks;
};
JobRow RowOf(const JobFacts& job);

// One query, prepared. Immutable; thread-safe.
class Formula {
 public:
  // `codes` are the corpus's.
  Formula(const std::vector<std::string>& codes, const QueryFacts& query);

  // Nothing if a condition fails: radius, hours, salary floor, languages.
  std::optional<double> Score(const JobRow& job) const;

  // The main groups (two digits) of the wished occupations, ascending.
  const std::vector<int32_t>& main_groups() const { return main_groups_; }

  // By row of `codes`: the value of OCCUPATION, above 0 within these groups.
  const std::vector<float>& ladder() const { return ladder_; }

  // Whether one of the job's occupations is of a wished main group.
  bool IsWished(const JobRow& job) const {
    return ladder_[static_cast<size_t>(job.occupation)] > 0 ||
           ladder_[static_cast<size_t>(job.other_occupation)] > 0;
  }

  // A job outside the wished main groups with a score of `least` or more lies
  // within this many metres; -1: there is none; the radius, or half of the
  // Earth, if the score excludes nothing.
  double ReachMeters(double least) const;

  // The scale of the distance's decay, in metres.
  double scale_m() const { return scale_m_; }

 private:
  const QueryFacts query_;
  std::vector<float> ladder_;
  std::vector<int32_t> main_groups_;
  std::vector<bool> has_;  // by value of `asks`
  double scale_m_ = 0;
};

// The best scores of `jobs`, the highest first, at most kPeerLimit.
std::vector<double> BestByFormula(const Corpus& corpus,
                                  const QueryFacts& query);

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_PEERS_FORMULA_H_
