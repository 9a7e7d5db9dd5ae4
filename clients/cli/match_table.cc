#include "clients/cli/match_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/reasons_text.h"
#include "clients/cli/terms.h"

namespace heimweg::cli {
namespace {

using matching::v1::ConstraintResult;
using matching::v1::FeatureScore;
using matching::v1::Match;

std::string FeatureName(const FeatureScore& score, Language language) {
  return Term(matching::v1::Feature_Name(score.feature()), language);
}

std::string Value(const FeatureScore& score, Language language) {
  return score.known() ? FormatScore(score.value_millionths(), language)
                       : std::string(In(language, "unknown", "unbekannt"));
}

std::string Title(const Match& match) {
  const auto& card = match.card();
  return absl::StrCat(card.title(), card.organization().empty() ? "" : " – ",
                      card.organization());
}

// "occupation 100.0 x 6, salary unknown x 3".
std::string Features(const Match& match, Language language) {
  std::string line;
  for (const FeatureScore& score : match.features()) {
    absl::StrAppend(&line, line.empty() ? "" : ", ",
                    FeatureName(score, language), " ", Value(score, language),
                    " × ", score.weight());
  }
  return line;
}

void AddMatch(const Match& match, int rank, Language language, Table& table) {
  const auto& card = match.card();
  table.AddRow(
      {absl::StrCat(rank), FormatScore(match.score_millionths(), language),
       Title(match),
       absl::StrCat(card.postal_code(), card.postal_code().empty() ? "" : " ",
                    card.municipality()),
       Distance(match, language), match.offer()});
  for (const matching::v1::Reason& reason : match.reasons()) {
    const std::string text = ReasonText(reason, language);
    if (!text.empty()) table.AddNote(absl::StrCat("· ", text));
  }
  if (!match.adult().empty()) {
    table.AddNote(absl::StrCat(In(language, "· For adult ", "· Für Person "),
                               match.adult(), "."));
  }
  if (match.features_size() > 0) table.AddNote(Features(match, language));
}

}  // namespace

std::string Distance(const Match& match, Language language) {
  std::string text;
  if (match.has_distance_meters()) {
    text = absl::StrCat(
        FormatNumber(match.distance_meters() / 1000.0, 1, language), " km");
  }
  if (match.has_commute_minutes()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", match.commute_minutes(),
                    " min");
  }
  return text;
}

std::string Bar(int32_t value_millionths) {
  const int filled = std::clamp((value_millionths + 50'000) / 100'000, 0, 10);
  std::string bar;
  for (int i = 0; i < 10; ++i) bar += i < filled ? "█" : "░";
  return bar;
}

Table MatchTable(const matching::v1::RankOffersResponse& response,
                 Language language) {
  Table table;
  table.AddColumn("#", Table::Align::kRight);
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "Title", "Titel"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Distance", "Entfernung"), Table::Align::kRight);
  table.AddColumn(In(language, "Offer", "Angebot"));
  int rank = 0;
  for (const Match& match : response.matches()) {
    AddMatch(match, ++rank, language, table);
  }
  return table;
}

Table FeatureTable(const Match& match, Language language) {
  Table table;
  table.AddColumn(In(language, "Feature", "Merkmal"));
  table.AddColumn(In(language, "Value", "Wert"));
  table.AddColumn("", Table::Align::kRight);
  table.AddColumn(In(language, "Weight", "Gewicht"), Table::Align::kRight);
  table.AddColumn(In(language, "Contribution", "Beitrag"),
                  Table::Align::kRight);
  for (const FeatureScore& score : match.features()) {
    table.AddRow({FeatureName(score, language), Bar(score.value_millionths()),
                  Value(score, language), absl::StrCat(score.weight()),
                  FormatScore(score.contribution_millionths(), language)});
  }
  return table;
}

Table ConstraintTable(const matching::v1::ExplainMatchResponse& response,
                      Language language) {
  Table table;
  table.AddColumn(In(language, "Condition", "Bedingung"));
  table.AddColumn(In(language, "Outcome", "Ergebnis"));
  table.AddColumn(In(language, "Asked", "Gefragt"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Found", "Gefunden"), Table::Align::kLeft, true);
  for (const ConstraintResult& result : response.constraints()) {
    table.AddRow(
        {Term(matching::v1::Constraint_Name(result.constraint()), language),
         Term(ConstraintResult::Outcome_Name(result.outcome()), language),
         result.asked(), result.found()});
  }
  return table;
}

}  // namespace heimweg::cli
