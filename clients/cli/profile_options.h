// The options of `heimweg profile`'s commands, apart from what these do.
#ifndef HEIMWEG_CLIENTS_CLI_PROFILE_OPTIONS_H_
#define HEIMWEG_CLIENTS_CLI_PROFILE_OPTIONS_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/program.h"
#include "heimweg/profiles/v1/profile_service.pb.h"

namespace heimweg::cli {

struct ProfileOptions {
  std::string name;
  std::string file = "-";
  std::string request_id;
  std::vector<std::string> mask;
  bool full = false;
  bool yes = false;
  // list
  bool all = false;
  int page_size = 0;
  std::string page_token;
  // list, grant-consent
  std::string network;
  // grant-consent
  std::string purpose = "matching";
  std::string text_version;
  absl::Time expires = absl::InfiniteFuture();
  // revoke-consent
  std::string consent;

  profiles::v1::ProfileView view() const {
    return full ? profiles::v1::PROFILE_VIEW_FULL
                : profiles::v1::PROFILE_VIEW_CORE;
  }
  std::string RequestId(Session& session) const {
    return request_id.empty() ? session.console().new_request_id() : request_id;
  }
};

using ProfileVerb = absl::StatusOr<ExitCode> (*)(const ProfileOptions&,
                                                 Session&);
struct ProfileVerbs {
  ProfileVerb create;
  ProfileVerb put;
  ProfileVerb get;
  ProfileVerb list;
  ProfileVerb update;
  ProfileVerb erase;
  ProfileVerb export_all;
  ProfileVerb grant_consent;
  ProfileVerb revoke_consent;
};

// Adds the group `profile` with a command for each.
void AddProfileVerbs(CLI::App& root, Program& program,
                     const ProfileVerbs& verbs);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PROFILE_OPTIONS_H_
