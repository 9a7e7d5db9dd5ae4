// What was sent to whom, so that nobody is written to twice about the same
// offer, or more often than agreed, and a crash repeats one mail at most.
// Recipients are names of profiles or networks; addresses are not kept.
//
// A mail is booked before its first byte goes out and marked when the server
// took it. In between it is open: the next run goes on with it under the same
// Message-ID, by which a receiver knows a repetition.
#ifndef HEIMWEG_CLIENTS_DIGEST_MAIL_BOOK_H_
#define HEIMWEG_CLIENTS_DIGEST_MAIL_BOOK_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

struct sqlite3;

namespace heimweg::digest {

// Thread-compatible. Every change is durable when its call returns.
class MailBook {
 public:
  // Opens or makes the SQLite database. UNAVAILABLE if another process has it
  // open, FAILED_PRECONDITION if it is something else or of a newer version,
  // UNKNOWN if it cannot be read or written.
  static absl::StatusOr<std::unique_ptr<MailBook>> Open(
      const std::string& path);
  ~MailBook();
  MailBook(const MailBook&) = delete;
  MailBook& operator=(const MailBook&) = delete;

  // Names of the offers in every mail that was sent to the recipient.
  absl::StatusOr<absl::flat_hash_set<std::string>> SentOffers(
      const std::string& recipient);

  // How many mails were sent to the recipient after `since`.
  absl::StatusOr<int> SentAfter(const std::string& recipient, absl::Time since);

  // Books a mail and returns its Message-ID: that of the recipient's open mail
  // if there is one, else `fresh_id`.
  absl::StatusOr<std::string> Begin(const std::string& recipient,
                                    const std::string& fresh_id,
                                    absl::Time now);

  // The server took the mail with these offers.
  absl::Status MarkSent(const std::string& message_id,
                        const std::vector<std::string>& offers, absl::Time now);

  // The server refused the mail for good. It counts as no mail, and its offers
  // stay new.
  absl::Status MarkRefused(const std::string& message_id, absl::Time now);

  // Forgets every recipient below profiles/ that is not among `profiles`:
  // erased households leave no trace here.
  absl::Status ForgetAllBut(const absl::flat_hash_set<std::string>& profiles);

 private:
  explicit MailBook(sqlite3* database) : database_(database) {}

  sqlite3* const database_;
};

}  // namespace heimweg::digest

#endif  // HEIMWEG_CLIENTS_DIGEST_MAIL_BOOK_H_
