// Stored matches as rows for eyes, and what the commands on them share.
#ifndef HEIMWEG_CLIENTS_CLI_MATCH_ROWS_H_
#define HEIMWEG_CLIENTS_CLI_MATCH_ROWS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/language.h"
#include "clients/cli/program.h"
#include "clients/cli/table.h"
#include "heimweg/matching/v1/stored_match.pb.h"

namespace heimweg::cli {

// State, why, and whether the offer still fits, in words.
std::string StateText(const matching::v1::StoredMatch& match,
                      Language language);

// Score, state, title, place, distance, name; the reasons below each.
Table StoredMatchTable(const std::vector<matching::v1::StoredMatch>& matches,
                       Language language);

// profiles/{profile}; profiles/- of an empty text or "-".
absl::StatusOr<std::string> MatchParent(const std::string& profile);

void AddMatchProfileOption(CLI::App& command, std::string& profile);

void AddMatchesWatchCommand(CLI::App& group, Program& program);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_MATCH_ROWS_H_
