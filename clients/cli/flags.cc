#include "clients/cli/flags.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/errors.h"
#include "clients/cli/json.h"
#include "clients/cli/program.h"

namespace heimweg::cli {
namespace {

// One "salary=8".
absl::Status SetWeight(absl::string_view text, type::v1::Weights& weights) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits('=', 1));
  const auto* field = weights.GetDescriptor()->FindFieldByName(
      std::string(absl::StripAsciiWhitespace(parts.first)));
  int32_t weight = 0;
  if (field == nullptr || !absl::SimpleAtoi(parts.second, &weight)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--weights: '", text,
        "' is not of the form group=number, e.g. salary=8 (groups: "
        "occupation, skills, hours, salary, distance, dates, price, space, "
        "equipment, people, freshness)"));
  }
  weights.GetReflection()->SetInt32(&weights, field, weight);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<absl::Time> ParseTime(absl::string_view text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error) ||
      absl::ParseTime("%E4Y-%m-%d", text, &time, &error)) {
    return absl::FromUnixSeconds(absl::ToUnixSeconds(time));
  }
  return absl::InvalidArgumentError(
      "a time is expected as 2027-08-01 or 2027-08-01T12:00:00Z");
}

CLI::Option* AddTimeOption(CLI::App& command, const std::string& flag,
                           absl::Time& time, const std::string& description) {
  return command
      .add_option_function<std::string>(
          flag,
          [&time](const std::string& text) {
            const auto parsed = ParseTime(text);
            if (parsed.ok()) time = *parsed;
          },
          description)
      ->type_name("TIME")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return std::string(ParseTime(text).status().message());
          },
          ""));
}

absl::StatusOr<type::v1::Weights> ParseWeights(
    const std::vector<std::string>& texts) {
  type::v1::Weights weights;
  for (const std::string& text : texts) {
    if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "{")) {
      type::v1::Weights given;
      const absl::Status status = FromJson(text, given);
      if (!status.ok()) {
        return InvalidFields(absl::StrCat("--weights: ", status.message()),
                             WrongFields(status));
      }
      weights.MergeFrom(given);
      continue;
    }
    for (const absl::string_view pair : absl::StrSplit(text, ',')) {
      const absl::Status status = SetWeight(pair, weights);
      if (!status.ok()) return status;
    }
  }
  return weights;
}

CLI::Option* AddKindOption(CLI::App& command, std::string& kind) {
  CLI::Option* option = command.add_option("--kind,-k", kind, "Kind of offer");
  AllowOnly(option, {"jobs", "homes", "contacts"});
  return option->required();
}

Area AreaOfKind(absl::string_view kind) {
  if (kind == AreaName(Area::kHomes)) return Area::kHomes;
  if (kind == AreaName(Area::kContacts)) return Area::kContacts;
  return Area::kJobs;
}

type::v1::OfferKind OfferKindOf(Area area) {
  switch (area) {
    case Area::kHomes:
      return type::v1::OFFER_KIND_HOME;
    case Area::kContacts:
      return type::v1::OFFER_KIND_CONTACT;
    default:
      return type::v1::OFFER_KIND_JOB;
  }
}

}  // namespace heimweg::cli
