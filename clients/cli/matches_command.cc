// heimweg matches list|get|act.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/cli/match_rows.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchService;
using matching::v1::StoredMatch;

constexpr char kStatePrefix[] = "MATCH_STATE_";
constexpr char kActionPrefix[] = "MATCH_ACTION_";
constexpr char kReasonPrefix[] = "MATCH_STATE_REASON_";
constexpr char kMatchNameHelp[] = "profiles/{profile}/matches/{match}";

struct MatchesOptions {
  std::string profile;
  std::vector<std::string> states;
  std::string offer;
  bool all_standings = false;
  std::string name;
  std::string action;
  std::string reason;
  double hold_days = 0;  // not said
  std::string etag;
  std::string request_id;
};

// "too-far" of "MATCH_STATE_REASON_TOO_FAR".
std::string FlagOf(absl::string_view enum_name, absl::string_view prefix) {
  std::string text = absl::AsciiStrToLower(
      enum_name.substr(std::min(prefix.size(), enum_name.size())));
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

// The number behind the flag; 0 if it is none.
int NumberOf(const google::protobuf::EnumDescriptor& type,
             absl::string_view flag, absl::string_view prefix) {
  for (int i = 1; i < type.value_count(); ++i) {
    if (FlagOf(type.value(i)->name(), prefix) == flag) {
      return type.value(i)->number();
    }
  }
  return 0;
}

std::vector<std::string> FlagsOf(const google::protobuf::EnumDescriptor& type,
                                 absl::string_view prefix) {
  std::vector<std::string> flags;
  for (int i = 1; i < type.value_count(); ++i) {
    flags.push_back(FlagOf(type.value(i)->name(), prefix));
  }
  return flags;
}

absl::Status FillFilter(const MatchesOptions& options,
                        matching::v1::MatchFilter& filter) {
  for (const std::string& state : options.states) {
    filter.add_states(static_cast<matching::v1::MatchState>(
        NumberOf(*matching::v1::MatchState_descriptor(), state, kStatePrefix)));
  }
  if (!options.all_standings) {
    filter.add_standings(matching::v1::MATCH_STANDING_FITS);
  }
  if (options.offer.empty()) return absl::OkStatus();
  filter.set_offer(options.offer);
  return AreaOfOffer(options.offer).status();
}

absl::StatusOr<ExitCode> ListMatches(const MatchesOptions& options,
                                     Session& session) {
  const auto parent = MatchParent(options.profile);
  if (!parent.ok()) return parent.status();
  matching::v1::ListMatchesRequest request;
  request.set_parent(*parent);
  absl::Status status = FillFilter(options, *request.mutable_filter());
  if (!status.ok()) return status;
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  std::vector<StoredMatch> matches;
  do {
    matching::v1::ListMatchesResponse page;
    status = session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
      return stub->ListMatches(&context, request, &page);
    });
    if (!status.ok()) return status;
    for (StoredMatch& match : *page.mutable_matches()) {
      if (session.json()) {
        PrintMessage(match, session);
      } else {
        matches.push_back(std::move(match));
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && session.console().out);
  if (session.json()) return ExitCode::kOk;
  if (matches.empty()) {
    session.console().out << In(session.language(), "No matches.\n",
                                "Keine Treffer.\n");
  } else {
    PrintTable(StoredMatchTable(matches, session.language()), session);
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> GetMatch(const MatchesOptions& options,
                                  Session& session) {
  matching::v1::GetMatchRequest request;
  request.set_name(options.name);
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  StoredMatch match;
  const absl::Status status =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub->GetMatch(&context, request, &match);
      });
  if (!status.ok()) return status;
  PrintMessage(match, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> ActOnMatch(const MatchesOptions& options,
                                    Session& session) {
  matching::v1::ActOnMatchRequest request;
  request.set_name(options.name);
  request.set_action(static_cast<matching::v1::MatchAction>(NumberOf(
      *matching::v1::MatchAction_descriptor(), options.action, kActionPrefix)));
  request.set_reason(static_cast<matching::v1::MatchStateReason>(
      NumberOf(*matching::v1::MatchStateReason_descriptor(), options.reason,
               kReasonPrefix)));
  if (options.hold_days > 0) {
    request.mutable_hold_duration()->set_seconds(
        absl::ToInt64Seconds(absl::Hours(24) * options.hold_days));
  }
  request.set_etag(options.etag);
  request.set_request_id(options.request_id.empty()
                             ? session.console().new_request_id()
                             : options.request_id);
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  StoredMatch match;
  const absl::Status status =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub->ActOnMatch(&context, request, &match);
      });
  if (!status.ok()) return status;
  if (session.json()) {
    PrintMessage(match, session);
  } else {
    PrintTable(StoredMatchTable({match}, session.language()), session);
  }
  return ExitCode::kOk;
}

void AddMatchesList(CLI::App& group, Program& program) {
  CLI::App* command = AddCommand(
      group, "list", "List the stored matches in the order of their names",
      {"matches list --profile p1", "matches list --state saved --json"});
  auto options = std::make_shared<MatchesOptions>();
  AddMatchProfileOption(*command, options->profile);
  AllowOnly(
      command->add_option("--state", options->states, "Only in these states"),
      FlagsOf(*matching::v1::MatchState_descriptor(), kStatePrefix));
  command->add_option("--offer", options->offer, "Only of this offer")
      ->type_name("NAME");
  command->add_flag("--all", options->all_standings,
                    "Also those whose offer fits no more or is gone");
  SetAction(*command, program, [options](Session& session) {
    return ListMatches(*options, session);
  });
}

void AddMatchesAct(CLI::App& group, Program& program) {
  CLI::App* command = AddCommand(
      group, "act", "Do something with a match and print it",
      {"matches act profiles/p1/matches/0123456789abcdef0123 save",
       "matches act profiles/p1/matches/0123456789abcdef0123 propose "
       "--hold-days 3"});
  auto options = std::make_shared<MatchesOptions>();
  command->add_option("name", options->name, kMatchNameHelp)
      ->type_name("NAME")
      ->required();
  CLI::Option* action =
      command->add_option("action", options->action, "What is done");
  AllowOnly(action,
            FlagsOf(*matching::v1::MatchAction_descriptor(), kActionPrefix));
  action->required();
  AllowOnly(
      command->add_option("--reason", options->reason,
                          "Why; with dismiss, decline and withdraw"),
      {"too-far", "money", "time", "other-kind", "found-elsewhere", "other"});
  command
      ->add_option("--hold-days", options->hold_days,
                   "With propose: days for which the offer is held [7]")
      ->type_name("DAYS")
      ->check(CLI::Range(0.001, 90.0).description(""));
  command
      ->add_option("--etag", options->etag,
                   "Only if the match has not changed since")
      ->type_name("ETAG");
  command->add_option("--request-id", options->request_id, kRequestIdHelp)
      ->type_name("UUID");
  SetAction(*command, program, [options](Session& session) {
    return ActOnMatch(*options, session);
  });
}

}  // namespace

void AddMatchesCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(
      root, "matches",
      "What standing wishes have matched: the offers that fit when they came "
      "up, and what became of them");
  AddMatchesList(*group, program);
  CLI::App* get =
      AddCommand(*group, "get", "Print one match",
                 {"matches get profiles/p1/matches/0123456789abcdef0123"});
  auto options = std::make_shared<MatchesOptions>();
  get->add_option("name", options->name, kMatchNameHelp)
      ->type_name("NAME")
      ->required();
  SetAction(*get, program, [options](Session& session) {
    return GetMatch(*options, session);
  });
  AddMatchesWatchCommand(*group, program);
  AddMatchesAct(*group, program);
}

}  // namespace heimweg::cli
