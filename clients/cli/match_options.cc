#include "clients/cli/match_options.h"

namespace heimweg::cli {

void AddMatchOptions(CLI::App& command, MatchOptions& options) {
  // One of the two has to be there, and not both.
  CLI::App* subject = command.add_option_group("For whom (one of)");
  subject
      ->add_option("--profile", options.profile,
                   "Stored profile, profiles/ID or ID")
      ->type_name("NAME");
  subject
      ->add_option("--profile-file", options.profile_file,
                   "Profile that need not be stored: proto3 JSON of "
                   "heimweg.profiles.v1.Profile; - is standard input")
      ->type_name("FILE");
  subject->require_option(1);
  command
      .add_option("--adult", options.adult,
                  "Jobs: id of the adult [the best adult for each job]")
      ->type_name("ID");
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

}  // namespace heimweg::cli
