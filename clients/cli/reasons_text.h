// What the matching service says by key and number, as sentences in German and
// English.
#ifndef HEIMWEG_CLIENTS_CLI_REASONS_TEXT_H_
#define HEIMWEG_CLIENTS_CLI_REASONS_TEXT_H_

#include <string>

#include "clients/cli/language.h"
#include "clients/cli/session.h"
#include "heimweg/matching/v1/match.pb.h"

namespace heimweg::cli {

// One sentence, e.g. "12.3 km from parents." Parameters that are missing are
// left out of it; empty for a key that this program does not know.
std::string ReasonText(const matching::v1::Reason& reason, Language language);

// "12 jobs fail only because of: salary." `area` says what was ranked.
std::string ExclusionText(const matching::v1::ExclusionCount& exclusion,
                          Area area, Language language);

// "12 more jobs with 40 instead of 30 minutes (distance to the anchors,
// parents)."
std::string RelaxationText(const matching::v1::Relaxation& relaxation,
                           Area area, Language language);

// What would have to give for one offer: "budget: €950.00 instead of €900.00".
std::string RequiredRelaxationText(const matching::v1::Relaxation& relaxation,
                                   Language language);

// "1 job", "12 jobs", "3 Wohnungen" and so on.
std::string CountedOffers(int64_t count, Area area, Language language);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_REASONS_TEXT_H_
