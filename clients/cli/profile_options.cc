#include "clients/cli/profile_options.h"

#include <memory>
#include <utility>

#include "clients/cli/filter_flags.h"
#include "clients/cli/flags.h"
#include "clients/cli/output.h"

namespace heimweg::cli {
namespace {

using Command = std::pair<CLI::App*, std::shared_ptr<ProfileOptions>>;

Command AddVerb(CLI::App& group, Program& program, const std::string& name,
                const std::string& description, const std::string& example,
                ProfileVerb verb) {
  auto options = std::make_shared<ProfileOptions>();
  CLI::App* command = AddCommand(group, name, description, {example});
  SetAction(*command, program, [options, verb](Session& session) {
    return verb(*options, session);
  });
  return {command, options};
}

void AddName(const Command& command) {
  command.first
      ->add_option("name", command.second->name, "Name, profiles/ID or ID")
      ->type_name("NAME")
      ->required();
}

void AddFile(const Command& command) {
  command.first->add_option("--file,-f", command.second->file, kFileHelp)
      ->type_name("FILE")
      ->capture_default_str();
}

void AddRequestId(const Command& command) {
  command.first
      ->add_option("--request-id", command.second->request_id, kRequestIdHelp)
      ->type_name("UUID");
}

void AddFull(const Command& command) {
  command.first->add_flag("--full", command.second->full, kFullViewHelp);
}

void AddWriting(CLI::App& group, Program& program, const ProfileVerbs& verbs) {
  const Command create =
      AddVerb(group, program, "create", "Store a new one and print it",
              "profile create --file household.json", verbs.create);
  create.first
      ->add_option("--id", create.second->name,
                   "Id for its name, which says nothing about the people [that "
                   "in the file, else the service's]")
      ->type_name("ID");
  const Command put =
      AddVerb(group, program, "put",
              "Replace one by what the file says, or create it under that name",
              "profile put --file household.json", verbs.put);
  const Command update = AddVerb(
      group, program, "update",
      "Change the fields of the mask and print it; an etag in the file makes "
      "sure that nobody changed it since",
      "profile update --file household.json --mask weights", verbs.update);
  for (const Command& command : {put, update}) {
    command.first
        ->add_option("name", command.second->name,
                     "Name, profiles/ID or ID [that in the file]")
        ->type_name("NAME");
  }
  update.first
      ->add_option("--mask", update.second->mask,
                   "Fields to change, e.g. weights,personal.email; * replaces "
                   "all [every field that is set]")
      ->type_name("FIELDS")
      ->allow_extra_args(false);
  for (const Command& command : {create, put, update}) {
    AddFile(command);
    AddRequestId(command);
  }
}

void AddReading(CLI::App& group, Program& program, const ProfileVerbs& verbs) {
  const Command get = AddVerb(group, program, "get", "Print one",
                              "profile get profiles/p1", verbs.get);
  AddName(get);
  AddFull(get);
  const Command list =
      AddVerb(group, program, "list", "List them in the order of their names",
              "profile list --consented elbe-elster --all", verbs.list);
  ProfileOptions& options = *list.second;
  list.first
      ->add_option("--consented", options.network,
                   "Only those that consented to this network")
      ->type_name("NETWORK");
  list.first->add_flag("--all", options.all, "Every page");
  list.first
      ->add_option("--page-size", options.page_size,
                   "Most of a page, to 1000; 0: the service's 50")
      ->type_name("N")
      ->check(CLI::Range(0, 1000).description(""))
      ->capture_default_str();
  list.first->add_option("--page-token", options.page_token, "Where to go on")
      ->type_name("TOKEN");
  AddFull(list);
}

void AddRights(CLI::App& group, Program& program, const ProfileVerbs& verbs) {
  AddName(AddVerb(group, program, "export",
                  "Print everything that is held about a household (Art. 15 "
                  "and 20 GDPR)",
                  "profile export profiles/p1", verbs.export_all));
  const Command erase = AddVerb(
      group, program, "erase",
      "Erase everything that is held about a household; print the receipt",
      "profile erase profiles/p1 --yes", verbs.erase);
  AddName(erase);
  erase.first->add_flag("--yes", erase.second->yes, "Needed: it is for good");
  AddRequestId(erase);
}

void AddConsents(CLI::App& group, Program& program, const ProfileVerbs& verbs) {
  const Command grant = AddVerb(
      group, program, "grant-consent", "Add a consent and print the profile",
      "profile grant-consent p1 --network elbe-elster --purpose contact",
      verbs.grant_consent);
  AddName(grant);
  ProfileOptions& options = *grant.second;
  grant.first
      ->add_option("--network,-n", options.network,
                   "Who may use the data; - for all networks")
      ->type_name("NETWORK")
      ->required();
  AllowOnly(grant.first->add_option("--purpose", options.purpose, "For what")
                ->capture_default_str(),
            ShortEnumNames(*profiles::v1::ConsentPurpose_descriptor()));
  grant.first
      ->add_option("--text-version", options.text_version,
                   "Version of the text that was agreed to")
      ->type_name("TEXT");
  AddTimeOption(*grant.first, "--expires", options.expires,
                "When it ends [a year from now]");
  AddRequestId(grant);
  const Command revoke = AddVerb(
      group, program, "revoke-consent", "End a consent and print the profile",
      "profile revoke-consent p1 --consent c7", verbs.revoke_consent);
  AddName(revoke);
  revoke.first->add_option("--consent", revoke.second->consent, "Its id")
      ->type_name("ID")
      ->required();
  AddRequestId(revoke);
}

}  // namespace

void AddProfileVerbs(CLI::App& root, Program& program,
                     const ProfileVerbs& verbs) {
  CLI::App* group = AddCommandGroup(
      root, "profile",
      "Households: create, put, get, list, update, erase, export, consents");
  AddWriting(*group, program, verbs);
  AddReading(*group, program, verbs);
  AddRights(*group, program, verbs);
  AddConsents(*group, program, verbs);
}

}  // namespace heimweg::cli
