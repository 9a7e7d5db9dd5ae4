// What a click on a digest's link does. The web page behind the link calls it
// with the token; nobody has to log in.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_ACT_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_ACT_H_

#include "absl/status/status.h"
#include "clients/cli/session.h"
#include "clients/digest/link_token.h"

namespace heimweg::cli {

// Unsubscribe: ends every consent to digests that covers the network, also one
// that covers all. Dismiss: adds the offer to those that are not shown again.
// Either may be repeated. NOT_FOUND if the household is gone.
absl::Status ActOn(const digest::LinkAction& action, Session& session);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_ACT_H_
