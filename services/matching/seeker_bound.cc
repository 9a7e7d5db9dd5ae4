#include "services/matching/seeker_bound.h"

#include <algorithm>
#include <functional>

#include "services/matching/features/dates.h"
#include "services/matching/features/distance.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/hours.h"
#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"
#include "services/matching/features/skills.h"
#include "services/matching/segment.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

int64_t StandardOf(v1::Feature feature) {
  return WeightRules()[static_cast<size_t>(feature) - 1].standard;
}

// Sums of weights times values are whole; the least that has this quotient.
int64_t CeilOf(int64_t amount, int64_t divisor) {
  return (amount + divisor - 1) / divisor;
}

}  // namespace

SeekerBound::SeekerBound(const ShelfView<JobColumns>& view, size_t segment,
                         uint32_t row, int64_t now)
    : jobs_(view.segments[segment].segment->columns),
      row_(row),
      now_(now),
      freshness_(FreshnessFeature(now, jobs_.common.fresh[row])) {
  for (const uint32_t packed : jobs_.Occupations(row)) {
    codes_.push_back(OccupationCode::Unpacked(packed));
    main_groups_.push_back(codes_.back().digits / 1'000);
  }
  std::sort(main_groups_.begin(), main_groups_.end());
  main_groups_.erase(std::unique(main_groups_.begin(), main_groups_.end()),
                     main_groups_.end());
  for (const uint32_t uri : jobs_.EscoUris(row)) {
    uris_.push_back(view.terms->esco_uris.HashOf(uri));
  }
  for (const uint32_t packed : jobs_.Skills(row)) {
    const AskedSkill skill = AskedSkill::Unpacked(packed);
    const uint32_t hash = view.terms->skills.HashOf(skill.term);
    const int32_t weight =
        SkillWeight(skill.required) * view.rarity[skill.term];
    skills_.push_back({hash, HashMark(hash), weight});
    asked_ += weight;
  }
  std::sort(
      skills_.begin(), skills_.end(),
      [](const AskedHash& a, const AskedHash& b) { return a.hash < b.hash; });
}

int64_t SeekerBound::OfferSum(FeatureValue occupation, FeatureValue skills,
                              FeatureValue hours, FeatureValue dates) {
  static const int64_t of_occupation = StandardOf(v1::FEATURE_OCCUPATION);
  static const int64_t of_skills = StandardOf(v1::FEATURE_SKILLS);
  static const int64_t of_hours = StandardOf(v1::FEATURE_HOURS);
  static const int64_t of_dates = StandardOf(v1::FEATURE_DATES);
  return of_occupation * occupation.OrNeutral() +
         of_skills * skills.OrNeutral() + of_hours * hours.OrNeutral() +
         of_dates * dates.OrNeutral();
}

int64_t SeekerBound::Needed(int32_t score) {
  static const int64_t of =
      StandardOf(v1::FEATURE_OCCUPATION) + StandardOf(v1::FEATURE_SKILLS) +
      StandardOf(v1::FEATURE_HOURS) + StandardOf(v1::FEATURE_DATES);
  return of * score;
}

FeatureValue SeekerBound::Occupation(const SeekerFacts& seeker) const {
  OccupationPair pair;
  pair.codes = !seeker.codes.empty() && !codes_.empty();
  pair.uris = !seeker.uris.empty() && !uris_.empty();
  for (const OccupationCode offered : codes_) {
    for (const OccupationCode wished : seeker.codes) {
      pair.common_digits =
          std::max(pair.common_digits, CommonDigits(wished, offered));
    }
  }
  for (const uint32_t uri : uris_) {
    pair.same_uri = pair.same_uri || std::binary_search(seeker.uris.begin(),
                                                        seeker.uris.end(), uri);
  }
  return OccupationFeature(pair);
}

FeatureValue SeekerBound::Skills(const SeekerFacts& seeker) const {
  int64_t shared = 0;
  auto held = seeker.skills.begin();
  for (const AskedHash& skill : skills_) {
    if ((seeker.skill_marks & skill.mark) == 0) continue;
    while (held != seeker.skills.end() && *held < skill.hash) ++held;
    if (held == seeker.skills.end()) break;
    if (*held == skill.hash) shared += skill.weight;
  }
  return SkillsFeature(seeker.any_skills, shared, asked_);
}

FeatureValue SeekerBound::MostSkills(uint64_t marks, bool any_skills) const {
  int64_t shared = 0;
  for (const AskedHash& skill : skills_) {
    if ((marks & skill.mark) != 0) shared += skill.weight;
  }
  return SkillsFeature(any_skills, shared, asked_);
}

bool SeekerBound::MayReach(const StoredWish& wish, int32_t least) const {
  return std::any_of(
      wish.jobs.seekers.begin(), wish.jobs.seekers.end(),
      [&](const SeekerFacts& seeker) { return MayReach(wish, seeker, least); });
}

bool SeekerBound::MayReach(const StoredWish& wish, const SeekerFacts& seeker,
                           int32_t least) const {
  constexpr FeatureValue kMost(kOne);
  const JobFacts& facts = wish.jobs;
  const FeatureValue occupation = Occupation(seeker);
  const FeatureValue skills = Skills(seeker);
  if (OfferSum(occupation, skills, kMost, kMost) < Needed(least)) return false;
  const auto today = static_cast<int32_t>(now_ / kSecondsPerDay);
  const ReturnDays window{facts.earliest_day.value_or(today), facts.latest_day};
  const int32_t start = jobs_.record(row_).start_day;
  const FeatureValue hours = HoursFeature(seeker.weekly, Hours());
  const FeatureValue dates = JobDateFeature(window, start);
  if (OfferSum(occupation, skills, hours, dates) < Needed(least)) return false;
  const int32_t cents = jobs_.record(row_).hourly_cents;
  if (DatesConstraint(window.latest, start) == Outcome::kFailed ||
      HoursConstraint(seeker.weekly, Hours()) == Outcome::kFailed ||
      SalaryConstraint(seeker.required_hourly_cents, cents) ==
          Outcome::kFailed) {
    return false;
  }
  const int32_t remote =
      seeker.remote_welcome
          ? std::max<int32_t>(jobs_.record(row_).remote_percent, 0)
          : 0;
  const places::GeoPoint point = jobs_.common.point[row_];
  if (remote != 100 &&
      AreaConstraint(wish.anchors, point) == Outcome::kFailed) {
    return false;
  }
  // In the order of JobQuery::kFeatures.
  JobQuery::Values values = {
      occupation, skills,
      hours,      SalaryFeature(seeker.floor_hourly_cents, cents),
      kMost,      dates,
      freshness_};
  if (Score(facts.weights, values) < least) return false;
  constexpr size_t kDistance = 4;
  static_assert(JobQuery::kFeatures[kDistance] == v1::FEATURE_DISTANCE);
  values[kDistance] = WithRemoteShare(
      IsKnown(point) ? DistanceFeature(wish.anchors, point) : FeatureValue(),
      remote);
  return Score(facts.weights, values) >= least;
}

int64_t SeekerBound::MostOfferSum(const WishPostings::Seeker& seeker) const {
  constexpr FeatureValue kMost(kOne);
  FeatureValue occupation;
  if (seeker.code != 0 && !codes_.empty()) {
    const OccupationCode wished = OccupationCode::Unpacked(seeker.code);
    uint32_t common = 0;
    for (const OccupationCode offered : codes_) {
      common = std::max(common, CommonDigits(wished, offered));
    }
    occupation = FeatureValue(kOccupationLadder[common]);
  }
  return OfferSum(occupation, MostSkills(seeker.skill_marks, seeker.any_skills),
                  kMost, kMost);
}

bool SeekerBound::NeededSkills(int32_t least,
                               std::vector<uint32_t>& hashes) const {
  constexpr FeatureValue kMost(kOne);
  // With a code that shares less than two digits, or, of a job without one, not
  // known.
  const FeatureValue occupation =
      codes_.empty() ? FeatureValue() : FeatureValue(0);
  const int64_t without = OfferSum(
      occupation, FeatureValue(0), Hours().most == 0 ? FeatureValue() : kMost,
      jobs_.record(row_).start_day == kNoDay ? FeatureValue() : kMost);
  const int64_t value = CeilOf(std::max<int64_t>(Needed(least) - without, 0),
                               StandardOf(v1::FEATURE_SKILLS));
  // Adults without skills stand in no list.
  if (value <= kNeutral) return false;
  if (value > kOne) return true;
  std::vector<AskedHash> skills = skills_;
  std::sort(skills.begin(), skills.end(),
            [](const AskedHash& a, const AskedHash& b) {
              return a.weight > b.weight;
            });
  const int64_t shared = CeilOf(value * asked_, kOne);
  int64_t rest = asked_;
  for (const AskedHash& skill : skills) {
    if (rest < shared) break;
    hashes.push_back(skill.hash);
    rest -= skill.weight;
  }
  return true;
}

// Visits lists, each wish once.
class SeekerBound::Walk {
 public:
  Walk(const SeekerBound& bound, const WishPostings& postings, int32_t least,
       bool told, absl::FunctionRef<bool(const StoredWish&)> visit)
      : bound_(bound),
        least_(least),
        told_(told),
        visit_(visit),
        looked_at_((postings.slots() + 63) / 64) {}

  bool wanted() const { return wanted_; }

  void operator()(const WishPostings::Seeker& seeker) {
    if (told_ && !seeker.told) return;
    const int32_t least = told_ ? std::max(least_, seeker.threshold) : least_;
    if (bound_.MostOfferSum(seeker) < Needed(least)) return;
    LookAt(*seeker.wish);
  }
  void operator()(const WishPostings::Text& text) { LookAt(*text.wish); }

  void LookAt(const StoredWish& wish) {
    uint64_t& word = looked_at_[wish.slot / 64];
    const uint64_t bit = uint64_t{1} << (wish.slot % 64);
    if ((word & bit) != 0) return;
    word |= bit;
    Check(wish);
  }
  // Once for each wish.
  void Check(const StoredWish& wish) {
    const WishSettings& settings = wish.settings;
    if (!wanted_ || (told_ && !settings.told)) return;
    const int32_t least = told_ ? std::max(least_, settings.threshold) : least_;
    if (bound_.MayReach(wish, least)) wanted_ = visit_(wish);
  }

 private:
  const SeekerBound& bound_;
  const int32_t least_;
  const bool told_;
  const absl::FunctionRef<bool(const StoredWish&)> visit_;
  std::vector<uint64_t> looked_at_;  // bits of slots
  bool wanted_ = true;
};

bool SeekerBound::Visit(
    const ProfileView& profiles, int32_t least, bool told,
    absl::FunctionRef<bool(const StoredWish&)> visit) const {
  const WishPostings& postings = profiles.postings();
  Walk walk(*this, postings, least, told, visit);
  std::vector<uint32_t> hashes;
  // Those with a low threshold are visited apart.
  if (!NeededSkills(told ? std::max(least, kLowWishThreshold) : least,
                    hashes)) {
    profiles.VisitWishes([&walk](const StoredWish& wish) { walk.Check(wish); });
    return walk.wanted();
  }
  if (told && least < kLowWishThreshold) postings.VisitLow(std::ref(walk));
  for (const uint32_t group : main_groups_) {
    postings.VisitMainGroup(group, std::ref(walk));
  }
  if (!codes_.empty()) postings.VisitUncoded(std::ref(walk));
  hashes.insert(hashes.end(), uris_.begin(), uris_.end());
  for (const uint32_t hash : hashes) {
    for (const WishPostings::Text& text : postings.WithText(hash)) {
      if (text.hash == hash) walk(text);
    }
  }
  return walk.wanted();
}

}  // namespace heimweg::matching
