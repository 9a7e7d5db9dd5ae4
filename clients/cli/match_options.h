// What `rank`, `explain`, `packages` and `regions` ask in the same way: for
// whom, where, with which weights, at which moment.
#ifndef HEIMWEG_CLIENTS_CLI_MATCH_OPTIONS_H_
#define HEIMWEG_CLIENTS_CLI_MATCH_OPTIONS_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/cli/flags.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

struct MatchOptions {
  std::string profile;
  std::string profile_file;
  std::string adult;
  std::vector<std::string> regions;
  std::vector<std::string> networks;
  std::vector<std::string> weights;
  absl::Time at = absl::InfiniteFuture();  // now
};

// `options` outlives the command. `of_one_adult`: one may be named.
void AddMatchOptions(CLI::App& command, MatchOptions& options,
                     bool of_one_adult = true);

// Whether it is said for whom; else tells the user, who used it wrongly.
bool NamesSubject(const MatchOptions& options, Session& session);

// Fills a request of MatchingService that has a subject. INVALID_ARGUMENT
// naming what is wrong, also in the profile's file.
template <typename Request>
absl::Status FillMatchRequest(const MatchOptions& options, Session& session,
                              Request& request) {
  if (!options.profile_file.empty()) {
    absl::Status status = ReadJson(options.profile_file, session.console().in,
                                   *request.mutable_inline_profile());
    if (!status.ok()) return status;
  } else {
    const auto name = ProfileName(options.profile);
    if (!name.ok()) return name.status();
    request.set_profile(*name);
  }
  for (const std::string& region : options.regions) {
    request.add_ags_prefixes(region);
  }
  for (const std::string& network : options.networks) {
    const auto name = NetworkName(network);
    if (!name.ok()) return name.status();
    request.add_networks(*name);
  }
  if constexpr (requires { request.set_adult(options.adult); }) {
    request.set_adult(options.adult);
  }
  if (!options.weights.empty()) {
    const auto weights = ParseWeights(options.weights);
    if (!weights.ok()) return weights.status();
    *request.mutable_weights() = *weights;
  }
  if (options.at != absl::InfiniteFuture()) {
    request.mutable_evaluation_time()->set_seconds(
        absl::ToUnixSeconds(options.at));
  }
  return absl::OkStatus();
}

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_MATCH_OPTIONS_H_
