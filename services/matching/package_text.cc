#include "services/matching/package_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/card_text.h"
#include "services/matching/field_writer.h"
#include "services/matching/match_text.h"
#include "services/matching/missing_part.h"
#include "services/matching/nearest.h"
#include "services/matching/package_rules.h"
#include "services/matching/reasons.h"

namespace heimweg::matching {
namespace {

constexpr size_t kPeopleShown = 3;

using PartParameters = std::vector<std::pair<absl::string_view, std::string>>;

void AddReason(v1::ReasonKey key, const PartParameters& parameters,
               v1::Match& match) {
  v1::Reason& reason = *match.add_reasons();
  reason.set_key(key);
  for (const auto& [name, value] : parameters) {
    v1::ReasonParameter& parameter = *reason.add_parameters();
    parameter.set_name(std::string(name));
    parameter.set_value(value);
  }
}

template <typename Query>
void SetFeature(v1::Feature feature, FeatureValue value,
                typename Query::Values& values) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (Query::kFeatures[i] == feature) values[i] = value;
  }
}

// Writes one package.
class PackageText {
 public:
  PackageText(const PackageWish& wish, const FoundPackage& found,
              PackageSearch& search)
      : wish_(wish), found_(found), search_(search) {}

  v1::Package Write() {
    package_.set_score_millionths(found_.score);
    AddHome();
    for (size_t part = 0; part < wish_.parts.size(); ++part) {
      if (found_.picks[part]) {
        *package_.add_parts() = PartOf(part, *found_.picks[part]);
      } else {
        AddMissing(part);
      }
    }
    int weakest = 0;
    for (int i = 1; i < package_.parts_size(); ++i) {
      if (ScoreOf(i) < ScoreOf(weakest)) weakest = i;
    }
    package_.set_weakest_part(weakest);
    AddMorePeople();
    return std::move(package_);
  }

 private:
  int32_t ScoreOf(int part) const {
    return package_.parts(part).match().score_millionths();
  }

  void AddHome() {
    v1::PackagePart& part = *package_.add_parts();
    part.set_kind(v1::PACKAGE_PART_KIND_HOME);
    part.set_weight(wish_.weights.home());
    const HomeQuery& query = search_.home_query();
    SetMatch(query, WeightsOf(wish_.home, HomeQuery::kFeatures),
             Ranked{found_.home.score, 0, found_.home.segment, found_.home.row},
             false, *part.mutable_match());
  }

  v1::PackagePart PartOf(size_t index, const Pick& pick) const {
    const WishedPart& wished = wish_.parts[index];
    v1::PackagePart part;
    part.set_kind(wished.kind);
    part.set_adult(wished.adult);
    part.set_child(wished.child);
    part.set_weight(wished.weight);
    AddWay(wished, pick, part);
    if (wished.kind == v1::PACKAGE_PART_KIND_JOB) {
      AddJobReasons(pick, *part.mutable_match());
      AddMatch(*search_.job_query(), wished.index, pick, part);
    } else {
      if (wished.kind == v1::PACKAGE_PART_KIND_SCHOOL) AddSchoolReason(part);
      AddMatch(search_.contact_query(index), 0, pick, part);
    }
    return part;
  }

  // Where it is from the home.
  void AddWay(const WishedPart& wished, const Pick& pick,
              v1::PackagePart& part) const {
    const places::GeoPoint home = found_.home.spot.point;
    if (!IsKnown(home) || !IsKnown(pick.candidate.point)) return;
    const int32_t distance_m =
        places::DistanceMeters(home, pick.candidate.point);
    part.set_home_distance_meters(distance_m);
    const bool near =
        AnchorFeature(wished.reach, distance_m).OrNeutral() >= kNearValue;
    if (wished.kind != v1::PACKAGE_PART_KIND_JOB) {
      if (near) {
        AddReason(v1::REASON_KEY_NEAR_HOME, {{"km", OneDecimalKm(distance_m)}},
                  *part.mutable_match());
      }
      return;
    }
    const int32_t minutes =
        places::CommuteMinutes(distance_m, wished.reach.mode);
    part.set_commute_minutes(minutes);
    if (!near) return;
    AddReason(v1::REASON_KEY_COMMUTE_FROM_HOME,
              {{"minutes", absl::StrCat(minutes)},
               {"mode", std::string(ModeText(wished.reach.mode))},
               {"km", OneDecimalKm(distance_m)}},
              *part.mutable_match());
  }

  void AddJobReasons(const Pick& pick, v1::Match& match) const {
    const int32_t start = pick.candidate.start_day;
    const int32_t available = found_.home.spot.available_day;
    if (start == kNoDay || available == kNoDay || available > start) return;
    AddReason(v1::REASON_KEY_HOME_BEFORE_START,
              {{"available", DayText(available)}, {"start", DayText(start)}},
              match);
  }

  void AddSchoolReason(v1::PackagePart& part) const {
    if (found_.home.school_start.days_beside > 0) return;
    AddReason(v1::REASON_KEY_SCHOOL_YEAR,
              {{"date", DayText(found_.home.school_start.day)}},
              *part.mutable_match());
  }

  // Name, score and card, and the reasons that do not depend on the home after
  // those that do.
  template <typename Query>
  void AddMatch(const Query& query, size_t seeker, const Pick& pick,
                v1::PackagePart& part) const {
    const Candidate& candidate = pick.candidate;
    const auto at = RowOf(query.view(), candidate.segment, candidate.row);
    typename Query::Values values = query.Features(at, seeker);
    SetFeature<Query>(v1::FEATURE_DISTANCE, pick.distance, values);
    if (part.kind() == v1::PACKAGE_PART_KIND_JOB ||
        part.kind() == v1::PACKAGE_PART_KIND_SCHOOL) {
      // A school has no day of its own to tell.
      SetFeature<Query>(
          v1::FEATURE_DATES,
          part.kind() == v1::PACKAGE_PART_KIND_JOB ? pick.date : FeatureValue(),
          values);
    }
    const auto& segment = *query.view().segments[candidate.segment].segment;
    v1::Match& match = *part.mutable_match();
    match.set_offer(std::string(segment.cards.NameAt(candidate.row)));
    match.set_score_millionths(pick.score);
    match.set_adult(part.adult());
    FieldWriter fields;
    WriteReasons(query, at, seeker, values,
                 Nearest(query.wish().anchors, candidate.point), fields);
    fields.Message(v1::Match::kCardFieldNumber,
                   [&] { WriteCard(segment, candidate.row, fields); });
    match.MergeFromString(fields.Take());
  }

  void AddMissing(size_t index) {
    const WishedPart& wished = wish_.parts[index];
    v1::MissingPart& missing = *package_.add_missing();
    missing.set_kind(wished.kind);
    missing.set_adult(wished.adult);
    missing.set_child(wished.child);
    for (v1::Relaxation& limit :
         RequiredForPart(wish_, found_, search_, index)) {
      *missing.add_required_relaxations() = std::move(limit);
    }
  }

  void AddMorePeople() {
    const size_t last = wish_.parts.size();
    if (last == 0 ||
        wish_.parts[last - 1].kind != v1::PACKAGE_PART_KIND_PEOPLE ||
        !found_.picks[last - 1]) {
      return;
    }
    const std::vector<Pick> people =
        search_.Best(found_, last - 1, kPeopleShown);
    for (size_t i = 1; i < people.size(); ++i) {
      *package_.add_more_people() = PartOf(last - 1, people[i]);
    }
  }

  const PackageWish& wish_;
  const FoundPackage& found_;
  PackageSearch& search_;
  v1::Package package_;
};

}  // namespace

v1::Package PackageOf(const PackageWish& wish, const FoundPackage& found,
                      PackageSearch& search) {
  return PackageText(wish, found, search).Write();
}

}  // namespace heimweg::matching
