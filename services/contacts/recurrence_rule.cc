#include "services/contacts/recurrence_rule.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace heimweg::contacts {
namespace {

constexpr std::array<absl::string_view, 14> kNames = {
    "FREQ",  "UNTIL",    "COUNT",     "INTERVAL", "BYSECOND",
    "BYDAY", "BYMINUTE", "BYHOUR",    "BYMONTH",  "BYMONTHDAY",
    "WKST",  "BYSETPOS", "BYYEARDAY", "BYWEEKNO"};

constexpr std::array<absl::string_view, 7> kFrequencies = {
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

template <typename List>
bool Has(const List& list, absl::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool IsValue(absl::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == ',' ||
           c == '+' || c == '-';
  });
}

}  // namespace

bool IsRecurrenceRule(absl::string_view rule) {
  std::set<std::string> names;
  for (const absl::string_view part : absl::StrSplit(rule, ';')) {
    const std::pair<absl::string_view, absl::string_view> named =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (!Has(kNames, named.first) || !IsValue(named.second) ||
        !names.emplace(named.first).second ||
        (named.first == "FREQ" && !Has(kFrequencies, named.second))) {
      return false;
    }
  }
  return names.contains("FREQ") &&
         !(names.contains("COUNT") && names.contains("UNTIL"));
}

}  // namespace heimweg::contacts
