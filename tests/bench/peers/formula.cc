#include "tests/bench/peers/formula.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace heimweg::bench {
namespace {

constexpr double kEarthRadiusM = 6371008.8;
constexpr double kHalfEarthM = 20'015'115;
constexpr double kOpenScaleM = 50'000;
constexpr double kFreshnessScaleS = 30.0 * 86'400;
// What rounding may move a score by.
constexpr double kScoreSlack = 5e-6;

double LadderOf(const std::string& a, const std::string& b) {
  constexpr std::array<double, 6> kByCommonDigits = {0, 0, 0.35, 0.6, 0.85, 1};
  const size_t most = std::min(a.size(), b.size());
  size_t common = 0;
  while (common < most && a[common] == b[common]) ++common;
  return kByCommonDigits[std::min<size_t>(common, 5)];
}

// Whole metres, of a chord that is cut to whole units of the vectors
// (services/places/distance.h).
double MetersBetween(const std::array<double, 3>& a, const JobRow& b) {
  constexpr double kUnitsPerDiameter = 2.0 * (1 << 30);
  const double x = a[0] - b.x;
  const double y = a[1] - b.y;
  const double z = a[2] - b.z;
  const double chord = std::floor(std::sqrt(x * x + y * y + z * z));
  return std::round(2 * kEarthRadiusM *
                    std::asin(std::min(chord / kUnitsPerDiameter, 1.0)));
}

}  // namespace

JobRow RowOf(const JobFacts& job) {
  return {job.vector[0],      job.vector[1],      job.vector[2],
          job.occupations[0], job.occupations[1], job.hourly_cents,
          job.fewest_minutes, job.most_minutes,   job.requires_languages,
          job.age_seconds,    job.asked_points,   job.asks};
}

Formula::Formula(const std::vector<std::string>& codes, const QueryFacts& query)
    : query_(query),
      scale_m_(query.radius_m > 0 ? query.radius_m / 2.0 : kOpenScaleM) {
  for (const std::string& code : codes) {
    double best = 0;
    for (const std::string& wished : query.codes) {
      best = std::max(best, LadderOf(code, wished));
    }
    ladder_.push_back(static_cast<float>(best));
  }
  for (const std::string& wished : query.codes) {
    main_groups_.push_back(std::stoi(wished.substr(0, 2)));
  }
  std::sort(main_groups_.begin(), main_groups_.end());
  main_groups_.erase(std::unique(main_groups_.begin(), main_groups_.end()),
                     main_groups_.end());
  if (!query.has.empty()) {
    has_.resize(static_cast<size_t>(query.has.back()) + 1);
  }
  for (const int32_t value : query.has) has_[static_cast<size_t>(value)] = true;
}

std::optional<double> Formula::Score(const JobRow& job) const {
  if (job.fewest_minutes > query_.most_minutes ||
      job.most_minutes < query_.fewest_minutes ||
      job.hourly_cents < query_.floor_cents ||
      (job.requires_languages & query_.lacks_languages) != 0) {
    return std::nullopt;
  }
  const double meters = MetersBetween(query_.vector, job);
  if (query_.radius_m > 0 && meters > query_.radius_m) return std::nullopt;
  int32_t shared = 0;
  for (const int32_t value : job.asks) {
    const auto at = static_cast<size_t>(value);
    if (at < has_.size() && has_[at]) shared += value % 64;
  }
  const double occupation =
      std::max(ladder_[static_cast<size_t>(job.occupation)],
               ladder_[static_cast<size_t>(job.other_occupation)]);
  const double skills = static_cast<double>(shared) / job.asked_points;
  const double distance = std::exp(-meters / scale_m_);
  const double floor = query_.floor_cents;
  const double salary =
      std::clamp((job.hourly_cents - floor / 2) / floor, 0.0, 1.0);
  const double freshness =
      std::exp(-static_cast<double>(job.age_seconds) / kFreshnessScaleS);
  return (kOccupationWeight * occupation + kSkillsWeight * skills +
          kDistanceWeight * distance + kSalaryWeight * salary +
          kFreshnessWeight * freshness) /
         kAllWeights;
}

double Formula::ReachMeters(double least) const {
  const double all = query_.radius_m > 0 ? query_.radius_m + 0.5 : kHalfEarthM;
  // What distance must give where all but OCCUPATION gives its most.
  const double needed = ((least - kScoreSlack) * kAllWeights - kSkillsWeight -
                         kSalaryWeight - kFreshnessWeight) /
                        kDistanceWeight;
  if (needed <= 0) return all;
  if (needed > 1) return -1;
  return std::min(all, -scale_m_ * std::log(needed));
}

std::vector<double> BestByFormula(const Corpus& corpus,
                                  const QueryFacts& query) {
  const Formula formula(corpus.codes, query);
  std::vector<double> scores;
  for (const JobFacts& job : corpus.jobs) {
    const std::optional<double> score = formula.Score(RowOf(job));
    if (score) scores.push_back(*score);
  }
  std::sort(scores.begin(), scores.end(), std::greater<>());
  if (scores.size() > kPeerLimit) scores.resize(kPeerLimit);
  return scores;
}

}  // namespace heimweg::bench
