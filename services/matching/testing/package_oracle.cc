#include "services/matching/testing/package_oracle.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/matching/testing/oracle_facts.h"
#include "services/matching/testing/package_choice.h"
#include "services/matching/testing/package_reach.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;
using profiles::v1::Child;
using profiles::v1::Profile;

constexpr int64_t kAll = 1'000;

template <typename Request>
v1::RankOffersRequest Ranking(const Request& request, type::v1::OfferKind kind,
                              const Profile& profile) {
  v1::RankOffersRequest ranking;
  *ranking.mutable_inline_profile() = profile;
  ranking.set_kind(kind);
  *ranking.mutable_networks() = request.networks();
  *ranking.mutable_weights() = request.weights();
  *ranking.mutable_evaluation_time() = request.evaluation_time();
  ranking.set_view(v1::MATCH_VIEW_FULL);
  ranking.set_limit(kAll);
  return ranking;
}

void Sort(std::vector<Choice>& choices) {
  std::sort(
      choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
        return std::tuple(-a.score, a.name) < std::tuple(-b.score, b.name);
      });
}

// Builds packages for one request.
template <typename Request>
class Packages {
 public:
  Packages(const World& world, const Request& request)
      : world_(world),
        request_(request),
        profile_(request.inline_profile()),
        reach_(world, profile_, request.evaluation_time().seconds() / 86'400) {
    weights_.set_home(5);
    weights_.set_job(5);
    weights_.set_care(3);
    weights_.set_people(2);
    weights_.MergeFrom(request.part_weights());
    v1::RankOffersRequest homes =
        Ranking(request, type::v1::OFFER_KIND_HOME, profile_);
    *homes.mutable_ags_prefixes() = request.ags_prefixes();
    homes_ = BruteForceRank(world, homes);
    RankParts();
  }

  int64_t homes() const { return homes_.matches_size(); }
  const v1::RankOffersResponse& ranked_homes() const { return homes_; }

  // The best package of all homes but those left out; jobs that are used three
  // times are out as well.
  std::optional<Built> Best(const std::function<bool(const std::string&)>& out,
                            const std::map<std::string, int>& uses) const {
    std::optional<Built> best;
    for (const v1::Match& home : homes_.matches()) {
      if (out(home.offer())) continue;
      Built built = BestAt(home, uses);
      if (!best || std::tuple(built.missing, -built.score, built.home) <
                       std::tuple(best->missing, -best->score, best->home)) {
        best = std::move(built);
      }
    }
    return best;
  }

  v1::Package Write(const Built& built) const {
    v1::Package package;
    package.set_score_millionths(static_cast<int>(built.score));
    v1::PackagePart& home = *package.add_parts();
    home.set_kind(v1::PACKAGE_PART_KIND_HOME);
    home.set_weight(weights_.home());
    home.mutable_match()->set_offer(built.home);
    home.mutable_match()->set_score_millionths(
        static_cast<int>(built.home_score));
    int64_t weakest = built.home_score;
    for (size_t i = 0; i < built.parts.size(); ++i) {
      const Part& part = built.parts[i];
      if (built.chosen[i] < 0) {
        v1::MissingPart& missing = *package.add_missing();
        missing.set_kind(part.kind);
        missing.set_adult(part.adult);
        missing.set_child(part.child);
        continue;
      }
      const Choice& choice = part.choices[built.chosen[i]];
      AddPart(part, choice, package);
      if (choice.score < weakest) {
        weakest = choice.score;
        package.set_weakest_part(package.parts_size() - 1);
      }
    }
    return package;
  }

 private:
  static void AddPart(const Part& part, const Choice& choice,
                      v1::Package& package) {
    v1::PackagePart& added = *package.add_parts();
    added.set_kind(part.kind);
    added.set_adult(part.adult);
    added.set_child(part.child);
    added.set_weight(static_cast<int>(part.weight));
    added.mutable_match()->set_offer(choice.name);
    added.mutable_match()->set_adult(part.adult);
    added.mutable_match()->set_score_millionths(static_cast<int>(choice.score));
    if (choice.meters) {
      added.set_home_distance_meters(static_cast<int>(*choice.meters));
    }
    if (choice.minutes) {
      added.set_commute_minutes(static_cast<int>(*choice.minutes));
    }
  }

  Profile WithoutAnchors() const {
    Profile profile = profile_;
    profile.clear_anchors();
    return profile;
  }

  // What passes every condition of each part, wherever it is.
  void RankParts() {
    for (const Adult& adult : profile_.adults()) {
      if (!adult.seeks_job()) continue;
      v1::RankOffersRequest jobs =
          Ranking(request_, type::v1::OFFER_KIND_JOB, WithoutAnchors());
      jobs.set_adult(adult.id());
      parts_.push_back(
          {v1::PACKAGE_PART_KIND_JOB, adult.id(), "", weights_.job(), {}});
      ranked_.push_back(BruteForceRank(world_, jobs));
    }
    for (const Child& child : profile_.children()) {
      if (weights_.care() == 0) break;
      if (child.needs_childcare()) RankCare(child, true);
      if (child.needs_school()) RankCare(child, false);
    }
    if (weights_.people() > 0) RankPeople();
  }

  void RankContacts(v1::PackagePartKind kind, const std::string& child,
                    int64_t weight, const Profile& profile,
                    const std::set<int>& types) {
    v1::RankOffersResponse ranked = BruteForceRank(
        world_, Ranking(request_, type::v1::OFFER_KIND_CONTACT, profile));
    v1::RankOffersResponse kept;
    for (const v1::Match& match : ranked.matches()) {
      if (types.count(world_.contacts.at(match.offer()).contact_type()) > 0) {
        *kept.add_matches() = match;
      }
    }
    parts_.push_back({kind, "", child, weight, {}});
    ranked_.push_back(kept);
  }

  void RankCare(const Child& child, bool childcare) {
    Profile profile = WithoutAnchors();
    profile.clear_children();
    Child& only = *profile.add_children();
    only.set_id(child.id());
    only.set_birth_year(child.birth_year());
    only.set_needs_childcare(childcare);
    only.set_needs_school(!childcare);
    profile.mutable_contacts()->clear_contact_types();
    RankContacts(childcare ? v1::PACKAGE_PART_KIND_CHILDCARE
                           : v1::PACKAGE_PART_KIND_SCHOOL,
                 child.id(), weights_.care(), profile,
                 {childcare ? contacts::v1::CONTACT_TYPE_CHILDCARE
                            : contacts::v1::CONTACT_TYPE_SCHOOL});
  }

  void RankPeople() {
    Profile profile = WithoutAnchors();
    profile.clear_children();
    profile.mutable_contacts()->clear_contact_types();
    std::set<int> types;
    const auto& wanted = profile_.contacts().contact_types();
    for (int type = 0; type < contacts::v1::ContactType_ARRAYSIZE; ++type) {
      const bool is_wanted =
          type == 0 || wanted.empty() ||
          std::find(wanted.begin(), wanted.end(), type) != wanted.end();
      if (is_wanted && type != contacts::v1::CONTACT_TYPE_CHILDCARE &&
          type != contacts::v1::CONTACT_TYPE_SCHOOL) {
        types.insert(type);
      }
    }
    // Somebody who wants childcare and schools alone wants no people.
    if (types.size() == 1 && !wanted.empty()) return;
    RankContacts(v1::PACKAGE_PART_KIND_PEOPLE, "", weights_.people(), profile,
                 types);
  }

  Built BestAt(const v1::Match& home,
               const std::map<std::string, int>& uses) const {
    Built built;
    built.home = home.offer();
    built.home_score = home.score_millionths();
    built.parts = parts_;
    const housing::v1::Home& at = world_.homes.at(home.offer());
    for (size_t i = 0; i < parts_.size(); ++i) {
      for (const v1::Match& match : ranked_[i].matches()) {
        const auto used = uses.find(match.offer());
        if (used != uses.end() && used->second >= 3) continue;
        const auto choice = parts_[i].kind == v1::PACKAGE_PART_KIND_JOB
                                ? reach_.JobAt(parts_[i], at, match)
                                : reach_.ContactAt(parts_[i], at, match);
        if (choice) built.parts[i].choices.push_back(*choice);
      }
      Sort(built.parts[i].choices);
    }
    return BestChoice(std::move(built), weights_);
  }

  const World& world_;
  const Request& request_;
  const Profile& profile_;
  const PackageReach reach_;
  v1::PackageWeights weights_;
  v1::RankOffersResponse homes_;
  std::vector<Part> parts_;
  std::vector<v1::RankOffersResponse> ranked_;  // by part
};

template <typename Response>
void SetWeights(const v1::PackageWeights& given, Response& response) {
  v1::PackageWeights& weights = *response.mutable_part_weights();
  weights.set_home(5);
  weights.set_job(5);
  weights.set_care(3);
  weights.set_people(2);
  weights.MergeFrom(given);
}

}  // namespace

v1::RankPackagesResponse BruteForcePackages(
    const World& world, const v1::RankPackagesRequest& request) {
  const Packages packages(world, request);
  v1::RankPackagesResponse response;
  std::set<std::string> used_homes;
  std::map<std::string, int> uses;
  while (response.packages_size() < request.limit()) {
    const auto best = packages.Best(
        [&](const std::string& home) { return used_homes.count(home) > 0; },
        uses);
    if (!best) break;
    *response.add_packages() = packages.Write(*best);
    used_homes.insert(best->home);
    for (size_t i = 0; i < best->parts.size(); ++i) {
      if (best->parts[i].kind == v1::PACKAGE_PART_KIND_JOB &&
          best->chosen[i] >= 0) {
        ++uses[best->parts[i].choices[best->chosen[i]].name];
      }
    }
  }
  response.set_eligible_homes(packages.homes());
  SetWeights(request.part_weights(), response);
  return response;
}

v1::RankRegionsResponse BruteForceRegions(
    const World& world, const v1::RankRegionsRequest& request) {
  const Packages packages(world, request);
  const size_t digits =
      request.level() == v1::REGION_LEVEL_MUNICIPALITY ? 8 : 5;
  const auto region_of = [&](const std::string& home) {
    const std::string ags = AgsOfPlace(world.homes.at(home).place());
    return ags.size() < digits ? "" : ags.substr(0, digits);
  };
  v1::RankRegionsResponse response;
  std::set<std::string> used = {""};
  while (response.regions_size() < request.limit()) {
    const auto best = packages.Best(
        [&](const std::string& home) {
          return used.count(region_of(home)) > 0;
        },
        {});
    if (!best) break;
    v1::RankedRegion& region = *response.add_regions();
    region.set_ags(region_of(best->home));
    *region.mutable_best_package() = packages.Write(*best);
    for (const v1::Match& home : packages.ranked_homes().matches()) {
      if (region_of(home.offer()) != region.ags()) continue;
      region.set_eligible_homes(region.eligible_homes() + 1);
    }
    used.insert(region.ags());
  }
  SetWeights(request.part_weights(), response);
  return response;
}

}  // namespace heimweg::matching::testing
