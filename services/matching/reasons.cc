#include "services/matching/reasons.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/features/distance.h"
#include "services/matching/features/space.h"
#include "services/matching/nearest.h"
#include "services/matching/relaxed_limit.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kHalf = kOne / 2;
constexpr int64_t kFreshDays = 14;
constexpr size_t kMostTerms = 3;

using Parameter = std::pair<absl::string_view, std::string>;
using Parameters = std::initializer_list<Parameter>;

// Writes the reasons of one offer, then puts them in order.
class ReasonList {
 public:
  template <typename Query>
  ReasonList(const Query& query, const typename Query::Values& values,
             FieldWriter& match)
      : match_(match), first_(match.bytes().size()) {
    for (size_t i = 0; i < values.size(); ++i) {
      const v1::Feature feature = Query::kFeatures[i];
      value_[feature] = values[i];
      contribution_[feature] =
          int64_t{WeightOf(query.wish().weights, feature)} *
          values[i].OrNeutral();
    }
  }

  // The value if the feature is known and has a weight, otherwise -1.
  int32_t Value(v1::Feature feature) const {
    return value_[feature].known() && contribution_[feature] > 0
               ? value_[feature].OrNeutral()
               : -1;
  }

  // Each key at most once. Parameters without a value are left out.
  void Add(v1::Feature feature, v1::ReasonKey key, Parameters parameters) {
    const size_t begin = match_.bytes().size();
    match_.Message(v1::Match::kReasonsFieldNumber, [&] {
      match_.Number(v1::Reason::kKeyFieldNumber, key);
      for (const auto& parameter : parameters) {
        if (!parameter.second.empty()) Write(parameter);
      }
    });
    written_[count_++] = {contribution_[feature], key, begin - first_,
                          match_.bytes().size() - first_};
  }

  // By what they contribute, the greatest first, then by key.
  void Sort() {
    const auto before = [](const Written& a, const Written& b) {
      return a.contribution != b.contribution ? a.contribution > b.contribution
                                              : a.key < b.key;
    };
    const auto end = written_.begin() + static_cast<ptrdiff_t>(count_);
    if (std::is_sorted(written_.begin(), end, before)) return;
    const std::string copy(match_.bytes().substr(first_));
    std::sort(written_.begin(), end, before);
    char* to = match_.MutableBytes() + first_;
    for (size_t i = 0; i < count_; ++i) {
      const size_t size = written_[i].end - written_[i].begin;
      std::memcpy(to, copy.data() + written_[i].begin, size);
      to += size;
    }
  }

 private:
  struct Written {
    int64_t contribution = 0;
    v1::ReasonKey key = v1::REASON_KEY_UNSPECIFIED;
    size_t begin = 0;  // counted from the first reason's
    size_t end = 0;
  };

  void Write(const Parameter& parameter) {
    match_.Message(v1::Reason::kParametersFieldNumber, [&] {
      match_.Text(v1::ReasonParameter::kNameFieldNumber, parameter.first);
      match_.Text(v1::ReasonParameter::kValueFieldNumber, parameter.second);
    });
  }

  std::array<FeatureValue, kFeatures + 1> value_;
  std::array<int64_t, kFeatures + 1> contribution_{};
  FieldWriter& match_;
  const size_t first_;
  std::array<Written, v1::ReasonKey_ARRAYSIZE> written_;
  size_t count_ = 0;
};

void AddDistance(const std::optional<NearestAnchor>& nearest,
                 ReasonList& list) {
  if (!nearest || list.Value(v1::FEATURE_DISTANCE) < 0) return;
  const Anchor& anchor = *nearest->anchor;
  if (AnchorFeature(anchor, nearest->distance_m).OrNeutral() < kNearValue) {
    return;
  }
  if (anchor.limit == Anchor::Limit::kMinutes) {
    list.Add(v1::FEATURE_DISTANCE, v1::REASON_KEY_SHORT_COMMUTE,
             {{"anchor", anchor.id},
              {"minutes", std::to_string(nearest->minutes)},
              {"mode", std::string(ModeText(anchor.mode))}});
  } else {
    list.Add(
        v1::FEATURE_DISTANCE, v1::REASON_KEY_NEAR,
        {{"anchor", anchor.id}, {"km", OneDecimalKm(nearest->distance_m)}});
  }
}

void AddFreshness(const Wish& wish, uint32_t fresh, ReasonList& list) {
  if (list.Value(v1::FEATURE_FRESHNESS) < 0) return;
  const int64_t days =
      std::max<int64_t>(wish.evaluation_seconds - fresh, 0) / kSecondsPerDay;
  if (days > kFreshDays) return;
  list.Add(v1::FEATURE_FRESHNESS, v1::REASON_KEY_FRESH,
           {{"days", std::to_string(days)}});
}

void AddDay(int32_t least, int32_t day, ReasonList& list) {
  if (list.Value(v1::FEATURE_DATES) < least) return;
  list.Add(v1::FEATURE_DATES, v1::REASON_KEY_DATE_FIT,
           {{"date", DayText(day)}});
}

// One more of a list with commas.
void AddTerm(absl::string_view term, std::string& list) {
  if (!list.empty()) list += ", ";
  list.append(term.data(), term.size());
}

void AddOccupation(const JobQuery& query, const JobQuery::Row& at,
                   size_t seeker, ReasonList& list) {
  const int32_t value = list.Value(v1::FEATURE_OCCUPATION);
  if (value <= 0) return;
  const JobQuery::BestCode best = query.BestCodeOf(at, seeker);
  if (value == kOne) {
    // By ESCO alone there may be no code to show.
    list.Add(v1::FEATURE_OCCUPATION, v1::REASON_KEY_OCCUPATION_SAME,
             {{"kldb", best.offered.Text()}});
    return;
  }
  list.Add(v1::FEATURE_OCCUPATION, v1::REASON_KEY_OCCUPATION_NEAR,
           {{"kldb", best.offered.Text()},
            {"digits", std::to_string(best.common_digits)}});
}

void AddSkills(const JobQuery& query, const JobQuery::Row& at, size_t seeker,
               ReasonList& list) {
  if (list.Value(v1::FEATURE_SKILLS) <= 0) return;
  const absl::Span<const uint32_t> asked = at.columns.Skills(at.row);
  std::vector<const JobQuery::HeldSkill*> shared;
  for (const uint32_t packed : asked) {
    const uint32_t term = AskedSkill::Unpacked(packed).term;
    if (query.bound(seeker).holds[term] == 0) continue;
    const auto& held = query.HeldSkills(seeker);
    shared.push_back(&*std::find_if(
        held.begin(), held.end(),
        [term](const JobQuery::HeldSkill& one) { return one.term == term; }));
  }
  // Rarity, the greatest first; then by the folded name, which is the same
  // however an adult writes it.
  const auto& rarity = query.view().rarity;
  const size_t named = std::min(shared.size(), kMostTerms);
  std::partial_sort(
      shared.begin(), shared.begin() + static_cast<ptrdiff_t>(named),
      shared.end(),
      [&](const JobQuery::HeldSkill* a, const JobQuery::HeldSkill* b) {
        const int difference = int{rarity[b->term]} - int{rarity[a->term]};
        return difference != 0 ? difference < 0
                               : std::tie(a->folded, *a->name) <
                                     std::tie(b->folded, *b->name);
      });
  std::string rarest;
  for (size_t i = 0; i < named; ++i) AddTerm(*shared[i]->name, rarest);
  list.Add(v1::FEATURE_SKILLS, v1::REASON_KEY_SKILLS_SHARED,
           {{"shared", std::to_string(shared.size())},
            {"asked", std::to_string(asked.size())},
            {"skills", std::move(rarest)}});
}

void AddHoursAndSalary(const JobQuery& query, const JobQuery::Row& at,
                       size_t seeker, ReasonList& list) {
  const JobColumns& jobs = at.columns;
  if (list.Value(v1::FEATURE_HOURS) >= kHalf) {
    const int32_t fewest = jobs.record(at.row).fewest_minutes;
    const int32_t most = jobs.record(at.row).most_minutes;
    list.Add(v1::FEATURE_HOURS, v1::REASON_KEY_HOURS_FIT,
             {{"minimum", HoursText({fewest, fewest})},
              {"maximum", HoursText({most, most})}});
  }
  const Pay& floor = query.wish().seekers[seeker].floor;
  if (list.Value(v1::FEATURE_SALARY) >= 0 &&
      jobs.record(at.row).hourly_cents >= floor.Hourly()) {
    list.Add(
        v1::FEATURE_SALARY, v1::REASON_KEY_SALARY_FIT,
        {{"hourly_cents", std::to_string(jobs.record(at.row).hourly_cents)}});
  }
}

void AddPrice(const HomeQuery& query, const HomeQuery::Row& at,
              ReasonList& list) {
  if (list.Value(v1::FEATURE_PRICE) < 0) return;
  const uint8_t tenure = at.columns.tenure[at.row];
  const int64_t budget = query.Budget(tenure).value_or(-1);
  const int64_t amount = at.columns.amount_cents[at.row];
  if (amount > budget) return;
  const bool rented = IsRented(tenure);
  list.Add(v1::FEATURE_PRICE,
           rented ? v1::REASON_KEY_RENT_FIT : v1::REASON_KEY_PRICE_FIT,
           {{rented ? "rent_cents" : "price_cents", std::to_string(amount)},
            {"budget_cents", std::to_string(budget)}});
}

void AddSpace(const HomeQuery::Row& at, ReasonList& list) {
  if (list.Value(v1::FEATURE_SPACE) < kEnoughRooms) return;
  const int32_t rooms = at.columns.room_halves[at.row];
  const int32_t area = at.columns.area_centi_sqm[at.row];
  list.Add(v1::FEATURE_SPACE, v1::REASON_KEY_SPACE_FIT,
           {{"rooms", rooms > 0 ? HalvesText(rooms) : ""},
            {"living_area_sqm", area > 0 ? KmText(area * 10) : ""}});
}

void AddEquipment(const HomeQuery& query, const HomeQuery::Row& at,
                  ReasonList& list) {
  if (list.Value(v1::FEATURE_EQUIPMENT) <= 0) return;
  const HomeWish& asked = query.wish().home;
  const uint32_t there = asked.equipment & at.columns.has_equipment[at.row];
  constexpr size_t kPrefix = sizeof("EQUIPMENT_") - 1;
  std::string names;
  for (int i = 1; i < profiles::v1::Equipment_ARRAYSIZE; ++i) {
    if ((there >> i & 1U) == 0) continue;
    const std::string& name =
        profiles::v1::Equipment_Name(static_cast<profiles::v1::Equipment>(i));
    AddTerm("", names);
    for (size_t at = kPrefix; at < name.size(); ++at) {
      names.push_back(
          absl::ascii_tolower(static_cast<unsigned char>(name[at])));
    }
  }
  if (asked.broadband_mbps &&
      at.columns.broadband_mbps[at.row] >= *asked.broadband_mbps) {
    AddTerm("broadband", names);
  }
  list.Add(v1::FEATURE_EQUIPMENT, v1::REASON_KEY_EQUIPMENT,
           {{"equipment", std::move(names)}});
}

void AddPeople(const ContactQuery& query, const ContactQuery::Row& at,
               ReasonList& list) {
  if (list.Value(v1::FEATURE_PEOPLE) <= 0) return;
  // Biography first: it counts more.
  std::string terms;
  size_t listed = 0;
  const auto add = [&](const std::vector<ContactQuery::NamedTerm>& named,
                       absl::Span<const uint32_t> offered,
                       const std::vector<std::string>& written) {
    for (const ContactQuery::NamedTerm& own : named) {
      if (listed < kMostTerms &&
          std::binary_search(offered.begin(), offered.end(), own.term)) {
        AddTerm(written[own.index], terms);
        ++listed;
      }
    }
  };
  const ContactWish& asked = query.wish().contact;
  add(query.hooks(), at.columns.Hooks(at.row), asked.hooks);
  add(query.interests(), at.columns.Topics(at.row), asked.interests);
  list.Add(v1::FEATURE_PEOPLE, v1::REASON_KEY_PEOPLE_SHARED,
           {{"terms", std::move(terms)}});
}

}  // namespace

std::string OneDecimalKm(int32_t meters) {
  const int32_t tenths = (meters + 50) / 100;
  return absl::StrCat(tenths / 10, ".", tenths % 10);
}

absl::string_view ModeText(places::CommuteMode mode) {
  switch (mode) {
    case places::CommuteMode::kTransit:
      return "transit";
    case places::CommuteMode::kBicycle:
      return "bicycle";
    case places::CommuteMode::kWalk:
      return "walk";
    case places::CommuteMode::kCar:
      break;
  }
  return "car";
}

void WriteReasons(const JobQuery& query, const JobQuery::Row& at, size_t seeker,
                  const JobQuery::Values& values,
                  const std::optional<NearestAnchor>& nearest,
                  FieldWriter& match) {
  const Wish& wish = query.wish();
  const JobColumns& jobs = at.columns;
  ReasonList list(query, values, match);
  AddOccupation(query, at, seeker, list);
  AddSkills(query, at, seeker, list);
  AddHoursAndSalary(query, at, seeker, list);
  AddDistance(nearest, list);
  const int32_t remote_percent = jobs.record(at.row).remote_percent;
  if (wish.seekers[seeker].remote_welcome && remote_percent > 0 &&
      list.Value(v1::FEATURE_DISTANCE) >= 0) {
    list.Add(v1::FEATURE_DISTANCE, v1::REASON_KEY_REMOTE,
             {{"percent", std::to_string(remote_percent)}});
  }
  AddDay(kOne, jobs.record(at.row).start_day, list);
  AddFreshness(wish, jobs.common.fresh[at.row], list);
  list.Sort();
}

void WriteReasons(const HomeQuery& query, const HomeQuery::Row& at,
                  size_t /*seeker*/, const HomeQuery::Values& values,
                  const std::optional<NearestAnchor>& nearest,
                  FieldWriter& match) {
  const HomeColumns& homes = at.columns;
  ReasonList list(query, values, match);
  AddDistance(nearest, list);
  AddDay(kOne, homes.available_day[at.row], list);
  AddPrice(query, at, list);
  AddSpace(at, list);
  AddEquipment(query, at, list);
  AddFreshness(query.wish(), homes.common.fresh[at.row], list);
  list.Sort();
}

void WriteReasons(const ContactQuery& query, const ContactQuery::Row& at,
                  size_t /*seeker*/, const ContactQuery::Values& values,
                  const std::optional<NearestAnchor>& nearest,
                  FieldWriter& match) {
  const ContactColumns& contacts = at.columns;
  ReasonList list(query, values, match);
  AddDistance(nearest, list);
  AddDay(kHalf, static_cast<int32_t>(contacts.start[at.row] / kSecondsPerDay),
         list);
  AddPeople(query, at, list);
  AddFreshness(query.wish(), contacts.common.fresh[at.row], list);
  list.Sort();
}

}  // namespace heimweg::matching
