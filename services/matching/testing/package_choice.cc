#include "services/matching/testing/package_choice.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace heimweg::matching::testing {
namespace {

bool IsTaken(const Built& built, size_t part) {
  const std::string& name = built.parts[part].choices[built.chosen[part]].name;
  for (size_t other = 0; other < part; ++other) {
    if (built.chosen[other] >= 0 &&
        built.parts[other].choices[built.chosen[other]].name == name) {
      return true;
    }
  }
  return false;
}

void Evaluate(Built& built, const v1::PackageWeights& weights) {
  int64_t sum = weights.home() * built.home_score;
  int64_t of = weights.home();
  int64_t weakest = built.home_score;
  built.missing = 0;
  for (size_t i = 0; i < built.parts.size(); ++i) {
    const Part& part = built.parts[i];
    const int64_t score =
        built.chosen[i] < 0 ? 0 : part.choices[built.chosen[i]].score;
    if (built.chosen[i] < 0) ++built.missing;
    sum += part.weight * score;
    of += part.weight;
    weakest = std::min(weakest, score);
  }
  built.score = sum / of * (1'000'000 + weakest) / 2'000'000;
}

std::tuple<int64_t, int64_t, std::vector<int64_t>, std::vector<std::string>>
Order(const Built& built) {
  std::vector<int64_t> scores;
  std::vector<std::string> names;
  for (size_t i = 0; i < built.parts.size(); ++i) {
    const int chosen = built.chosen[i];
    const Part& part = built.parts[i];
    scores.push_back(chosen < 0 ? 1 : -part.choices[chosen].score);
    names.push_back(chosen < 0 ? "" : part.choices[chosen].name);
  }
  return {built.missing, -built.score, scores, names};
}

// Tries every choice of jobs; of contacts the best one is always free.
void Choose(Built& built, size_t part, const v1::PackageWeights& weights,
            std::optional<Built>& best) {
  if (part == built.parts.size()) {
    Evaluate(built, weights);
    if (!best || Order(built) < Order(*best)) best = built;
    return;
  }
  const Part& of = built.parts[part];
  if (of.kind != v1::PACKAGE_PART_KIND_JOB) {
    built.chosen[part] = of.choices.empty() ? -1 : 0;
    Choose(built, part + 1, weights, best);
    return;
  }
  for (int i = -1; i < static_cast<int>(of.choices.size()); ++i) {
    built.chosen[part] = i;
    if (i >= 0 && IsTaken(built, part)) continue;
    Choose(built, part + 1, weights, best);
  }
}

}  // namespace

Built BestChoice(Built built, const v1::PackageWeights& weights) {
  std::optional<Built> best;
  built.chosen.assign(built.parts.size(), -1);
  Choose(built, 0, weights, best);
  return *std::move(best);
}

}  // namespace heimweg::matching::testing
