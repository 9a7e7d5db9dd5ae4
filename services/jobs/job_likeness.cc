// When two jobs are likely one (JobKind::BlocksOf, JobKind::Likeness).
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/jobs/job_kind.h"
#include "services/offers/likeness.h"

namespace heimweg::jobs {
namespace {

using offers::kNeverOne;
using v1::Job;

// The employer's name without what says its legal form, folded and sorted:
// "Tischlerei Wendler & Söhne GmbH" -> "sohne tischlerei wendler".
std::string EmployerKey(const Job& job) {
  static const auto* forms =
      new std::set<std::string>{"ag",    "co",      "ek",
                                "ev",    "eg",      "gbr",
                                "ggmbh", "gmbh",    "haftungsbeschrankt",
                                "inh",   "inhaber", "kg",
                                "kgaa",  "mbb",     "mbh",
                                "ohg",   "partg",   "se",
                                "ug",    "und"};
  std::vector<std::string> kept;
  for (std::string& word : offers::FoldedWords(job.employer().display_name())) {
    if (!forms->contains(word)) kept.push_back(std::move(word));
  }
  return absl::StrJoin(kept, " ");
}

// The longest word of what the title says of the work.
std::string TitleKey(const Job& job) {
  const std::vector<std::string> stems = offers::TitleStems(job.title());
  const auto longest =
      std::max_element(stems.begin(), stems.end(),
                       [](const std::string& a, const std::string& b) {
                         return a.size() < b.size();
                       });
  return longest == stems.end() ? "" : *longest;
}

template <typename Value>
int Compare(Value a, Value b, Value unknown, int same, int different) {
  if (a == unknown || b == unknown) return 0;
  return a == b ? same : different;
}

int TitlePoints(const Job& a, const Job& b) {
  const int percent = offers::CommonPercent(offers::TitleStems(a.title()),
                                            offers::TitleStems(b.title()));
  if (percent == 100) return 8;
  return percent >= 65 ? 4 : kNeverOne;
}

int HoursPoints(const Job& a, const Job& b) {
  if (!a.has_weekly_hours() || !b.has_weekly_hours()) return 0;
  const auto most = [](const Job& job) {
    return std::max(job.weekly_hours().minimum(), job.weekly_hours().maximum());
  };
  const double least_a = a.weekly_hours().minimum();
  const double least_b = b.weekly_hours().minimum();
  if (least_a > most(b) || least_b > most(a)) return kNeverOne;
  return least_a == least_b && most(a) == most(b) ? 2 : 0;
}

int SalaryPoints(const Job& a, const Job& b) {
  if (!a.salary().has_minimum_cents() || !b.salary().has_minimum_cents() ||
      a.salary().period() != b.salary().period()) {
    return 0;
  }
  const auto most = [](const Job& job) {
    return std::max(job.salary().minimum_cents(), job.salary().maximum_cents());
  };
  const int64_t least_a = a.salary().minimum_cents();
  const int64_t least_b = b.salary().minimum_cents();
  if (least_a > most(b) || least_b > most(a)) return kNeverOne;
  return least_a == least_b && most(a) == most(b) ? 3 : 0;
}

int StartPoints(const Job& a, const Job& b) {
  if (!a.has_start_date() || !b.has_start_date()) return 0;
  const auto& one = a.start_date();
  const auto& other = b.start_date();
  if (one.SerializeAsString() == other.SerializeAsString()) return 2;
  const int months =
      12 * (one.year() - other.year()) + one.month() - other.month();
  return std::abs(months) >= 2 ? -3 : 0;
}

int OccupationPoints(const Job& a, const Job& b) {
  if (a.occupations().empty() || b.occupations().empty()) return 0;
  // What was inferred from a title says no more than the title.
  if (a.occupations(0).inferred() || b.occupations(0).inferred()) return 0;
  constexpr size_t kGroupDigits = 3;
  const std::string& one = a.occupations(0).kldb_code();
  const std::string& other = b.occupations(0).kldb_code();
  if (one.size() < kGroupDigits || other.size() < kGroupDigits) return 0;
  if (one == other) return 1;
  return one.compare(0, kGroupDigits, other, 0, kGroupDigits) == 0 ? 0 : -4;
}

int OtherPoints(const Job& a, const Job& b) {
  constexpr auto kUnknown = type::v1::ANSWER_UNSPECIFIED;
  return Compare(a.fixed_term(), b.fixed_term(), kUnknown, 1, -4) +
         Compare(a.temp_agency(), b.temp_agency(), kUnknown, 0, -4) +
         Compare(a.shift_work(), b.shift_work(), kUnknown, 0, -2) +
         Compare(a.requirement_level(), b.requirement_level(),
                 type::v1::REQUIREMENT_LEVEL_UNSPECIFIED, 0, -3);
}

}  // namespace

offers::Blocks JobKind::BlocksOf(const Offer& job) {
  const absl::string_view place = offers::PlaceKey(job.place());
  if (place.empty() || job.employer().display_name().empty()) return {};
  const std::string employer = EmployerKey(job);
  const std::string title = TitleKey(job);
  if (employer.empty() || title.empty()) return {};
  return {
      .own = offers::BlockOf(absl::StrCat(place, "|", employer, "|", title)),
      .near = {}};
}

int JobKind::Likeness(const Offer& a, const Offer& b) {
  const offers::Blocks block = BlocksOf(a);
  if (block.own == 0 || block.own != BlocksOf(b).own ||
      Compare(a.employment_type(), b.employment_type(),
              v1::EMPLOYMENT_TYPE_UNSPECIFIED, 0, 1) != 0) {
    return kNeverOne;
  }
  return std::max(
      kNeverOne,
      TitlePoints(a, b) + offers::NumberPoints(a.title(), b.title()) +
          HoursPoints(a, b) + SalaryPoints(a, b) + StartPoints(a, b) +
          OccupationPoints(a, b) + OtherPoints(a, b) +
          offers::PlacePoints(a.place(), b.place()) +
          offers::DescriptionPoints(a.description(), b.description()));
}

}  // namespace heimweg::jobs
