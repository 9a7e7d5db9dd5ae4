// Sends one digest and books it: at least once, under a Message-ID that stays.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_DELIVERY_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_DELIVERY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "clients/cli/digest_options.h"
#include "clients/cli/session.h"
#include "clients/digest/digest.h"
#include "clients/digest/mail_book.h"
#include "clients/digest/mail_sink.h"

namespace heimweg::cli {

// Thread-compatible. What it is made of outlives it.
class DigestDelivery {
 public:
  // In a dry run `book` may be null (nothing was sent yet), `sink` is not used,
  // and neither is changed.
  DigestDelivery(const DigestOptions& options, Session& session,
                 digest::MailBook* book, digest::MailSink* sink)
      : options_(options), session_(session), book_(book), sink_(sink) {}

  // Whether the recipient had --per-week mails in the seven days before `now`.
  absl::StatusOr<bool> ToldEnough(const std::string& recipient, absl::Time now);

  // Keys of what was sent to the recipient.
  absl::StatusOr<absl::flat_hash_set<std::string>> Known(
      const std::string& recipient);

  // Books, sends with retries and books the outcome. INVALID_ARGUMENT if `to`
  // is no address; UNAVAILABLE after three mails in a row that the server did
  // not take; errors of book and sink.
  absl::StatusOr<digest::Delivery> Deliver(const std::string& recipient,
                                           const std::string& to,
                                           const digest::Digest& digest,
                                           const std::vector<std::string>& keys,
                                           absl::Time now);

  // Forgets households that are not among `profiles`.
  absl::Status ForgetAllBut(const absl::flat_hash_set<std::string>& profiles);

 private:
  absl::StatusOr<digest::Delivery> SendWithRetries(
      const digest::Envelope& envelope);

  const DigestOptions& options_;
  Session& session_;
  digest::MailBook* const book_;
  digest::MailSink* const sink_;
  int deferred_in_a_row_ = 0;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_DELIVERY_H_
