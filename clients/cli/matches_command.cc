// heimweg matches list|get|watch|act.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/cli/errors.h"
#include "clients/cli/match_table.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/reasons_text.h"
#include "clients/cli/terms.h"
#include "clients/cli/watch_run.h"
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
  std::string resume;
  bool once = false;
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

std::string StateText(const StoredMatch& match, Language language) {
  std::string text = Term(MatchState_Name(match.state()), language);
  if (match.state_reason() != matching::v1::MATCH_STATE_REASON_UNSPECIFIED) {
    absl::StrAppend(&text, " (",
                    Term(MatchStateReason_Name(match.state_reason()), language),
                    ")");
  }
  if (match.standing() != matching::v1::MATCH_STANDING_FITS) {
    absl::StrAppend(&text, ", ",
                    Term(MatchStanding_Name(match.standing()), language));
  } else if (!match.released()) {
    absl::StrAppend(&text, ", ", In(language, "held back", "zurückgehalten"));
  }
  return text;
}

Table StoredMatchTable(const std::vector<StoredMatch>& matches,
                       Language language) {
  Table table;
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "State", "Stand"));
  table.AddColumn(In(language, "Title", "Titel"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Distance", "Entfernung"), Table::Align::kRight);
  table.AddColumn(In(language, "Name", "Name"));
  for (const StoredMatch& match : matches) {
    const matching::v1::OfferCard& card = match.match().card();
    table.AddRow({FormatScore(match.score_millionths(), language),
                  StateText(match, language), card.title(),
                  absl::StrCat(card.postal_code(), " ", card.municipality()),
                  Distance(match.match(), language), match.name()});
    for (const matching::v1::Reason& reason : match.match().reasons()) {
      const std::string text = ReasonText(reason, language);
      if (!text.empty()) table.AddNote(absl::StrCat("· ", text));
    }
  }
  return table;
}

absl::StatusOr<std::string> MatchParent(const MatchesOptions& options) {
  if (options.profile.empty() || options.profile == "-") return "profiles/-";
  return ProfileName(options.profile);
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
  const auto parent = MatchParent(options);
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

struct MatchWatchKind {
  using WatchResponse = matching::v1::WatchMatchesResponse;
  static const StoredMatch* Resource(const matching::v1::MatchChange& change) {
    return change.has_match() ? &change.match() : nullptr;
  }
};

bool PrintMatchBatch(const WatchStream& stream, bool until_complete,
                     Session& session) {
  std::ostream& out = session.console().out;
  const Language language = session.language();
  const WatchBatch batch = stream.Batch();
  for (const WatchBatch::Change& change : batch.changes) {
    if (session.json()) {
      PrintMessage(*change.message, session);
    } else if (change.resource != nullptr) {
      const auto& match = static_cast<const StoredMatch&>(*change.resource);
      out << "+ " << match.name() << "  "
          << FormatScore(match.score_millionths(), language) << "  "
          << StateText(match, language) << "  " << match.match().offer() << "  "
          << Printable(match.match().card().title()) << "\n";
    } else {
      out << "- " << change.deleted_name << "\n";
    }
  }
  if (session.json()) PrintMessage(*stream.Mark(), session);
  out.flush();
  return out.good() && !(until_complete && batch.complete);
}

absl::StatusOr<ExitCode> WatchMatches(const MatchesOptions& options,
                                      Session& session) {
  const auto parent = MatchParent(options);
  if (!parent.ok()) return parent.status();
  session.console().listen_for_interrupt();
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  std::string token = options.resume;
  const absl::Status status = Watch(
      session, Area::kMatching,
      [&](absl::string_view resume, grpc::CompletionQueue* queue) {
        matching::v1::WatchMatchesRequest request;
        request.set_parent(*parent);
        request.set_resume_token(std::string(resume));
        return std::make_unique<TypedWatchStream<MatchWatchKind>>(
            [&](grpc::ClientContext* context) {
              return stub->PrepareAsyncWatchMatches(context, request, queue);
            });
      },
      [&](const WatchStream& stream) {
        return PrintMatchBatch(stream, options.once, session);
      },
      token);
  if (status.code() == absl::StatusCode::kOutOfRange) {
    return WithHint(status, "watch again without --resume");
  }
  if (!token.empty()) {
    session.console().err << "Resume with --resume " << token << "\n";
  }
  if (!status.ok()) return status;
  return ExitCode::kOk;
}

using MatchesOptionsPtr = std::shared_ptr<MatchesOptions>;

void AddProfileOption(CLI::App& command, const MatchesOptionsPtr& options) {
  command
      .add_option("--profile,-p", options->profile,
                  "Only of this profile [all that the caller created]")
      ->type_name("PROFILE");
}

void AddMatchesList(CLI::App& group, Program& program) {
  CLI::App* command = AddCommand(
      group, "list", "List the stored matches in the order of their names",
      {"matches list --profile p1", "matches list --state saved --json"});
  auto options = std::make_shared<MatchesOptions>();
  AddProfileOption(*command, options);
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

void AddMatchesWatch(CLI::App& group, Program& program) {
  CLI::App* command = AddCommand(
      group, "watch",
      "Print the matches that were released, then every change, until Ctrl-C",
      {"matches watch", "matches watch --profile p1 --json --resume TOKEN"});
  auto options = std::make_shared<MatchesOptions>();
  AddProfileOption(*command, options);
  command
      ->add_option("--resume", options->resume,
                   "Go on behind this token, which every watch prints at its "
                   "end and, with --json, after each batch")
      ->type_name("TOKEN");
  command->add_flag("--once", options->once,
                    "End when the state is complete, without waiting for more");
  SetAction(*command, program, [options](Session& session) {
    return WatchMatches(*options, session);
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
  AddMatchesWatch(*group, program);
  AddMatchesAct(*group, program);
}

}  // namespace heimweg::cli
