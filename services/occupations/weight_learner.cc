#include "services/occupations/weight_learner.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heimweg::occupations {
namespace {

constexpr int kSteps = 600;
constexpr double kStep = 0.03;

using Vector = std::array<double, kFeatureCount>;

bool HasRight(const JudgedTitle& title) {
  return std::find(title.right.begin(), title.right.end(), true) !=
         title.right.end();
}

// Standard deviation within titles, around their means: what is the same for
// all candidates of a title tells nothing.
Vector Deviations(const std::vector<JudgedTitle>& titles) {
  Vector squares = {};
  double count = 0;
  for (const JudgedTitle& title : titles) {
    if (!HasRight(title)) continue;
    const auto size = static_cast<double>(title.candidates.size());
    Vector mean = {};
    for (const TitleFeatures& f : title.candidates) {
      for (size_t i = 0; i < kFeatureCount; ++i) mean[i] += f[i] / size;
    }
    for (const TitleFeatures& f : title.candidates) {
      for (size_t i = 0; i < kFeatureCount; ++i) {
        squares[i] += (f[i] - mean[i]) * (f[i] - mean[i]);
      }
    }
    count += size;
  }
  Vector deviations = {};
  for (size_t i = 0; i < kFeatureCount; ++i) {
    // 1 stands for a feature that never differs: its weight stays 0.
    const double deviation = std::sqrt(squares[i] / std::max(count, 1.0));
    deviations[i] = deviation > 1e-6 ? deviation : 1;
  }
  return deviations;
}

// Adds the gradient of one title's ln p(right).
void AddGradient(const JudgedTitle& title, const Vector& weights,
                 std::vector<double>& p, Vector& gradient) {
  p.resize(title.candidates.size());
  double most = -1e300;
  for (size_t c = 0; c < p.size(); ++c) {
    p[c] = 0;
    for (size_t i = 0; i < kFeatureCount; ++i) {
      p[c] += weights[i] * title.candidates[c][i];
    }
    most = std::max(most, p[c]);
  }
  double all = 0;
  double right = 0;
  for (size_t c = 0; c < p.size(); ++c) {
    p[c] = std::exp(p[c] - most);
    all += p[c];
    if (title.right[c]) right += p[c];
  }
  for (size_t c = 0; c < p.size(); ++c) {
    const double pull =
        (title.right[c] ? p[c] / std::max(right, 1e-300) : 0) - p[c] / all;
    for (size_t i = 0; i < kFeatureCount; ++i) {
      gradient[i] += pull * title.candidates[c][i];
    }
  }
}

}  // namespace

TitleFeatures LearnWeights(const std::vector<JudgedTitle>& titles,
                           float penalty) {
  const Vector deviations = Deviations(titles);
  Vector scaled = {};
  Vector mean = {};
  Vector square = {};
  std::vector<double> p;
  // Adam (Kingma and Ba 2015) on the whole set, its step falling to nothing.
  for (int step = 1; step <= kSteps; ++step) {
    Vector weights = {};
    for (size_t i = 0; i < kFeatureCount; ++i) {
      weights[i] = scaled[i] / deviations[i];
    }
    Vector gradient = {};
    for (const JudgedTitle& title : titles) {
      if (HasRight(title)) AddGradient(title, weights, p, gradient);
    }
    const double rate = kStep * (1.0 - (step - 1.0) / kSteps);
    for (size_t i = 0; i < kFeatureCount; ++i) {
      double g = gradient[i] / deviations[i] - penalty * scaled[i];
      if (std::abs(g) < 1e-9) g = 0;  // rounding is no direction
      mean[i] = 0.9 * mean[i] + 0.1 * g;
      square[i] = 0.99 * square[i] + 0.01 * g * g;
      const double m = mean[i] / (1 - std::pow(0.9, step));
      const double s = square[i] / (1 - std::pow(0.99, step));
      scaled[i] += rate * m / (std::sqrt(s) + 1e-9);
    }
  }
  TitleFeatures learned = {};
  for (size_t i = 0; i < kFeatureCount; ++i) {
    learned[i] = static_cast<float>(scaled[i] / deviations[i]);
  }
  return learned;
}

}  // namespace heimweg::occupations
