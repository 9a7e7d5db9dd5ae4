// What a household asks of homes and of contacts, compiled once when it is
// stored: what job_facts.h is for jobs. Nothing of it depends on the indexed
// offers or on the time. Texts are known by their TextHash.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_FACTS_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_FACTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// A text that a household names.
struct NamedHash {
  uint32_t hash = 0;   // TextHash
  uint32_t index = 0;  // among the texts of its kind

  friend bool operator<(const NamedHash& a, const NamedHash& b) {
    return std::tie(a.hash, a.index) < std::tie(b.hash, b.index);
  }
};

struct HomeFacts {
  static constexpr size_t kFeatures = 6;

  bool can_be_ranked = false;                // otherwise no home fits
  std::array<int32_t, kFeatures> weights{};  // by HomeQuery::kFeatures
  std::optional<int32_t> latest_day;
  HomeWish wish;  // but for excluded_landlords
  std::vector<uint32_t> excluded_landlords;
};
HomeFacts HomeFactsOf(const profiles::v1::Profile& profile);

struct ContactFacts {
  static constexpr size_t kFeatures = 4;

  bool can_be_ranked = false;  // otherwise no contact fits
  bool step_free = false;
  bool names_terms = false;
  uint32_t types = 0;                        // bit by enum; 0: all
  std::array<int32_t, kFeatures> weights{};  // by ContactQuery::kFeatures
  std::vector<NamedHash> interests;          // sorted
  std::vector<NamedHash> hooks;              // sorted
  std::vector<int32_t> childcare_birth_years;
  std::vector<int32_t> school_birth_years;
};
ContactFacts ContactFactsOf(const profiles::v1::Profile& profile);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_FACTS_H_
