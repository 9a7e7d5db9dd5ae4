// What of a ranking is within reach of a home, and its score seen from there.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_REACH_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_REACH_H_

#include <cstdint>
#include <optional>

#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/testing/brute_force_oracle.h"
#include "services/matching/testing/package_choice.h"

namespace heimweg::matching::testing {

// How far something may be from the home.
struct Limit {
  std::optional<int64_t> minutes;
  int64_t meters = 0;
  profiles::v1::CommuteMode mode = profiles::v1::COMMUTE_MODE_CAR;
};

class PackageReach {
 public:
  // `today` in days since 1970. World and profile must outlive this.
  PackageReach(const World& world, const profiles::v1::Profile& profile,
               int64_t today)
      : world_(world), profile_(profile), today_(today) {}

  // The offer of `match`, which was ranked with all features, as a choice for
  // the part at this home; nullopt if it is out of reach.
  std::optional<Choice> JobAt(const Part& part, const housing::v1::Home& home,
                              const v1::Match& match) const;
  std::optional<Choice> ContactAt(const Part& part,
                                  const housing::v1::Home& home,
                                  const v1::Match& match) const;

 private:
  Limit LimitOf(const Part& part) const;
  bool WantsRemote(const Part& part) const;
  int64_t Earliest() const;
  int64_t SchoolValue(const housing::v1::Home& home) const;
  // Sets distance and its value; false if it is out of reach.
  bool Reaches(const Part& part, const housing::v1::Home& home,
               const type::v1::Place& place, int64_t remote_percent,
               Choice& choice, std::optional<int64_t>& value) const;

  const World& world_;
  const profiles::v1::Profile& profile_;
  const int64_t today_;
};

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_REACH_H_
