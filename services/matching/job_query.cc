#include "services/matching/job_query.h"

#include <algorithm>

#include "services/matching/features/hours.h"
#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"
#include "services/matching/features/skills.h"

namespace heimweg::matching {
namespace {

constexpr uint32_t kBelowMainGroup = 1'000;

// The best level by letters; a level that is not said is taken as not known,
// whatever else is said of the language.
std::vector<uint8_t> SpokenLevels(const std::vector<SpokenLanguage>& spoken) {
  if (spoken.empty()) return {};
  std::vector<uint8_t> levels(LanguageCode::kNone + 1, kNotSpoken);
  for (const SpokenLanguage& language : spoken) {
    const LanguageCode code = LanguageCode::Of(language.code, language.level);
    const auto level = static_cast<uint8_t>(code.level);
    uint8_t& best = levels[code.letters];
    best = best == kNotSpoken        ? level
           : best == 0 || level == 0 ? uint8_t{0}
                                     : std::max(best, level);
  }
  return levels;
}

}  // namespace

JobQuery::JobQuery(const ShelfView<JobColumns>& view, const Wish& wish)
    : view_(view), shared_(view, wish) {
  for (const JobSeeker& asked : wish.seekers) seekers_.push_back(Bind(asked));
}

JobQuery::Seeker JobQuery::Bind(const JobSeeker& asked) const {
  Seeker own;
  for (const OccupationCode code : asked.codes) {
    own.main_groups.set(code.digits / kBelowMainGroup);
  }
  for (const std::string& uri : asked.esco_uris) {
    own.esco_uris.push_back(view_.terms->esco_uris.Find(uri));
  }
  BindSkills(asked, own);
  if (asked.floor.known()) own.floor_hourly_cents = asked.floor.Hourly();
  if (asked.floor_required) {
    own.required_hourly_cents = own.floor_hourly_cents;
  }
  own.spoken = SpokenLevels(asked.languages);
  for (const std::string& employer : asked.excluded_employers) {
    const uint32_t number = view_.terms->employers.Find(employer);
    if (number != 0) own.excluded.push_back(number);
  }
  return own;
}

void JobQuery::BindSkills(const JobSeeker& asked, Seeker& own) const {
  const Taxonomy& taxonomy = *view_.terms->taxonomy;
  own.holds.resize(view_.rarity.size());
  const auto add = [&](const std::string& folded, const std::string& name) {
    own.any_skills = true;
    const uint32_t term = view_.terms->skills.Find(folded);
    if (term == 0 || term >= own.holds.size() || own.holds[term] != 0) return;
    own.holds[term] = 1;
    own.skills.push_back({term, &name, FoldCase(name)});
  };
  for (const std::string& skill : asked.skills)
    add(taxonomy.TermOf(skill), skill);
  for (const std::string& uri : asked.esco_uris) {
    for (const Taxonomy::Skill* skill : taxonomy.EssentialOf(uri)) {
      add(skill->folded, skill->name);
    }
  }
}

Outcome JobQuery::Area(const Row& at, const JobSeeker& asked,
                       AnchorLimit relaxed) const {
  if (asked.remote_welcome && at.columns.record(at.row).remote_percent == 100) {
    return Outcome::kMet;
  }
  return AreaConstraint(wish().anchors, at.columns.common.point[at.row],
                        relaxed);
}

bool JobQuery::PassesRelaxed(const RelaxedLimit& limit, const Row& at,
                             size_t seeker) const {
  const JobSeeker& asked = wish().seekers[seeker];
  switch (limit.text.constraint()) {
    case v1::CONSTRAINT_AREA:
      return Area(at, asked, limit.area) != Outcome::kFailed;
    case v1::CONSTRAINT_DATES:
      return DatesConstraint(limit.latest_day,
                             at.columns.record(at.row).start_day) !=
             Outcome::kFailed;
    case v1::CONSTRAINT_SALARY:
      return SalaryConstraint(limit.floor_hourly_cents,
                              at.columns.record(at.row).hourly_cents) !=
             Outcome::kFailed;
    case v1::CONSTRAINT_HOURS:
      return HoursConstraint(limit.weekly, Hours(at)) != Outcome::kFailed;
    default:
      return false;
  }
}

JobQuery::BestCode JobQuery::BestCodeOf(const Row& at, size_t seeker) const {
  BestCode best;
  for (const uint32_t packed : at.columns.Occupations(at.row)) {
    const OccupationCode offered = OccupationCode::Unpacked(packed);
    if (!seekers_[seeker].main_groups[offered.digits / kBelowMainGroup]) {
      continue;
    }
    for (const OccupationCode wished : wish().seekers[seeker].codes) {
      const uint32_t common = CommonDigits(wished, offered);
      if (common > best.common_digits) best = {common, offered};
    }
  }
  return best;
}

FeatureValue JobQuery::Occupation(const Row& at, size_t seeker) const {
  const std::vector<uint32_t>& wished = seekers_[seeker].esco_uris;
  const absl::Span<const uint32_t> offered = at.columns.EscoUris(at.row);
  OccupationPair pair;
  pair.codes = !wish().seekers[seeker].codes.empty() &&
               !at.columns.Occupations(at.row).empty();
  pair.uris = !wished.empty() && !offered.empty();
  pair.common_digits = BestCodeOf(at, seeker).common_digits;
  for (const uint32_t uri : wished) {
    // 0: no job bears it.
    pair.same_uri =
        pair.same_uri || (uri != 0 && std::find(offered.begin(), offered.end(),
                                                uri) != offered.end());
  }
  return OccupationFeature(pair);
}

FeatureValue JobQuery::Skills(const Row& at, size_t seeker) const {
  const std::vector<uint8_t>& holds = seekers_[seeker].holds;
  int32_t shared = 0;
  int32_t asked = 0;
  for (const uint32_t packed : at.columns.Skills(at.row)) {
    const uint32_t term = AskedSkill::TermOf(packed);
    const int32_t weight =
        SkillWeight(AskedSkill::IsRequired(packed)) * view_.rarity[term];
    asked += weight;
    shared += weight * holds[term];
  }
  return SkillsFeature(HasSkills(seeker), shared, asked);
}

FeatureValue JobQuery::Distance(const Row& at, size_t seeker) const {
  const int32_t remote_percent =
      wish().seekers[seeker].remote_welcome
          ? std::max<int32_t>(at.columns.record(at.row).remote_percent, 0)
          : 0;
  if (remote_percent == 100) return FeatureValue(kOne);
  return WithRemoteShare(shared_.Distance(at.columns.common, at.row),
                         remote_percent);
}

FeatureValue JobQuery::Feature(size_t index, const Row& at,
                               size_t seeker) const {
  switch (kFeatures[index]) {
    case v1::FEATURE_OCCUPATION:
      return Occupation(at, seeker);
    case v1::FEATURE_SKILLS:
      return Skills(at, seeker);
    case v1::FEATURE_HOURS:
      return HoursFeature(wish().seekers[seeker].weekly, Hours(at));
    case v1::FEATURE_SALARY:
      return SalaryFeature(seekers_[seeker].floor_hourly_cents,
                           at.columns.record(at.row).hourly_cents);
    case v1::FEATURE_DISTANCE:
      return Distance(at, seeker);
    case v1::FEATURE_DATES:
      return JobDateFeature(shared_.window(),
                            at.columns.record(at.row).start_day);
    default:
      return shared_.Freshness(at.columns.common, at.row);
  }
}

JobQuery::Values JobQuery::Features(const Row& at, size_t seeker) const {
  Values values;
  for (size_t i = 0; i < values.size(); ++i) values[i] = Feature(i, at, seeker);
  return values;
}

}  // namespace heimweg::matching
