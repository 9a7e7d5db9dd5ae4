#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "clients/importers/field_text.h"
#include "clients/importers/job_fields.h"

namespace heimweg::importers {
namespace {

constexpr double kMostCents = 100'000'000;

enum class Unit { kUnsaid, kHour, kDay, kWeek, kMonth, kYear };

struct UnitWord {
  absl::string_view word;
  Unit unit;
};

// Parts of words in lower case, looked for in this order.
constexpr std::array<UnitWord, 22> kUnits = {{
    {"stunde", Unit::kHour}, {"hour", Unit::kHour},
    {"std", Unit::kHour},    {"/h", Unit::kHour},
    {"per h", Unit::kHour},  {"monat", Unit::kMonth},
    {"month", Unit::kMonth}, {"/mon", Unit::kMonth},
    {"mtl", Unit::kMonth},   {"p.m.", Unit::kMonth},
    {"jahr", Unit::kYear},   {"jährlich", Unit::kYear},
    {"year", Unit::kYear},   {"annual", Unit::kYear},
    {"annum", Unit::kYear},  {"p.a.", Unit::kYear},
    {"p. a.", Unit::kYear},  {"woche", Unit::kWeek},
    {"week", Unit::kWeek},   {"wöchentlich", Unit::kWeek},
    {"tag", Unit::kDay},     {"day", Unit::kDay},
}};

// Codes of UN/CEFACT, which schema.org allows as well.
constexpr std::array<UnitWord, 6> kCodes = {{{"hur", Unit::kHour},
                                             {"mon", Unit::kMonth},
                                             {"ann", Unit::kYear},
                                             {"wee", Unit::kWeek},
                                             {"day", Unit::kDay},
                                             {"h", Unit::kHour}}};

Unit UnitOf(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(OneLine(text));
  for (const UnitWord& code : kCodes) {
    if (lower == code.word) return code.unit;
  }
  for (const UnitWord& known : kUnits) {
    if (absl::StrContains(lower, known.word)) return known.unit;
  }
  return Unit::kUnsaid;
}

bool IsEuro(absl::string_view currency) {
  const std::string upper = absl::AsciiStrToUpper(OneLine(currency));
  return upper.empty() || upper == "EUR" || upper == "EURO" || upper == "€" ||
         upper == "&EURO;";
}

std::optional<int64_t> CentsOf(std::optional<double> amount, Unit unit,
                               Draft& draft) {
  if (!amount.has_value() || *amount == 0) return std::nullopt;
  double cents = *amount * 100;
  if (unit == Unit::kWeek) cents = cents * 52 / 12;
  if (!(cents >= 1) || cents > kMostCents) {
    draft.Repaired("salary-out-of-range", "salary");
    return std::nullopt;
  }
  return std::llround(cents);
}

jobs::v1::SalaryPeriod PeriodOf(Unit unit) {
  switch (unit) {
    case Unit::kHour:
      return jobs::v1::SALARY_PERIOD_HOUR;
    case Unit::kMonth:
    case Unit::kWeek:
      return jobs::v1::SALARY_PERIOD_MONTH;
    case Unit::kYear:
      return jobs::v1::SALARY_PERIOD_YEAR;
    default:
      return jobs::v1::SALARY_PERIOD_UNSPECIFIED;
  }
}

// Numbers in the text, German signs first; at most three are looked at.
std::vector<double> NumbersIn(absl::string_view text) {
  std::vector<double> numbers;
  for (size_t at = 0; at < text.size() && numbers.size() < 3;) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() &&
           (absl::ascii_isdigit(static_cast<unsigned char>(text[end])) ||
            text[end] == '.' || text[end] == ',' || text[end] == '\'')) {
      ++end;
    }
    absl::string_view number = text.substr(at, end - at);
    while (absl::ConsumeSuffix(&number, ".") ||
           absl::ConsumeSuffix(&number, ",")) {
    }
    const auto value = ParseDecimal(number, ',');
    if (value.has_value()) numbers.push_back(*value);
    at = end;
  }
  return numbers;
}

}  // namespace

void SetSalary(std::optional<double> minimum, std::optional<double> maximum,
               absl::string_view unit_text, absl::string_view currency,
               Draft& draft) {
  const bool said = minimum.value_or(0) != 0 || maximum.value_or(0) != 0;
  if (!said) return;
  if (!IsEuro(currency)) {
    return draft.Unknown("salary-currency", currency, "salary");
  }
  const Unit unit = UnitOf(unit_text);
  if (unit == Unit::kUnsaid || unit == Unit::kDay) {
    return draft.Repaired("salary-without-period", "salary");
  }
  auto low = CentsOf(minimum, unit, draft);
  auto high = CentsOf(maximum, unit, draft);
  if (!low.has_value() && !high.has_value()) return;
  if (low.has_value() && high.has_value() && *low > *high) {
    std::swap(low, high);
    draft.Repaired("salary-swapped", "salary");
  }
  if (unit == Unit::kWeek) draft.Repaired("salary-by-week", "salary");
  jobs::v1::Salary& salary = *draft.job().mutable_salary();
  if (low.has_value()) salary.set_minimum_cents(*low);
  if (high.has_value()) salary.set_maximum_cents(*high);
  salary.set_period(PeriodOf(unit));
}

void SetSalaryText(absl::string_view text, Draft& draft) {
  const std::string line = OneLine(text);
  const std::vector<double> numbers = NumbersIn(line);
  if (numbers.empty() || numbers.size() > 2) {
    // "nach Tarif", or more numbers than a range has.
    return draft.Unknown("salary", line, "salary");
  }
  const std::string lower = absl::AsciiStrToLower(line);
  for (const absl::string_view other :
       {"$", "usd", "chf", "gbp", "£", "pln", "czk"}) {
    if (absl::StrContains(lower, other)) {
      return draft.Unknown("salary-currency", other, "salary");
    }
  }
  const bool at_most = numbers.size() == 1 && absl::StartsWith(lower, "bis");
  const std::optional<double> first = numbers[0];
  const std::optional<double> second =
      numbers.size() == 2 ? std::optional<double>(numbers[1]) : std::nullopt;
  SetSalary(at_most ? std::nullopt : first, at_most ? first : second, line, "",
            draft);
}

}  // namespace heimweg::importers
