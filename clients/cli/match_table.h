// Matches as tables for eyes.
#ifndef HEIMWEG_CLIENTS_CLI_MATCH_TABLE_H_
#define HEIMWEG_CLIENTS_CLI_MATCH_TABLE_H_

#include <string>

#include "clients/cli/language.h"
#include "clients/cli/table.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {

// Rank, score (0 to 100), title, place, distance or minutes, name; the reasons
// as sentences below each, and its features if the response has them.
Table MatchTable(const matching::v1::RankOffersResponse& response,
                 Language language);

// Each feature with a bar for its value, its weight and contribution.
Table FeatureTable(const matching::v1::Match& match, Language language);

// Each constraint with what became of it, what was asked and what was found.
Table ConstraintTable(const matching::v1::ExplainMatchResponse& response,
                      Language language);

// "12.3 km", with the minutes if they are known; empty if nothing is.
std::string Distance(const matching::v1::Match& match, Language language);

// Ten cells of which value / 1,000,000 are filled.
std::string Bar(int32_t value_millionths);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_MATCH_TABLE_H_
