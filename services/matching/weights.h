// The weight of each feature group: its default and its place in the proto.
#ifndef HEIMWEG_SERVICES_MATCHING_WEIGHTS_H_
#define HEIMWEG_SERVICES_MATCHING_WEIGHTS_H_

#include <array>
#include <cstdint>

#include "heimweg/matching/v1/match.pb.h"
#include "heimweg/type/v1/weights.pb.h"

namespace heimweg::matching {

inline constexpr int32_t kMostWeight = 10;

struct WeightRule {
  v1::Feature feature;
  const char* field;
  int32_t standard;  // what counts if it is unset
  bool (type::v1::Weights::*has)() const;
  int32_t (type::v1::Weights::*get)() const;
  void (type::v1::Weights::*set)(int32_t);
};

inline constexpr int kFeatures = 11;

// By v1::Feature - 1.
const std::array<WeightRule, kFeatures>& WeightRules();

inline int32_t WeightOf(const type::v1::Weights& weights, v1::Feature feature) {
  return (weights.*WeightRules()[static_cast<size_t>(feature) - 1].get)();
}

// What `first` sets, else what `second` sets, else the standard: all set.
type::v1::Weights WithStandards(const type::v1::Weights& first,
                                const type::v1::Weights& second);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WEIGHTS_H_
