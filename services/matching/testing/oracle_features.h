// The oracle's features, straight from their definitions.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_FEATURES_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_FEATURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::matching::testing {

// Millionths; nullopt: unknown.
using FeatureValues = std::map<v1::Feature, std::optional<int64_t>>;

// What ESCO says of skills, all folded; empty: not imported.
struct EscoKnowledge {
  // Name or URI -> the preferred names of the skills that bear it.
  std::map<std::string, std::set<std::string>> bearers;
  // URI of an occupation -> what it needs in any case.
  std::map<std::string, std::set<std::string>> essential;
};

// How many jobs there are, and how many ask for each folded skill.
struct SkillFrequencies {
  int64_t jobs = 0;
  std::map<std::string, int64_t> asked;
  EscoKnowledge esco;
};
SkillFrequencies FrequenciesOf(const std::map<std::string, jobs::v1::Job>& jobs,
                               const EscoKnowledge& esco);

FeatureValues FeaturesOf(const jobs::v1::Job& job,
                         const v1::RankOffersRequest& request,
                         const profiles::v1::Adult& adult,
                         const SkillFrequencies& frequencies);
FeatureValues FeaturesOf(const housing::v1::Home& home,
                         const v1::RankOffersRequest& request,
                         const profiles::v1::Adult& adult,
                         const SkillFrequencies& frequencies);
FeatureValues FeaturesOf(const contacts::v1::Contact& contact,
                         const v1::RankOffersRequest& request,
                         const profiles::v1::Adult& adult,
                         const SkillFrequencies& frequencies);

// Facets: the kind's type, and the two first digits of its occupations' codes.
std::string TypeOf(const jobs::v1::Job& job);
std::string TypeOf(const housing::v1::Home& home);
std::string TypeOf(const contacts::v1::Contact& contact);
std::set<std::string> MainGroupsOf(const jobs::v1::Job& job);
inline std::set<std::string> MainGroupsOf(const housing::v1::Home& /*home*/) {
  return {};
}
inline std::set<std::string> MainGroupsOf(
    const contacts::v1::Contact& /*contact*/) {
  return {};
}

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_FEATURES_H_
