// Where finished mails go: to an SMTP server, or as .eml files into a folder.
#ifndef HEIMWEG_CLIENTS_DIGEST_MAIL_SINK_H_
#define HEIMWEG_CLIENTS_DIGEST_MAIL_SINK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace heimweg::digest {

// A composed mail with its envelope.
struct Envelope {
  std::string message_id;
  std::string from_address;
  // Personal.
  std::string to_address;
  std::string bytes;
};

enum class Delivery {
  // The other side has it.
  kTaken,
  // Refused for good (SMTP 5xx): the same mail would be refused again.
  kRefused,
  // Not now, or not known (SMTP 4xx, a broken connection): try again.
  kDeferred,
};

// Thread-compatible.
class MailSink {
 public:
  virtual ~MailSink() = default;

  // Hands over one mail. An error means that no mail can get through, e.g. a
  // wrong password: there is no point in trying the next one. Neither holds
  // the address.
  virtual absl::StatusOr<Delivery> Send(const Envelope& envelope) = 0;
};

struct SmtpOptions {
  // smtp://host[:port] or smtps://host[:port]; whatever is not loopback is
  // spoken to under TLS only.
  std::string url;
  // Empty: without a log-in.
  std::string user;
  std::string password;
  // Longest time for one mail.
  int timeout_seconds = 60;
};

// INVALID_ARGUMENT for another kind of URL.
absl::StatusOr<std::unique_ptr<MailSink>> NewSmtpSink(
    const SmtpOptions& options);

// Writes <Message-ID>.eml into a folder that exists, readable by its owner
// only; a repetition overwrites it. NOT_FOUND if there is no such folder.
absl::StatusOr<std::unique_ptr<MailSink>> NewFolderSink(
    const std::string& folder);

}  // namespace heimweg::digest

#endif  // HEIMWEG_CLIENTS_DIGEST_MAIL_SINK_H_
