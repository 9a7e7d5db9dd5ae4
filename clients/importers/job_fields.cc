#include "clients/importers/job_fields.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

using jobs::v1::EmploymentType;

struct EmploymentWord {
  absl::string_view word;  // lower case, letters and digits only
  EmploymentType type;
  type::v1::Answer fixed_term;
  bool full;
  bool part;
};

constexpr auto kNone = jobs::v1::EMPLOYMENT_TYPE_UNSPECIFIED;
constexpr auto kEmployee = jobs::v1::EMPLOYMENT_TYPE_EMPLOYEE;
constexpr auto kTraining = jobs::v1::EMPLOYMENT_TYPE_APPRENTICESHIP;
constexpr auto kIntern = jobs::v1::EMPLOYMENT_TYPE_INTERNSHIP;
constexpr auto kOwn = jobs::v1::EMPLOYMENT_TYPE_SELF_EMPLOYED;
constexpr auto kMarginal = jobs::v1::EMPLOYMENT_TYPE_MARGINAL;
constexpr auto kUnsaid = type::v1::ANSWER_UNSPECIFIED;

constexpr std::array<EmploymentWord, 40> kWords = {{
    {"fulltime", kNone, kUnsaid, true, false},
    {"vollzeit", kNone, kUnsaid, true, false},
    {"vz", kNone, kUnsaid, true, false},
    {"parttime", kNone, kUnsaid, false, true},
    {"teilzeit", kNone, kUnsaid, false, true},
    {"tz", kNone, kUnsaid, false, true},
    {"fullorparttime", kNone, kUnsaid, true, true},
    {"vollzeitteilzeit", kNone, kUnsaid, true, true},
    {"vollundteilzeit", kNone, kUnsaid, true, true},
    {"contractor", kOwn, kUnsaid, false, false},
    {"contract", kOwn, kUnsaid, false, false},
    {"freelance", kOwn, kUnsaid, false, false},
    {"freelancer", kOwn, kUnsaid, false, false},
    {"selbstaendigkeit", kOwn, kUnsaid, false, false},
    {"permanent", kEmployee, type::v1::ANSWER_NO, false, false},
    {"unbefristet", kEmployee, type::v1::ANSWER_NO, false, false},
    {"festanstellung", kEmployee, kUnsaid, false, false},
    {"arbeit", kEmployee, kUnsaid, false, false},
    {"temporary", kEmployee, type::v1::ANSWER_YES, false, false},
    {"befristet", kEmployee, type::v1::ANSWER_YES, false, false},
    {"fixedterm", kEmployee, type::v1::ANSWER_YES, false, false},
    {"intern", kIntern, kUnsaid, false, false},
    {"internship", kIntern, kUnsaid, false, false},
    {"praktikum", kIntern, kUnsaid, false, false},
    {"trainee", kIntern, kUnsaid, false, false},
    {"praktikumtrainee", kIntern, kUnsaid, false, false},
    {"apprenticeship", kTraining, kUnsaid, false, false},
    {"apprentice", kTraining, kUnsaid, false, false},
    {"ausbildung", kTraining, kUnsaid, false, false},
    {"azubi", kTraining, kUnsaid, false, false},
    {"dualesstudium", kTraining, kUnsaid, false, false},
    {"minijob", kMarginal, kUnsaid, false, false},
    {"mj", kMarginal, kUnsaid, false, false},
    {"marginal", kMarginal, kUnsaid, false, false},
    {"geringfuegig", kMarginal, kUnsaid, false, false},
    {"workingstudent", kEmployee, kUnsaid, false, true},
    {"werkstudent", kEmployee, kUnsaid, false, true},
    {"other", kNone, kUnsaid, false, false},
    {"sonstige", kNone, kUnsaid, false, false},
    {"keineangabe", kNone, kUnsaid, false, false},
}};

std::string Letters(absl::string_view text) {
  std::string letters;
  for (const char c : absl::AsciiStrToLower(text)) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
        static_cast<unsigned char>(c) >= 0x80) {
      letters += c;
    }
  }
  return absl::StrReplaceAll(
      letters,
      {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ü", "ue"}});
}

}  // namespace

void AddEmploymentWord(absl::string_view word, WorkingTime& time,
                       Draft& draft) {
  std::string letters = Letters(word);
  // schema.org also has them as URIs: "https://schema.org/FULL_TIME".
  for (const absl::string_view uri : {"httpsschemaorg", "httpschemaorg"}) {
    if (absl::StartsWith(letters, uri)) letters.erase(0, uri.size());
  }
  if (letters.empty()) return;
  for (const EmploymentWord& known : kWords) {
    if (letters != known.word) continue;
    time.full |= known.full;
    time.part |= known.part;
    // A special type says more than "employee".
    if (known.type != kNone && (draft.job().employment_type() == kNone ||
                                draft.job().employment_type() == kEmployee)) {
      draft.job().set_employment_type(known.type);
    }
    if (known.fixed_term != kUnsaid) {
      draft.job().set_fixed_term(known.fixed_term);
    }
    return;
  }
  draft.Unknown("employment-type", word, "employment_type");
}

void SetHours(const WorkingTime& time, Draft& draft) {
  if (draft.job().has_weekly_hours() || (!time.full && !time.part)) return;
  draft.job().mutable_weekly_hours()->set_minimum(time.part ? 10 : 35);
  draft.job().mutable_weekly_hours()->set_maximum(time.full ? 40 : 34);
  draft.Repaired("hours-assumed", "weekly_hours");
}

void SetPartlyRemote(Draft& draft) {
  draft.job().set_remote_percent(40);
  draft.Repaired("remote-share-assumed", "remote_percent");
}

bool SetJobPlace(const Address& address, Draft& draft) {
  type::v1::Place place;
  switch (SetPlace(address, place, draft)) {
    case Where::kAbroad:
      return draft.job().remote_percent() == 100;
    case Where::kUnknown:
      if (draft.job().remote_percent() != 100) {
        draft.Wrong("place",
                    "expected a postcode, a town or coordinates in Germany");
      }
      return true;
    case Where::kGermany:
      *draft.job().mutable_place() = std::move(place);
      return true;
  }
  return true;
}

void AddOccupationTitle(absl::string_view title, Draft& draft) {
  std::string text = draft.Line(200, title, "occupations");
  if (text.empty()) return;
  for (const auto& known : draft.job().occupations()) {
    if (known.title() == text) return;
  }
  if (draft.job().occupations_size() >= 5) {
    return draft.Repaired("list-cut", "occupations");
  }
  draft.job().add_occupations()->set_title(std::move(text));
}

void SetTitle(absl::string_view title, Draft& draft) {
  draft.job().set_title(draft.Line(200, title, "title"));
  if (draft.job().title().empty()) {
    draft.Wrong("title", "expected a title");
  }
}

void AddSkills(absl::string_view list, Draft& draft) {
  for (const absl::string_view skill :
       absl::StrSplit(list, absl::ByAnyChar(",;|\n"))) {
    draft.AddTo(*draft.job().mutable_optional_skills(), 50, skill,
                "optional_skills");
  }
}

std::optional<absl::Time> MomentOf(absl::string_view text,
                                   absl::string_view field, Draft& draft) {
  if (OneLine(text).empty()) return std::nullopt;
  const auto moment = ParseMoment(text, Berlin());
  if (!moment.has_value()) draft.Unknown("time", text, field);
  return moment;
}

std::optional<absl::Time> EndOf(absl::string_view text, absl::string_view field,
                                Draft& draft) {
  const auto date = ParseDate(text);
  if (OneLine(text).size() <= 10 && date.has_value()) {
    return absl::FromCivil(
        absl::CivilDay(date->year(), date->month(), date->day()) + 1, Berlin());
  }
  return MomentOf(text, field, draft);
}

google::protobuf::Timestamp StampOf(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return stamp;
}

void SetStartDate(absl::string_view text, Draft& draft) {
  const std::string line = absl::AsciiStrToLower(OneLine(text));
  if (line.empty() || absl::StrContains(line, "sofort") ||
      line == "immediately" || line == "asap") {
    return;
  }
  const auto date = ParseDate(text);
  if (!date.has_value()) return draft.Unknown("date", text, "start_date");
  *draft.job().mutable_start_date() = *date;
}

}  // namespace heimweg::importers
