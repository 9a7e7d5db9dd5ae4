#include "clients/cli/digest_delivery.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/digest/mail.h"

namespace heimweg::cli {
namespace {

using digest::Delivery;

constexpr absl::Duration kWeek = absl::Hours(24 * 7);
constexpr absl::Duration kFirstWait = absl::Seconds(1);
constexpr absl::Duration kLongestWait = absl::Seconds(60);
// Of different recipients: then it is the server.
constexpr int kMostDeferredInARow = 3;

}  // namespace

absl::StatusOr<bool> DigestDelivery::ToldEnough(const std::string& recipient,
                                                absl::Time now) {
  if (book_ == nullptr) return false;
  const absl::StatusOr<int> sent = book_->SentAfter(recipient, now - kWeek);
  if (!sent.ok()) return sent.status();
  return *sent >= options_.per_week;
}

absl::StatusOr<absl::flat_hash_set<std::string>> DigestDelivery::Known(
    const std::string& recipient) {
  if (book_ == nullptr) return absl::flat_hash_set<std::string>();
  return book_->SentOffers(recipient);
}

absl::Status DigestDelivery::ForgetAllBut(
    const absl::flat_hash_set<std::string>& profiles) {
  if (options_.dry_run) return absl::OkStatus();
  return book_->ForgetAllBut(profiles);
}

absl::StatusOr<Delivery> DigestDelivery::SendWithRetries(
    const digest::Envelope& envelope) {
  absl::Duration wait = kFirstWait;
  for (int tried = 1;; ++tried) {
    absl::StatusOr<Delivery> delivery = sink_->Send(envelope);
    if (!delivery.ok() || *delivery != Delivery::kDeferred ||
        tried >= options_.tries) {
      return delivery;
    }
    session_.console().sleep(wait);
    wait = std::min(2 * wait, kLongestWait);
  }
}

absl::StatusOr<Delivery> DigestDelivery::Deliver(
    const std::string& recipient, const std::string& to,
    const digest::Digest& digest, const std::vector<std::string>& keys,
    absl::Time now) {
  const absl::Status address = digest::CheckAddress(to);
  if (!address.ok()) return address;
  if (options_.dry_run) return Delivery::kTaken;
  const std::string domain = options_.from.substr(options_.from.find('@'));
  auto id = book_->Begin(
      recipient, absl::StrCat(session_.console().new_request_id(), domain),
      now);
  if (!id.ok()) return id.status();
  digest::Mail mail;
  mail.message_id = *id;
  mail.date = now;
  mail.from_name = options_.sender;
  mail.from_address = options_.from;
  mail.to_name = digest.recipient_name;
  mail.to_address = to;
  mail.subject = Subject(digest);
  mail.plain = PlainText(digest);
  mail.html = Html(digest);
  mail.unsubscribe_url = digest.unsubscribe_url;
  auto bytes = Compose(mail);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<Delivery> delivery =
      SendWithRetries({*id, options_.from, to, *std::move(bytes)});
  if (!delivery.ok()) return delivery;
  absl::Status booked;
  if (*delivery == Delivery::kTaken) booked = book_->MarkSent(*id, keys, now);
  if (*delivery == Delivery::kRefused) booked = book_->MarkRefused(*id, now);
  if (!booked.ok()) return booked;
  deferred_in_a_row_ =
      *delivery == Delivery::kDeferred ? deferred_in_a_row_ + 1 : 0;
  if (deferred_in_a_row_ >= kMostDeferredInARow) {
    return absl::UnavailableError(
        absl::StrCat("the SMTP server took none of ", kMostDeferredInARow,
                     " mails in a row; run it again later, it goes on where "
                     "it stopped"));
  }
  return delivery;
}

}  // namespace heimweg::cli
