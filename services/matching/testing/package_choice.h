// What a package of the oracle is built of, and the best choice of it.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_CHOICE_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_CHOICE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::matching::testing {

// An offer for a part.
struct Choice {
  std::string name;
  int64_t score = 0;
  std::optional<int64_t> meters;
  std::optional<int64_t> minutes;
};

// A part with what is to choose from at one home, the best first.
struct Part {
  v1::PackagePartKind kind;
  std::string adult;
  std::string child;
  int64_t weight;
  std::vector<Choice> choices;
};

struct Built {
  std::string home;
  int64_t home_score = 0;
  std::vector<Part> parts;
  std::vector<int> chosen;  // by part; -1: none
  int64_t missing = 0;
  int64_t score = 0;
};

// The best package at the home of `built` by trying every choice of jobs from
// its parts.
Built BestChoice(Built built, const v1::PackageWeights& weights);

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_CHOICE_H_
