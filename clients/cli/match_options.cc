#include "clients/cli/match_options.h"

namespace heimweg::cli {

void AddMatchOptions(CLI::App& command, MatchOptions& options,
                     bool of_one_adult) {
  CLI::Option* profile =
      command
          .add_option("--profile", options.profile,
                      "For whom: stored profile, profiles/ID or ID")
          ->type_name("NAME");
  command
      .add_option("--profile-file", options.profile_file,
                  "For whom: profile that need not be stored, proto3 JSON of "
                  "heimweg.profiles.v1.Profile; - is standard input")
      ->type_name("FILE")
      ->excludes(profile);
  if (of_one_adult) {
    command
        .add_option("--adult", options.adult,
                    "Jobs: id of the adult [the best adult for each job]")
        ->type_name("ID");
  }
  command
      .add_option("--region", options.regions,
                  "Only where the AGS begins with one of these, e.g. 12062")
      ->type_name("AGS")
      ->delimiter(',');
  command
      .add_option("--network,-n", options.networks,
                  "Only offers of these networks")
      ->type_name("NETWORK")
      ->delimiter(',');
  command
      .add_option(
          "--weights", options.weights,
          "Weights 0 to 10 in place of the profile's: salary=8 skills=0 "
          "or JSON")
      ->type_name("WEIGHTS");
  AddTimeOption(command, "--at", options.at,
                "Moment for which it is asked [now]");
}

bool NamesSubject(const MatchOptions& options, Session& session) {
  if (!options.profile.empty() || !options.profile_file.empty()) return true;
  session.console().err
      << "heimweg: --profile or --profile-file is needed: for whom?\n";
  return false;
}

}  // namespace heimweg::cli
