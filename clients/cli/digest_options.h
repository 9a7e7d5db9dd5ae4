// What `heimweg digest` takes, apart from what it does.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_OPTIONS_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_OPTIONS_H_

#include <string>

#include "absl/time/time.h"

namespace heimweg::cli {

struct DigestOptions {
  std::string network;
  std::string from;
  std::string sender;
  // Counsellors only: who gets it.
  std::string to;
  std::string book = "digest.book";
  std::string key = "digest.key";
  std::string link_base;
  // With {offer} where the offer's name goes; may be empty.
  std::string offer_url;
  std::string smtp;
  std::string smtp_user;
  std::string smtp_password;
  std::string folder;
  int top = 5;
  int per_week = 1;
  int tries = 5;
  bool dry_run = false;
  bool progress = false;
  absl::Time at = absl::InfiniteFuture();  // now
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_OPTIONS_H_
