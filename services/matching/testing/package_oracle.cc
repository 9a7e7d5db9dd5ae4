#include "services/matching/testing/package_oracle.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/matching/testing/oracle_facts.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;
using profiles::v1::Child;
using profiles::v1::Profile;

constexpr int64_t kAll = 1'000;
constexpr int64_t kGap = 90;

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

// How far something may be from the home.
struct Limit {
  std::optional<int64_t> minutes;
  int64_t meters = 0;
  profiles::v1::CommuteMode mode = profiles::v1::COMMUTE_MODE_CAR;
};

// A feature of a match that was ranked with all features.
struct Valued {
  std::optional<int64_t> value;
  int64_t weight = 0;
};

Valued ValueOf(const v1::Match& match, v1::Feature feature) {
  for (const v1::FeatureScore& score : match.features()) {
    if (score.feature() != feature) continue;
    Valued value;
    if (score.known()) value.value = score.value_millionths();
    value.weight = score.weight();
    return value;
  }
  return {};
}

// The score of a match if two of its features had other values.
int64_t Rescored(const v1::Match& match, std::optional<int64_t> distance,
                 std::optional<int64_t> date) {
  int64_t sum = 0;
  int64_t of = 0;
  for (const v1::FeatureScore& score : match.features()) {
    int64_t value = score.value_millionths();
    if (score.feature() == v1::FEATURE_DISTANCE) {
      value = distance.value_or(400'000);
    }
    if (score.feature() == v1::FEATURE_DATES) value = date.value_or(400'000);
    sum += score.weight() * value;
    of += score.weight();
  }
  return of == 0 ? 0 : sum / of;
}

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
        today_(request.evaluation_time().seconds() / 86'400) {
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

  Limit LimitOf(const Part& part) const {
    Limit limit;
    if (part.kind == v1::PACKAGE_PART_KIND_PEOPLE) {
      limit.meters = 30'000;
      return limit;
    }
    if (part.kind != v1::PACKAGE_PART_KIND_JOB) {
      limit.meters = 15'000;
      return limit;
    }
    for (const Adult& adult : profile_.adults()) {
      if (adult.id() != part.adult) continue;
      limit.mode = adult.commute_mode();
      if (adult.has_max_commute_km()) {
        limit.meters = std::llround(adult.max_commute_km() * 1'000);
      } else {
        limit.minutes =
            adult.has_max_commute_minutes() ? adult.max_commute_minutes() : 60;
      }
    }
    return limit;
  }

  bool WantsRemote(const Part& part) const {
    for (const Adult& adult : profile_.adults()) {
      if (adult.id() == part.adult) return adult.remote_welcome();
    }
    return false;
  }

  int64_t Earliest() const {
    return profile_.return_window().has_earliest()
               ? DaysOf(profile_.return_window().earliest())
               : today_;
  }

  int64_t SchoolValue(const housing::v1::Home& home) const {
    if (!profile_.return_window().has_latest()) return 1'000'000;
    int64_t first = Earliest();
    if (home.has_available_from()) {
      first = std::max(first, DaysOf(home.available_from()));
    }
    const int64_t last =
        std::max(first, DaysOf(profile_.return_window().latest()));
    int64_t nearest = INT64_MAX;
    for (int year = 1899; year <= 2300; ++year) {
      type::v1::Date august;
      august.set_year(year);
      august.set_month(8);
      august.set_day(1);
      const int64_t day = DaysOf(august);
      const int64_t beside = std::max({first - day, day - last, int64_t{0}});
      nearest = std::min(nearest, beside);
    }
    return DecayOf(nearest, 90);
  }

  // Distance and its value; false if it is out of reach.
  bool Reaches(const Part& part, const housing::v1::Home& home,
               const type::v1::Place& place, int64_t remote_percent,
               Choice& choice, std::optional<int64_t>& value) const {
    const auto from = PointOfPlace(home.place());
    const auto to = PointOfPlace(place);
    const Limit limit = LimitOf(part);
    if (from && to) {
      choice.meters = Meters(*from, *to);
      const int64_t minutes = Minutes(*choice.meters, limit.mode);
      if (part.kind == v1::PACKAGE_PART_KIND_JOB) choice.minutes = minutes;
      const bool inside = limit.minutes ? minutes <= *limit.minutes
                                        : *choice.meters <= limit.meters;
      if (!inside && remote_percent < 100) return false;
      value = limit.minutes ? DecayOf(2 * minutes, *limit.minutes)
                            : DecayOf(2 * *choice.meters, limit.meters);
      *value += (1'000'000 - *value) * remote_percent / 100;
    }
    if (remote_percent == 100) value = 1'000'000;
    return true;
  }

  std::optional<Choice> JobAt(const Part& part, const housing::v1::Home& home,
                              const v1::Match& match) const {
    const jobs::v1::Job& job = world_.jobs.at(match.offer());
    Choice choice;
    choice.name = match.offer();
    std::optional<int64_t> distance;
    const int64_t remote = WantsRemote(part) && job.has_remote_percent()
                               ? job.remote_percent()
                               : 0;
    if (!Reaches(part, home, job.place(), remote, choice, distance)) {
      return std::nullopt;
    }
    std::optional<int64_t> date = ValueOf(match, v1::FEATURE_DATES).value;
    if (date && home.has_available_from()) {
      const int64_t start = std::max(DaysOf(job.start_date()), Earliest());
      const int64_t gap = DaysOf(home.available_from()) - start;
      if (gap > kGap) return std::nullopt;
      if (gap > 0) date = std::min(*date, DecayOf(gap, 90));
    }
    choice.score = Rescored(match, distance, date);
    return choice;
  }

  std::optional<Choice> ContactAt(const Part& part,
                                  const housing::v1::Home& home,
                                  const v1::Match& match) const {
    Choice choice;
    choice.name = match.offer();
    std::optional<int64_t> distance;
    if (!Reaches(part, home, world_.contacts.at(match.offer()).place(), 0,
                 choice, distance)) {
      return std::nullopt;
    }
    const std::optional<int64_t> date =
        part.kind == v1::PACKAGE_PART_KIND_SCHOOL
            ? SchoolValue(home)
            : ValueOf(match, v1::FEATURE_DATES).value;
    choice.score = Rescored(match, distance, date);
    return choice;
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
                                ? JobAt(parts_[i], at, match)
                                : ContactAt(parts_[i], at, match);
        if (choice) built.parts[i].choices.push_back(*choice);
      }
      Sort(built.parts[i].choices);
    }
    std::optional<Built> best;
    built.chosen.assign(parts_.size(), -1);
    Choose(built, 0, best);
    return *best;
  }

  // Tries every choice of jobs; of contacts the best one is always free.
  void Choose(Built& built, size_t part, std::optional<Built>& best) const {
    if (part == built.parts.size()) {
      Evaluate(built);
      if (!best || Order(built) < Order(*best)) best = built;
      return;
    }
    const Part& of = built.parts[part];
    if (of.kind != v1::PACKAGE_PART_KIND_JOB) {
      built.chosen[part] = of.choices.empty() ? -1 : 0;
      Choose(built, part + 1, best);
      return;
    }
    for (int i = -1; i < static_cast<int>(of.choices.size()); ++i) {
      built.chosen[part] = i;
      if (i >= 0 && IsTaken(built, part)) continue;
      Choose(built, part + 1, best);
    }
  }

  static bool IsTaken(const Built& built, size_t part) {
    const std::string& name =
        built.parts[part].choices[built.chosen[part]].name;
    for (size_t other = 0; other < part; ++other) {
      if (built.chosen[other] >= 0 &&
          built.parts[other].choices[built.chosen[other]].name == name) {
        return true;
      }
    }
    return false;
  }

  void Evaluate(Built& built) const {
    int64_t sum = weights_.home() * built.home_score;
    int64_t of = weights_.home();
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

  static std::tuple<int64_t, int64_t, std::vector<int64_t>,
                    std::vector<std::string>>
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

  const World& world_;
  const Request& request_;
  const Profile& profile_;
  const int64_t today_;
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
