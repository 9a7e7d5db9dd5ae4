#include "services/reference/occupation_book.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/reference/occupation_messages.h"
#include "services/server/errors.h"

namespace heimweg::reference {
namespace {

using ::heimweg::occupations::CatalogEntry;
using ::heimweg::occupations::CatalogResolution;
using ::heimweg::occupations::KldbRow;
using ::heimweg::occupations::OccupationCatalog;
using ::heimweg::occupations::Scheme;
using ::heimweg::occupations::SkillCatalog;
using ::heimweg::server::Violation;

constexpr int kMostTitles = 100;
constexpr size_t kLongestTitle = 200;
constexpr size_t kLongestTyped = 100;
constexpr int kDefaultMatches = 5;
constexpr int kDefaultAnswers = 10;
constexpr int kMostAnswers = 100;
constexpr int kDefaultCodes = 100;
constexpr int kMostCodes = 1'000;
constexpr int kMostDigits = 5;

void CheckLimit(int limit, std::vector<Violation>& wrong) {
  if (limit < 0 || limit > kMostAnswers) {
    wrong.push_back({"limit", "expected 0 to 100"});
  }
}

void CheckTyped(absl::string_view text, std::vector<Violation>& wrong) {
  if (text.empty() || text.size() > kLongestTyped) {
    wrong.push_back({"text", "expected 1 to 100 bytes"});
  }
}

void CheckClassification(occupations::v1::Classification one,
                         std::vector<Violation>& wrong) {
  if (!occupations::v1::Classification_IsValid(one)) {
    wrong.push_back({"classification", "expected a known classification"});
  }
}

size_t LimitOr(int limit, int otherwise) {
  return static_cast<size_t>(limit == 0 ? otherwise : limit);
}

// FAILED_PRECONDITION if ESCO is asked for and was not imported.
absl::StatusOr<Scheme> SchemeOf(const OccupationCatalog& catalog,
                                occupations::v1::Classification asked) {
  if (asked == occupations::v1::CLASSIFICATION_KLDB) return Scheme::kKldb;
  if (catalog.has_esco()) return Scheme::kEsco;
  if (asked == occupations::v1::CLASSIFICATION_UNSPECIFIED)
    return Scheme::kKldb;
  return server::WithReason(
      absl::FailedPreconditionError(
          "ESCO was not imported: heimweg taxonomies import esco PATH"),
      "ESCO_NOT_IMPORTED");
}

absl::Status CheckSkillsAreKnown(const OccupationCatalog& catalog) {
  if (!catalog.skills().skills().empty()) return absl::OkStatus();
  return server::WithReason(
      absl::FailedPreconditionError(
          "no skills are known: heimweg taxonomies import esco PATH"),
      "NO_SKILLS_IMPORTED");
}

occupations::v1::MatchReason MatchReasonOf(occupations::MatchReason reason) {
  switch (reason) {
    case occupations::MatchReason::kSameTitle:
      return occupations::v1::MATCH_REASON_SAME_TITLE;
    case occupations::MatchReason::kSameParts:
      return occupations::v1::MATCH_REASON_SAME_PARTS;
    case occupations::MatchReason::kSimilar:
      return occupations::v1::MATCH_REASON_SIMILAR;
    case occupations::MatchReason::kDescription:
      return occupations::v1::MATCH_REASON_DESCRIPTION;
  }
  return occupations::v1::MATCH_REASON_UNSPECIFIED;
}

void Fill(const OccupationCatalog& catalog, const CatalogResolution& found,
          occupations::v1::TitleResolution& resolution) {
  resolution.set_sure(found.sure);
  for (const occupations::CatalogMatch& match : found.matches) {
    occupations::v1::OccupationMatch& message = *resolution.add_matches();
    DescribeOccupation(catalog, match.entry, *message.mutable_occupation());
    message.set_score(match.probability);
    message.set_reason(MatchReasonOf(match.reason));
    message.set_matched_title(match.label);
  }
  if (!found.matches.empty()) {
    resolution.set_confidence(found.matches[0].probability);
  }
}

}  // namespace

absl::Status OccupationBook::ResolveTitles(
    const server::Call& call,
    const occupations::v1::ResolveTitlesRequest& request,
    occupations::v1::ResolveTitlesResponse* response) const {
  std::vector<Violation> wrong;
  if (request.titles().empty() || request.titles_size() > kMostTitles) {
    wrong.push_back({"titles", "expected 1 to 100"});
  }
  for (int i = 0; i < std::min(request.titles_size(), kMostTitles); ++i) {
    if (request.titles(i).empty() || request.titles(i).size() > kLongestTitle) {
      wrong.push_back(
          {absl::StrCat("titles[", i, "]"), "expected 1 to 200 bytes"});
    }
  }
  CheckLimit(request.limit(), wrong);
  CheckClassification(request.classification(), wrong);
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const auto catalog = data_sets_.catalog();
  const auto scheme = SchemeOf(*catalog, request.classification());
  if (!scheme.ok()) return scheme.status();
  for (const std::string& title : request.titles()) {
    if (call.IsCancelled()) return absl::CancelledError("nobody waits");
    occupations::v1::TitleResolution& resolution = *response->add_resolutions();
    resolution.set_title(title);
    Fill(*catalog,
         catalog->Resolve(*scheme, title,
                          LimitOr(request.limit(), kDefaultMatches)),
         resolution);
  }
  response->set_sure_confidence(occupations::kSureProbability);
  response->set_classification(*scheme == Scheme::kEsco
                                   ? occupations::v1::CLASSIFICATION_ESCO
                                   : occupations::v1::CLASSIFICATION_KLDB);
  return absl::OkStatus();
}

absl::Status OccupationBook::SuggestOccupations(
    const server::Call& /*call*/,
    const occupations::v1::SuggestOccupationsRequest& request,
    occupations::v1::SuggestOccupationsResponse* response) const {
  std::vector<Violation> wrong;
  CheckTyped(request.text(), wrong);
  CheckLimit(request.limit(), wrong);
  CheckClassification(request.classification(), wrong);
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const auto catalog = data_sets_.catalog();
  const auto scheme = SchemeOf(*catalog, request.classification());
  if (!scheme.ok()) return scheme.status();
  for (const occupations::CatalogSuggestion& one :
       catalog->Suggest(*scheme, request.text(),
                        LimitOr(request.limit(), kDefaultAnswers))) {
    occupations::v1::OccupationSuggestion& suggestion =
        *response->add_suggestions();
    DescribeOccupation(*catalog, one.entry, *suggestion.mutable_occupation());
    suggestion.set_matched_title(one.label);
  }
  return absl::OkStatus();
}

absl::Status OccupationBook::ResolveSkills(
    const server::Call& /*call*/,
    const occupations::v1::ResolveSkillsRequest& request,
    occupations::v1::ResolveSkillsResponse* response) const {
  std::vector<Violation> wrong;
  if (request.text().empty()) wrong.push_back({"text", "expected a text"});
  CheckLimit(request.limit(), wrong);
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const auto catalog = data_sets_.catalog();
  absl::Status known = CheckSkillsAreKnown(*catalog);
  if (!known.ok()) return known;
  const SkillCatalog& skills = catalog->skills();
  for (const occupations::FoundSkill& one : skills.finder().Find(
           request.text(), LimitOr(request.limit(), kDefaultAnswers))) {
    const occupations::EscoSkill& skill = skills.skills()[one.skill];
    occupations::v1::SkillMatch& match = *response->add_matches();
    DescribeSkill(skill, *match.mutable_skill());
    match.set_matched_title(SkillCatalog::LabelOf(skill, one.label));
    match.set_score(one.covered);
  }
  return absl::OkStatus();
}

absl::Status OccupationBook::SuggestSkills(
    const server::Call& /*call*/,
    const occupations::v1::SuggestSkillsRequest& request,
    occupations::v1::SuggestSkillsResponse* response) const {
  std::vector<Violation> wrong;
  CheckTyped(request.text(), wrong);
  CheckLimit(request.limit(), wrong);
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const auto catalog = data_sets_.catalog();
  absl::Status known = CheckSkillsAreKnown(*catalog);
  if (!known.ok()) return known;
  const SkillCatalog& skills = catalog->skills();
  for (const occupations::TitleSuggestion& one : skills.suggester().Suggest(
           request.text(), LimitOr(request.limit(), kDefaultAnswers))) {
    const occupations::EscoSkill& skill = skills.skills()[one.occupation];
    occupations::v1::SkillSuggestion& suggestion = *response->add_suggestions();
    DescribeSkill(skill, *suggestion.mutable_skill());
    suggestion.set_matched_title(SkillCatalog::LabelOf(skill, one.label));
  }
  return absl::OkStatus();
}

absl::Status OccupationBook::GetOccupation(
    const server::Call& /*call*/,
    const occupations::v1::GetOccupationRequest& request,
    occupations::v1::KnownOccupation* response) const {
  if (!absl::StartsWith(request.name(), "occupations/")) {
    return server::InvalidFields({{"name", "expected occupations/{id}"}});
  }
  const auto catalog = data_sets_.catalog();
  const auto found = FindOccupation(*catalog, request.name());
  if (!found.has_value()) {
    return absl::NotFoundError("there is no such occupation");
  }
  DescribeOccupationInFull(*catalog, *found, *response);
  return absl::OkStatus();
}

absl::Status OccupationBook::ListOccupations(
    const server::Call& /*call*/,
    const occupations::v1::ListOccupationsRequest& request,
    occupations::v1::ListOccupationsResponse* response) const {
  const auto is_code = [](const std::string& code) {
    return code.size() <= kMostDigits &&
           std::all_of(code.begin(), code.end(), absl::ascii_isdigit);
  };
  std::vector<Violation> wrong;
  if (!is_code(request.kldb_prefix())) {
    wrong.push_back({"kldb_prefix", "expected at most 5 digits"});
  }
  if (request.max_digits() < 0 || request.max_digits() > kMostDigits) {
    wrong.push_back({"max_digits", "expected 0 to 5"});
  }
  if (request.page_size() < 0 || request.page_size() > kMostCodes) {
    wrong.push_back({"page_size", "expected 0 to 1,000"});
  }
  // The token is the last code of the page before.
  if (!is_code(request.page_token())) {
    wrong.push_back({"page_token", "expected the token of the page before"});
  }
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const size_t digits = LimitOr(request.max_digits(), kMostDigits);
  const int size =
      request.page_size() == 0 ? kDefaultCodes : request.page_size();
  const auto catalog = data_sets_.catalog();
  for (const KldbRow& row : catalog->kldb()) {
    if (row.code.size() > digits || row.code <= request.page_token() ||
        !absl::StartsWith(row.code, request.kldb_prefix())) {
      continue;
    }
    if (response->occupations_size() == size) {
      response->set_next_page_token(
          response->occupations(size - 1).kldb_code());
      break;
    }
    DescribeOccupation(*catalog, {row.code, nullptr},
                       *response->add_occupations());
  }
  return absl::OkStatus();
}

}  // namespace heimweg::reference
