// An e-mail as it goes over the wire (RFC 5322, MIME): plain text and HTML of
// the same content, with the headers that a mailing owes its readers.
#ifndef HEIMWEG_CLIENTS_DIGEST_MAIL_H_
#define HEIMWEG_CLIENTS_DIGEST_MAIL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::digest {

struct Mail {
  // Without angle brackets, e.g. "3f0c…@example.org".
  std::string message_id;
  absl::Time date;
  std::string from_name;
  std::string from_address;
  // Personal.
  std::string to_name;
  std::string to_address;
  std::string subject;
  std::string plain;
  std::string html;
  // Where a POST ends the mailing without a question (RFC 8058), ASCII, at most
  // 900 characters; may be empty.
  std::string unsubscribe_url;
};

// Whether `address` is one mailbox that can stand in an envelope:
// local@domain of printable ASCII without blanks and brackets, at most 254
// characters. INVALID_ARGUMENT, without the address.
absl::Status CheckAddress(absl::string_view address);

// The message with CRLF line ends; the same bytes for the same mail.
// INVALID_ARGUMENT for addresses that CheckAddress refuses.
absl::StatusOr<std::string> Compose(const Mail& mail);

}  // namespace heimweg::digest

#endif  // HEIMWEG_CLIENTS_DIGEST_MAIL_H_
