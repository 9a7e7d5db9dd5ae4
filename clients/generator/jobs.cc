// Jobs.
#include <algorithm>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/generator/employers.h"
#include "clients/generator/world.h"

namespace heimweg::generator {
namespace {

using jobs::v1::EmploymentType;
using jobs::v1::Job;

constexpr absl::string_view kTasks[] = {
    "Sie arbeiten in einem kleinen Team und lernen jeden Bereich kennen.",
    "Zu Ihren Aufgaben gehört auch die Abstimmung mit Kunden und Partnern.",
    "Wir suchen jemanden, der mit anpackt und mitdenkt.",
    "Nach einer gründlichen Einarbeitung übernehmen Sie eigene Bereiche.",
    "Sie vertreten sich im Team gegenseitig und planen Ihre Zeit selbst.",
    "Sie halten Termine im Blick und dokumentieren Ihre Arbeit.",
    "Quereinsteiger sind willkommen; wir schulen im Betrieb."};
constexpr absl::string_view kBenefits[] = {
    "30 Tage Urlaub, dazu frei am 24. und 31. Dezember.",
    "Wir helfen bei der Suche nach Wohnung und Kita-Platz.",
    "Ein Parkplatz steht vor der Tür, der Bahnhof ist nah.",
    "Wir zahlen einen Zuschuss zur Altersvorsorge und ein Dienstrad.",
    "Gleitzeit und Zeitkonto; Überstunden werden ausgeglichen.",
    "Für Rückkehrende übernehmen wir die Kosten des Umzugs."};

EmploymentType DrawEmploymentType(int level, Random& random) {
  const int64_t drawn = random.Below(100);
  if (drawn < 4) return jobs::v1::EMPLOYMENT_TYPE_UNSPECIFIED;
  if (drawn < 12 && level <= 2) {
    return jobs::v1::EMPLOYMENT_TYPE_APPRENTICESHIP;
  }
  if (drawn < 15) return jobs::v1::EMPLOYMENT_TYPE_INTERNSHIP;
  if (drawn < 17) return jobs::v1::EMPLOYMENT_TYPE_SELF_EMPLOYED;
  if (drawn < 21 && level <= 2) return jobs::v1::EMPLOYMENT_TYPE_MARGINAL;
  return jobs::v1::EMPLOYMENT_TYPE_EMPLOYEE;
}

void FillHours(Random& random, Job& job) {
  if (job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_MARGINAL) {
    job.mutable_weekly_hours()->set_minimum(6);
    job.mutable_weekly_hours()->set_maximum(10);
    return;
  }
  const int64_t drawn = random.Below(100);
  if (drawn < 15) return;  // not said
  if (drawn < 60) {        // full time
    const int64_t halves = random.Between(74, 80);
    job.mutable_weekly_hours()->set_minimum(static_cast<double>(halves) / 2);
    return;
  }
  // Part time, or both are welcome.
  const int64_t least = random.Between(15, 30);
  const int64_t most = drawn < 80 ? least + random.Below(8) : 40;
  job.mutable_weekly_hours()->set_minimum(static_cast<double>(least));
  job.mutable_weekly_hours()->set_maximum(static_cast<double>(most));
}

// Euros a month for full-time work, before region and luck.
int64_t UsualMonth(const Job& job, int level, absl::string_view main_group) {
  constexpr int64_t kByLevel[] = {2650, 3250, 4250, 5600};
  if (job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_APPRENTICESHIP) {
    return 1200;
  }
  if (job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_INTERNSHIP) {
    return 1500;
  }
  const uint64_t trade = Scatter(main_group[0] * 31u + main_group[1]) % 25;
  return kByLevel[level - 1] * static_cast<int64_t>(90 + trade) / 100;
}

void FillSalary(int64_t month_eur, Random& random, Job& job) {
  constexpr int64_t kMinimumWageHourCents = 1460;
  const int64_t luck = random.Between(92, 115);
  const int64_t range = random.Between(100, 125);
  const int64_t form = random.Below(100);
  if (form < 20) return;  // not said
  const int64_t month_cents = month_eur * luck;
  jobs::v1::Salary& salary = *job.mutable_salary();
  int64_t least = month_cents / 5'000 * 5'000;
  salary.set_period(jobs::v1::SALARY_PERIOD_MONTH);
  if (form < 40) {
    salary.set_period(jobs::v1::SALARY_PERIOD_YEAR);
    least = month_cents * 12 / 100'000 * 100'000;
  } else if (form < 52 ||
             job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_MARGINAL) {
    salary.set_period(jobs::v1::SALARY_PERIOD_HOUR);
    least = std::max(kMinimumWageHourCents, month_cents / 169 / 10 * 10);
  }
  salary.set_minimum_cents(least);
  if (form % 4 != 0) salary.set_maximum_cents(least * range / 100);
}

void FillSkills(const Setting& setting, const DrawnOccupation& occupation,
                Random& random, Job& job) {
  const int64_t few = random.Below(7);
  const int64_t more = random.Below(7);
  for (std::string& skill : setting.world.skills.Draw(
           occupation.group, static_cast<int>(1 + few + more), random)) {
    *(random.Percent(60) ? job.add_required_skills()
                         : job.add_optional_skills()) = std::move(skill);
  }
  for (const absl::string_view soft : Skills::DrawSoft(random)) {
    job.add_required_skills(std::string(soft));
  }
}

void FillOccupations(const Setting& setting, const DrawnOccupation& occupation,
                     Random& random, Job& job) {
  type::v1::Occupation& first = *job.add_occupations();
  first.set_kldb_code(std::string(occupation.code()));
  first.set_title(occupation.title);
  if (random.Percent(15)) {
    const DrawnOccupation& other =
        setting.world.occupations.Neighbour(occupation, random);
    job.add_occupations()->set_kldb_code(std::string(other.code()));
  }
  if (random.Percent(30)) {
    job.set_requirement_level(
        static_cast<type::v1::RequirementLevel>(occupation.level()));
  }
}

// Work that can be done elsewhere: informatics, offices, media.
bool IsDesk(absl::string_view main_group) {
  constexpr absl::string_view kDesks[] = {"27", "31", "41", "43", "61", "71",
                                          "72", "73", "91", "92", "93"};
  return std::find(std::begin(kDesks), std::end(kDesks), main_group) !=
         std::end(kDesks);
}

void FillRemote(bool desk, Random& random, Job& job) {
  const int64_t drawn = random.Below(100);
  const int64_t share = 10 * random.Between(2, 8);
  if (drawn < 25) return;  // not said
  if (!desk || drawn >= 80) {
    job.set_remote_percent(0);
  } else {
    job.set_remote_percent(drawn < 33 ? 100 : static_cast<int32_t>(share));
  }
}

void AddLanguage(absl::string_view code, type::v1::CefrLevel level, Job& job) {
  type::v1::LanguageSkill& language = *job.add_languages();
  language.set_language_code(std::string(code));
  language.set_level(level);
}

void FillRequirements(const DrawnOccupation& occupation, bool desk,
                      Random& random, Job& job) {
  const int64_t german = random.Below(100);
  if (german < 30) {
    AddLanguage("de",
                german < 5    ? type::v1::CEFR_LEVEL_A2
                : german < 18 ? type::v1::CEFR_LEVEL_B2
                              : type::v1::CEFR_LEVEL_C1,
                job);
  }
  if (random.Percent(desk ? 25 : 3)) {
    AddLanguage("en", type::v1::CEFR_LEVEL_B2, job);
  }
  if (occupation.main_group() == "52") {
    job.add_driving_licences(random.Percent(60) ? "CE" : "B");
  } else if (random.Percent(18)) {
    job.add_driving_licences("B");
  }
}

void FillConditions(const Setting& setting, Random& random, Job& job) {
  job.set_fixed_term(DrawAnswer(18, 65, random));
  job.set_temp_agency(DrawAnswer(8, 75, random));
  job.set_shift_work(DrawAnswer(28, 52, random));
  job.set_weekend_work(DrawAnswer(25, 55, random));
  const int64_t days = random.Between(14, 600);
  if (random.Percent(80)) {
    *job.mutable_start_date() = DayAfter(setting.options.reference_time, days);
  }
}

std::string Description(const Job& job, const Town& town, Random& random) {
  const absl::string_view task = random.Pick(kTasks);
  const absl::string_view also = random.Pick(kTasks);
  const absl::string_view benefit = random.Pick(kBenefits);
  return absl::StrCat(job.employer().display_name(), " sucht Verstärkung in ",
                      town.name, ". ", task, " ", also == task ? "" : also,
                      "\n\nWir bieten: ", benefit);
}

}  // namespace

void FillJob(const Setting& setting, Random& random, Job& job) {
  const DrawnOccupation& occupation = setting.world.occupations.Draw(random);
  const Town& town = setting.world.towns.Draw(random);
  const bool desk = IsDesk(occupation.main_group());
  *job.mutable_place() =
      Towns::PlaceIn(town, setting.options.as_stored, random);
  *job.mutable_employer() = DrawEmployer(random);
  job.set_title(absl::StrCat(occupation.title, " (m/w/d)"));
  job.set_employment_type(DrawEmploymentType(occupation.level(), random));
  FillOccupations(setting, occupation, random, job);
  FillSkills(setting, occupation, random, job);
  FillHours(random, job);
  const int64_t month_eur =
      UsualMonth(job, occupation.level(), occupation.main_group());
  const int64_t region = (town.in_east() ? 92 : 100) + 2 * town.size_class();
  FillSalary(month_eur * region / 100, random, job);
  FillRemote(desk, random, job);
  FillRequirements(occupation, desk, random, job);
  FillConditions(setting, random, job);
  job.set_description(Description(job, town, random));
}

}  // namespace heimweg::generator
