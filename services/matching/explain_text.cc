#include "services/matching/explain_text.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "services/matching/card_text.h"
#include "services/matching/licences.h"
#include "services/matching/nearest.h"

namespace heimweg::matching {
namespace {

std::string TimeText(int64_t seconds) {
  return absl::FormatTime(absl::RFC3339_sec, absl::FromUnixSeconds(seconds),
                          absl::UTCTimeZone());
}

// The names of the values in a set of bits.
template <typename Enum>
std::string SetText(uint32_t set) {
  std::vector<std::string> names;
  for (int value = 1; value < 32; ++value) {
    const auto* named =
        google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(value);
    if ((set >> value & 1U) != 0 && named != nullptr) {
      names.push_back(named->name());
    }
  }
  return absl::StrJoin(names, ", ");
}

std::string Cents(int64_t cents) { return absl::StrCat(cents, " cents"); }

// Joins what is not empty.
std::string Joined(const std::vector<std::string>& parts) {
  std::vector<std::string> said;
  for (const std::string& part : parts) {
    if (!part.empty()) said.push_back(part);
  }
  return absl::StrJoin(said, ", ");
}

std::string LimitText(const Anchor& anchor) {
  const std::string limit = anchor.limit == Anchor::Limit::kRadius
                                ? absl::StrCat(KmText(anchor.radius_m), " km")
                                : absl::StrCat(anchor.minutes, " minutes");
  return absl::StrCat("within ", limit, " of ", anchor.id,
                      anchor.required ? " (required)" : "");
}

AskedAndFound AreaWords(const std::vector<Anchor>& anchors,
                        places::GeoPoint point) {
  std::vector<std::string> asked;
  std::vector<std::string> found;
  for (const Anchor& anchor : anchors) {
    if (anchor.limit == Anchor::Limit::kNone) continue;
    asked.push_back(LimitText(anchor));
    if (!IsKnown(point)) continue;
    const int32_t distance_m = places::DistanceMeters(anchor.point, point);
    const std::string way =
        anchor.limit == Anchor::Limit::kRadius
            ? absl::StrCat(KmText(distance_m), " km")
            : absl::StrCat(places::CommuteMinutes(distance_m, anchor.mode),
                           " minutes");
    found.push_back(absl::StrCat(way, " from ", anchor.id));
  }
  return {absl::StrJoin(asked, ", "), absl::StrJoin(found, ", ")};
}

// `shown_from` as SharedQuery has it.
AskedAndFound StateWords(const Wish& wish, const CommonColumns& common,
                         uint32_t row, uint32_t shown_from) {
  const std::string until =
      common.valid_until[row] == kEndOfTime
          ? ""
          : absl::StrCat(" until ", TimeText(common.valid_until[row]));
  return {
      absl::StrCat("published at ", TimeText(wish.evaluation_seconds)),
      absl::StrCat(type::v1::OfferState_Name(
                       static_cast<type::v1::OfferState>(common.state[row])),
                   " from ", TimeText(common.valid_from[row]), until,
                   shown_from == common.valid_from[row]
                       ? ""
                       : ", repeats an older offer")};
}

template <typename Query>
std::string OrganizationOf(const Query& query, const typename Query::Row& at) {
  const auto& segment = *query.view().segments[at.segment].segment;
  return std::string(segment.cards.At(at.row).organization);
}

// STATE, NETWORK, REGION, AREA and DISMISSED; empty for the others.
template <typename Query>
AskedAndFound SharedWords(const Query& query, const typename Query::Row& at,
                          v1::Constraint constraint) {
  const Wish& wish = query.wish();
  const CommonColumns& common = at.columns.common;
  const absl::string_view name =
      query.view().segments[at.segment].segment->cards.NameAt(at.row);
  switch (constraint) {
    case v1::CONSTRAINT_STATE:
      return StateWords(wish, common, at.row,
                        query.shared().ShownFrom(common, at.row));
    case v1::CONSTRAINT_NETWORK:
      return {absl::StrJoin(wish.networks, ", "), std::string(NetworkOf(name))};
    case v1::CONSTRAINT_REGION: {
      const AgsCode ags = AgsCode::Unpacked(common.ags[at.row]);
      const std::string digits = absl::StrFormat("%08d", ags.digits);
      return {absl::StrJoin(wish.ags_prefixes, ", "),
              digits.substr(0, ags.length)};
    }
    case v1::CONSTRAINT_AREA:
      return AreaWords(wish.anchors, common.point[at.row]);
    case v1::CONSTRAINT_DISMISSED: {
      const auto& names = wish.dismissed;
      const bool dismissed =
          std::find(names.begin(), names.end(), name) != names.end();
      return {names.empty() ? "" : "not dismissed",
              dismissed ? "dismissed" : ""};
    }
    default:
      return {};
  }
}

AskedAndFound DayWords(const Wish& wish, int32_t day) {
  return {wish.latest_day
              ? absl::StrCat("not after ", DayText(*wish.latest_day))
              : "",
          day == kNoDay ? "" : DayText(day)};
}

std::string LevelText(uint32_t level) {
  constexpr size_t kPrefix = sizeof("CEFR_LEVEL_") - 1;
  if (level == 0) return "";
  return absl::StrCat(
      " ", type::v1::CefrLevel_Name(static_cast<type::v1::CefrLevel>(level))
               .substr(kPrefix));
}

AskedAndFound LanguageWords(const JobSeeker& asked, const JobQuery::Row& at) {
  std::vector<std::string> spoken;
  for (const SpokenLanguage& language : asked.languages) {
    spoken.push_back(absl::StrCat(
        language.code, LevelText(static_cast<uint32_t>(language.level))));
  }
  std::vector<std::string> required;
  for (const uint32_t packed : at.columns.Languages(at.row)) {
    const LanguageCode code = LanguageCode::Unpacked(packed);
    const std::string letters = {static_cast<char>('a' + code.letters / 26),
                                 static_cast<char>('a' + code.letters % 26)};
    required.push_back(absl::StrCat(letters, LevelText(code.level)));
  }
  return {spoken.empty() ? "" : absl::StrCat("spoken: ", Joined(spoken)),
          required.empty() ? "" : absl::StrCat("required: ", Joined(required))};
}

AskedAndFound EmploymentWords(const JobSeeker& asked, const JobQuery::Row& at) {
  const uint8_t type = at.columns.record(at.row).employment_type;
  const uint8_t agency = at.columns.record(at.row).temp_agency;
  return {Joined({SetText<jobs::v1::EmploymentType>(asked.employment_types),
                  asked.no_temp_agency ? "no temporary-work agency" : ""}),
          Joined({TypeText(type::v1::OFFER_KIND_JOB, type),
                  agency == type::v1::ANSWER_YES  ? "temporary-work agency"
                  : agency == type::v1::ANSWER_NO ? "no temporary-work agency"
                                                  : ""})};
}

AskedAndFound SalaryWords(const JobSeeker& asked, const JobQuery::Row& at) {
  const int32_t hourly = at.columns.record(at.row).hourly_cents;
  const bool required = asked.floor_required && asked.floor.known();
  return {required ? absl::StrCat("at least ", Cents(asked.floor.Hourly()),
                                  " an hour")
                   : "",
          hourly < 0 ? "" : absl::StrCat(Cents(hourly), " an hour")};
}

std::string HoursWords(WeeklyMinutes weekly) {
  return weekly.most == 0 ? "" : absl::StrCat(HoursText(weekly), " hours");
}

std::string YesOrNo(uint8_t answer) {
  return answer == type::v1::ANSWER_YES  ? "yes"
         : answer == type::v1::ANSWER_NO ? "no"
                                         : "";
}

std::string OccupantsText(int32_t fewest, int32_t most) {
  if (fewest == 0 && most == 0) return "";
  if (most == 0) return absl::StrCat("at least ", fewest, " people");
  return absl::StrCat(fewest, " to ", most, " people");
}

std::string WbsText(type::v1::Answer has_wbs) {
  if (has_wbs == type::v1::ANSWER_UNSPECIFIED) return "";
  return has_wbs == type::v1::ANSWER_YES ? "has a WBS" : "has no WBS";
}

template <typename Number>
std::string AtMost(std::optional<Number> cents) {
  return cents ? absl::StrCat("at most ", Cents(*cents)) : "";
}

AskedAndFound EventWords(const Wish& wish, EventTime event) {
  if (event.start == 0) return {};
  return {absl::StrCat("not ended at ", TimeText(wish.evaluation_seconds)),
          absl::StrCat(TimeText(event.start), " to ", TimeText(event.last),
                       event.recurs ? ", recurring" : "")};
}

AskedAndFound AgeWords(const ContactWish& asked, const ContactQuery::Row& at) {
  const uint8_t type = at.columns.contact_type[at.row];
  const bool childcare = type == contacts::v1::CONTACT_TYPE_CHILDCARE;
  if (!childcare && type != contacts::v1::CONTACT_TYPE_SCHOOL) return {};
  const std::vector<int32_t>& born =
      childcare ? asked.childcare_birth_years : asked.school_birth_years;
  const uint8_t oldest = at.columns.oldest[at.row];
  return {born.empty()
              ? "no child that needs it"
              : absl::StrCat("children born ", absl::StrJoin(born, ", ")),
          absl::StrCat("from ", int{at.columns.youngest[at.row]},
                       oldest == ContactColumns::kNoAgeLimit
                           ? ""
                           : absl::StrCat(" to ", int{oldest}),
                       " years")};
}

}  // namespace

AskedAndFound Words(const JobQuery& query, const JobQuery::Row& at,
                    size_t seeker, v1::Constraint constraint) {
  const JobSeeker& asked = query.wish().seekers[seeker];
  const JobColumns& jobs = at.columns;
  const uint32_t row = at.row;
  switch (constraint) {
    case v1::CONSTRAINT_DATES:
      return DayWords(query.wish(), jobs.record(row).start_day);
    case v1::CONSTRAINT_EMPLOYER:
      // The list says something about people: it is not repeated.
      return {asked.excluded_employers.empty() ? "" : "no excluded employer",
              OrganizationOf(query, at)};
    case v1::CONSTRAINT_EMPLOYMENT:
      return EmploymentWords(asked, at);
    case v1::CONSTRAINT_LANGUAGE:
      return LanguageWords(asked, at);
    case v1::CONSTRAINT_LICENCE:
      return {asked.licences
                  ? absl::StrCat("held: ", LicenceText(*asked.licences))
                  : "",
              LicenceText(jobs.record(row).licences)};
    case v1::CONSTRAINT_SALARY:
      return SalaryWords(asked, at);
    case v1::CONSTRAINT_HOURS:
      return {HoursWords(asked.weekly),
              HoursWords({jobs.record(row).fewest_minutes,
                          jobs.record(row).most_minutes})};
    default:
      return SharedWords(query, at, constraint);
  }
}

AskedAndFound Words(const HomeQuery& query, const HomeQuery::Row& at,
                    size_t /*seeker*/, v1::Constraint constraint) {
  const HomeWish& asked = query.wish().home;
  const HomeColumns& homes = at.columns;
  const uint32_t row = at.row;
  switch (constraint) {
    case v1::CONSTRAINT_DATES:
      return DayWords(query.wish(), homes.available_day[row]);
    case v1::CONSTRAINT_TYPE:
      return {
          Joined({SetText<housing::v1::Tenure>(asked.tenures),
                  SetText<housing::v1::HomeType>(asked.home_types)}),
          Joined({SetText<housing::v1::Tenure>(1U << homes.tenure[row] & ~1U),
                  SetText<housing::v1::HomeType>(1U << homes.home_type[row] &
                                                 ~1U)})};
    case v1::CONSTRAINT_BUDGET:
      return {
          AtMost(query.Budget(homes.tenure[row])),
          homes.amount_cents[row] < 0 ? "" : Cents(homes.amount_cents[row])};
    case v1::CONSTRAINT_ROOMS:
      return {asked.min_room_halves
                  ? absl::StrCat("at least ",
                                 HalvesText(*asked.min_room_halves), " rooms")
                  : "",
              homes.room_halves[row] == 0
                  ? ""
                  : absl::StrCat(HalvesText(homes.room_halves[row]), " rooms")};
    case v1::CONSTRAINT_OCCUPANTS:
      return {
          asked.people == 0 ? "" : absl::StrCat(asked.people, " people"),
          OccupantsText(homes.min_occupants[row], homes.max_occupants[row])};
    case v1::CONSTRAINT_PETS:
      return {asked.pets ? "pets" : "", YesOrNo(homes.pets_allowed[row])};
    case v1::CONSTRAINT_ACCESSIBILITY:
      return {SetText<housing::v1::Accessibility>(asked.accessibility),
              SetText<housing::v1::Accessibility>(homes.accessibility[row])};
    case v1::CONSTRAINT_WBS:
      return {WbsText(asked.has_wbs), YesOrNo(homes.wbs_required[row])};
    case v1::CONSTRAINT_LANDLORD:
      return {asked.excluded_landlords.empty() ? "" : "no excluded landlord",
              OrganizationOf(query, at)};
    default:
      return SharedWords(query, at, constraint);
  }
}

AskedAndFound Words(const ContactQuery& query, const ContactQuery::Row& at,
                    size_t /*seeker*/, v1::Constraint constraint) {
  const ContactWish& asked = query.wish().contact;
  const ContactColumns& contacts = at.columns;
  switch (constraint) {
    case v1::CONSTRAINT_DATES:
      return EventWords(query.wish(), ContactQuery::Event(at));
    case v1::CONSTRAINT_TYPE:
      return {SetText<contacts::v1::ContactType>(asked.types),
              TypeText(type::v1::OFFER_KIND_CONTACT,
                       contacts.contact_type[at.row])};
    case v1::CONSTRAINT_ACCESSIBILITY:
      return {asked.step_free ? "step-free" : "",
              YesOrNo(contacts.step_free[at.row])};
    case v1::CONSTRAINT_AGES:
      return AgeWords(asked, at);
    default:
      return SharedWords(query, at, constraint);
  }
}

}  // namespace heimweg::matching
