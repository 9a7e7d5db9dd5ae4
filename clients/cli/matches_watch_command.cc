// heimweg matches watch.
#include <memory>
#include <string>

#include "clients/cli/errors.h"
#include "clients/cli/match_rows.h"
#include "clients/cli/output.h"
#include "clients/cli/watch_run.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchService;

struct MatchWatchOptions {
  std::string profile;
  std::string resume;
  bool once = false;
};

struct MatchWatchKind {
  using WatchResponse = matching::v1::WatchMatchesResponse;
  static const matching::v1::StoredMatch* Resource(
      const matching::v1::MatchChange& change) {
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
      const auto& match =
          static_cast<const matching::v1::StoredMatch&>(*change.resource);
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

absl::StatusOr<ExitCode> WatchMatches(const MatchWatchOptions& options,
                                      Session& session) {
  const auto parent = MatchParent(options.profile);
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

}  // namespace

void AddMatchesWatchCommand(CLI::App& group, Program& program) {
  CLI::App* command = AddCommand(
      group, "watch",
      "Print the matches that were released, then every change, until Ctrl-C",
      {"matches watch", "matches watch --profile p1 --json --resume TOKEN"});
  auto options = std::make_shared<MatchWatchOptions>();
  AddMatchProfileOption(*command, options->profile);
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

}  // namespace heimweg::cli
