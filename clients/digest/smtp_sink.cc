// NewSmtpSink: libcurl speaks the protocol, one connection for many mails.
#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "clients/digest/mail_sink.h"

namespace heimweg::digest {
namespace {

bool IsLoopback(absl::string_view url) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(url, absl::MaxSplits("://", 1));
  absl::string_view host = parts.second.substr(0, parts.second.find('/'));
  host = absl::StartsWith(host, "[") ? host.substr(0, host.find(']') + 1)
                                     : host.substr(0, host.find(':'));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

// What is left to send of one mail.
struct Rest {
  absl::string_view bytes;
};

size_t Read(char* buffer, size_t size, size_t count, void* user) {
  auto& rest = *static_cast<Rest*>(user);
  const size_t n = std::min(size * count, rest.bytes.size());
  std::memcpy(buffer, rest.bytes.data(), n);
  rest.bytes.remove_prefix(n);
  return n;
}

class SmtpSink : public MailSink {
 public:
  explicit SmtpSink(const SmtpOptions& options)
      : options_(options), curl_(curl_easy_init()) {}
  ~SmtpSink() override { curl_easy_cleanup(curl_); }

  absl::StatusOr<Delivery> Send(const Envelope& envelope) override {
    // Resets the options and keeps the connection.
    curl_easy_reset(curl_);
    SetServer();
    Rest rest{envelope.bytes};
    const std::string from = absl::StrCat("<", envelope.from_address, ">");
    const std::string to = absl::StrCat("<", envelope.to_address, ">");
    curl_slist* recipients = curl_slist_append(nullptr, to.c_str());
    curl_easy_setopt(curl_, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl_, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl_, CURLOPT_READFUNCTION, &Read);
    curl_easy_setopt(curl_, CURLOPT_READDATA, &rest);
    const CURLcode code = curl_easy_perform(curl_);
    curl_slist_free_all(recipients);
    return Outcome(code);
  }

 private:
  void SetServer() {
    curl_easy_setopt(curl_, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT,
                     static_cast<long>(options_.timeout_seconds));
    if (!IsLoopback(options_.url)) {
      curl_easy_setopt(curl_, CURLOPT_USE_SSL,
                       static_cast<long>(CURLUSESSL_ALL));
    }
    if (!options_.user.empty()) {
      curl_easy_setopt(curl_, CURLOPT_USERNAME, options_.user.c_str());
      curl_easy_setopt(curl_, CURLOPT_PASSWORD, options_.password.c_str());
    }
  }

  absl::StatusOr<Delivery> Outcome(CURLcode code) const {
    if (code == CURLE_OK) return Delivery::kTaken;
    if (code == CURLE_LOGIN_DENIED) {
      return absl::PermissionDeniedError(
          "the SMTP server does not take the user name and password");
    }
    if (code == CURLE_USE_SSL_FAILED ||
        code == CURLE_PEER_FAILED_VERIFICATION ||
        code == CURLE_SSL_CONNECT_ERROR) {
      return absl::FailedPreconditionError(absl::StrCat(
          "no TLS with the SMTP server: ", curl_easy_strerror(code)));
    }
    long reply = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &reply);
    return reply >= 500 && reply < 600 ? Delivery::kRefused
                                       : Delivery::kDeferred;
  }

  const SmtpOptions options_;
  CURL* const curl_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MailSink>> NewSmtpSink(
    const SmtpOptions& options) {
  if (!absl::StartsWith(options.url, "smtp://") &&
      !absl::StartsWith(options.url, "smtps://")) {
    return absl::InvalidArgumentError(
        "expected smtp://host:port or smtps://host:port");
  }
  static const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialized != CURLE_OK) {
    return absl::InternalError(curl_easy_strerror(initialized));
  }
  return std::make_unique<SmtpSink>(options);
}

}  // namespace heimweg::digest
