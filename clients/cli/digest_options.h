// What `heimweg digest` takes, apart from what it does.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_OPTIONS_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_OPTIONS_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

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
  // Where the matches come from: standing wishes, outputs of batch rank, or
  // neither: a ranking that is made now.
  bool standing = false;
  std::vector<std::string> batch;
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

// What commands that send take. `options` outlives the command.
void AddDigestOptions(CLI::App& command, DigestOptions& options);

// Where the key of links is; all that a click needs. In AddDigestOptions, too.
void AddDigestKeyOption(CLI::App& command, DigestOptions& options);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_OPTIONS_H_
