#include "services/server/address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace heimweg::server {
namespace {

std::string Reason(int error) {
  return std::error_code(error, std::generic_category()).message();
}

}  // namespace

bool Address::is_local() const {
  return is_unix() || host == "localhost" || host == "::1" ||
         absl::StartsWith(host, "127.");
}

std::string Address::ToString() const {
  if (is_unix()) {
    return absl::StrCat("unix:", path);
  }
  return absl::StrContains(host, ':') ? absl::StrCat("[", host, "]:", port)
                                      : absl::StrCat(host, ":", port);
}

absl::StatusOr<Address> ParseAddress(absl::string_view text) {
  constexpr int kHighestPort = 65535;
  Address address;
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "unix:") && !rest.empty()) {
    address.path = std::string(rest);
    return address;
  }
  const size_t colon = rest.rfind(':');
  absl::string_view host = rest.substr(0, colon);
  const bool bracketed =
      absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  if (colon == absl::string_view::npos || host.empty() ||
      absl::StrContains(host, ':') != bracketed ||
      !absl::SimpleAtoi(rest.substr(colon + 1), &address.port) ||
      address.port < 0 || address.port > kHighestPort) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot listen on \"", text,
                     "\": expected host:port, [v6 address]:port or unix:path"));
  }
  address.host = std::string(host);
  return address;
}

absl::Status TryToBind(const Address& address) {
  if (address.is_unix()) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on ", address.ToString(),
        ": the folder is missing or not writable, or a server listens there"));
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int failed =
      getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(),
                  &hints, &found);
  if (failed != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "cannot listen on ", address.ToString(), ": ", gai_strerror(failed)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found,
                                                                 freeaddrinfo);
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const int probe = socket(one->ai_family, one->ai_socktype, 0);
    const int reuse = 1;
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
    const int error =
        bind(probe, one->ai_addr, one->ai_addrlen) == 0 ? 0 : errno;
    close(probe);
    if (error != 0) {
      return absl::UnavailableError(absl::StrCat(
          "cannot listen on ", address.ToString(), ": ", Reason(error)));
    }
  }
  return absl::OkStatus();
}

}  // namespace heimweg::server
