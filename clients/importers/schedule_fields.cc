#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/importers/contact_fields.h"
#include "clients/importers/job_fields.h"

namespace heimweg::importers {
namespace {

constexpr int kMostSteps = 20'000;
constexpr size_t kLongestRule = 200;
constexpr absl::string_view kRuleField = "schedule.recurrence_rule";

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const {
    icalrecur_iterator_free(iterator);
  }
};

icaltimetype IcalTime(absl::CivilSecond civil) {
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(civil.year());
  time.month = civil.month();
  time.day = civil.day();
  time.hour = civil.hour();
  time.minute = civil.minute();
  time.second = civil.second();
  return time;
}

absl::CivilSecond Civil(const icaltimetype& time) {
  return absl::CivilSecond(time.year, time.month, time.day, time.hour,
                           time.minute, time.second);
}

// Rules that end within the steps allowed, whatever they say: an hourly rule in
// a month that does not exist would be looked for until the year 2582.
bool IsCountable(const icalrecurrencetype& rule) {
  const bool daily_at_most = rule.freq == ICAL_DAILY_RECURRENCE ||
                             rule.freq == ICAL_WEEKLY_RECURRENCE ||
                             rule.freq == ICAL_MONTHLY_RECURRENCE ||
                             rule.freq == ICAL_YEARLY_RECURRENCE;
  return daily_at_most && rule.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX &&
         rule.by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
         rule.by_second[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

// The rule without the occurrences that are behind: COUNT counts from the start
// that is stored.
std::string RuleFrom(absl::string_view rule, int passed) {
  std::vector<std::string> parts;
  for (const absl::string_view part :
       absl::StrSplit(rule, ';', absl::SkipEmpty())) {
    int count = 0;
    if (absl::StartsWith(part, "COUNT=") &&
        absl::SimpleAtoi(part.substr(6), &count)) {
      parts.push_back(absl::StrCat("COUNT=", count - passed));
    } else {
      parts.emplace_back(part);
    }
  }
  return absl::StrJoin(parts, ";");
}

void Store(absl::Time start, const Occasion& occasion, const std::string& rule,
           Draft& draft) {
  contacts::v1::EventSchedule& schedule = *draft.contact().mutable_schedule();
  *schedule.mutable_start_time() = StampOf(start);
  const absl::Duration length = occasion.length.value_or(absl::ZeroDuration());
  if (occasion.length.has_value()) {
    *schedule.mutable_end_time() = StampOf(start + length);
  }
  schedule.set_recurrence_rule(rule);
  if (!rule.empty()) return;
  // Once: there is nothing to show after it.
  *draft.contact().mutable_validity()->mutable_end_time() =
      StampOf(start + std::max(length, absl::Minutes(1)));
}

// Occurrences from the first that has not ended; false: there is none.
bool StoreNext(const Occasion& occasion, const std::string& text,
               const icalrecurrencetype& rule, absl::Time now, Draft& draft) {
  const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(
      icalrecur_iterator_new(rule, IcalTime(occasion.start)));
  if (iterator == nullptr) {
    draft.Wrong(kRuleField, "expected a rule of RFC 5545");
    return true;
  }
  for (int passed = 0; passed < kMostSteps; ++passed) {
    const icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next)) return false;
    const absl::Time start = absl::FromCivil(Civil(next), occasion.zone);
    if (start + occasion.length.value_or(absl::ZeroDuration()) < now) continue;
    Store(start, occasion, RuleFrom(text, passed), draft);
    return true;
  }
  draft.Wrong(kRuleField, "expected a rule that comes to today sooner");
  return true;
}

}  // namespace

bool SetSchedule(const Occasion& occasion, absl::Time now, Draft& draft) {
  if (occasion.rule.empty()) {
    const absl::Time start = absl::FromCivil(occasion.start, occasion.zone);
    if (start + occasion.length.value_or(absl::ZeroDuration()) < now) {
      return false;
    }
    Store(start, occasion, "", draft);
    return true;
  }
  const std::string text = absl::AsciiStrToUpper(occasion.rule);
  if (text.size() > kLongestRule) {
    draft.Wrong(kRuleField, "expected at most 200 characters");
    return true;
  }
  const icalrecurrencetype rule = icalrecurrencetype_from_string(text.c_str());
  if (rule.freq == ICAL_NO_RECURRENCE) {
    draft.Wrong(kRuleField, "expected a rule of RFC 5545");
    return true;
  }
  if (!IsCountable(rule)) {
    draft.Wrong(kRuleField,
                "expected FREQ of DAILY, WEEKLY, MONTHLY or YEARLY without "
                "hours, minutes and seconds");
    return true;
  }
  return StoreNext(occasion, text, rule, now, draft);
}

}  // namespace heimweg::importers
