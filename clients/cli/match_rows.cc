#include "clients/cli/match_rows.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/match_table.h"
#include "clients/cli/names.h"
#include "clients/cli/reasons_text.h"
#include "clients/cli/terms.h"

namespace heimweg::cli {

using matching::v1::StoredMatch;

std::string StateText(const StoredMatch& match, Language language) {
  std::string text = Term(MatchState_Name(match.state()), language);
  if (match.state_reason() != matching::v1::MATCH_STATE_REASON_UNSPECIFIED) {
    absl::StrAppend(&text, " (",
                    Term(MatchStateReason_Name(match.state_reason()), language),
                    ")");
  }
  if (match.standing() != matching::v1::MATCH_STANDING_FITS) {
    absl::StrAppend(&text, ", ",
                    Term(MatchStanding_Name(match.standing()), language));
  } else if (!match.released()) {
    absl::StrAppend(&text, ", ", In(language, "held back", "zurückgehalten"));
  }
  return text;
}

Table StoredMatchTable(const std::vector<StoredMatch>& matches,
                       Language language) {
  Table table;
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "State", "Stand"));
  table.AddColumn(In(language, "Title", "Titel"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Distance", "Entfernung"), Table::Align::kRight);
  table.AddColumn(In(language, "Name", "Name"));
  for (const StoredMatch& match : matches) {
    const matching::v1::OfferCard& card = match.match().card();
    table.AddRow({FormatScore(match.score_millionths(), language),
                  StateText(match, language), card.title(),
                  absl::StrCat(card.postal_code(), " ", card.municipality()),
                  Distance(match.match(), language), match.name()});
    for (const matching::v1::Reason& reason : match.match().reasons()) {
      const std::string text = ReasonText(reason, language);
      if (!text.empty()) table.AddNote(absl::StrCat("· ", text));
    }
  }
  return table;
}

absl::StatusOr<std::string> MatchParent(const std::string& profile) {
  if (profile.empty() || profile == "-") return "profiles/-";
  return ProfileName(profile);
}

void AddMatchProfileOption(CLI::App& command, std::string& profile) {
  command
      .add_option("--profile,-p", profile,
                  "Only of this profile [all that the caller created]")
      ->type_name("PROFILE");
}

}  // namespace heimweg::cli
