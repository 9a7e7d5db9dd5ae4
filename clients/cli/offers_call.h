// heimweg batch offers over what the matching service ranks.
#ifndef HEIMWEG_CLIENTS_CLI_OFFERS_CALL_H_
#define HEIMWEG_CLIENTS_CLI_OFFERS_CALL_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

struct OffersCall {
  std::string kind;
  std::string network;
  std::string method;
  // Files offer,capacity and profile,offer; empty: none.
  std::string capacities;
  std::string locks;
  std::string at;
  std::string pin;
  int top = 50;
};

// Asks AssignOffers and prints who gets what, as JSON in one line or the sums
// and a table. INVALID_ARGUMENT naming file, line and column, or the option.
absl::StatusOr<ExitCode> AssignByService(const OffersCall& call,
                                         Session& session);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_OFFERS_CALL_H_
