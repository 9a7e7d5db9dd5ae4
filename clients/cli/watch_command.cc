// heimweg watch jobs|homes|contacts|profiles.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/errors.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/output.h"
#include "clients/cli/profile_watch.h"
#include "clients/cli/program.h"
#include "clients/cli/terms.h"
#include "clients/cli/watch_run.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::cli {
namespace {

struct WatchOptions {
  Area area;
  std::string network;
  std::string resume;
  bool once = false;
};

// Describes a changed resource in a few words.
using Describe = std::function<std::string(const google::protobuf::Message&)>;

bool PrintBatch(const WatchStream& stream, const Describe& describe,
                bool until_complete, Session& session) {
  std::ostream& out = session.console().out;
  const WatchBatch batch = stream.Batch();
  for (const WatchBatch::Change& change : batch.changes) {
    if (session.json()) {
      PrintMessage(*change.message, session);
    } else if (change.resource != nullptr) {
      out << "+ " << Printable(describe(*change.resource)) << "\n";
    } else {
      out << "- " << change.deleted_name << "\n";
    }
  }
  if (session.json()) PrintMessage(*stream.Mark(), session);
  out.flush();
  return out.good() && !(until_complete && batch.complete);
}

absl::StatusOr<ExitCode> Follow(const WatchOptions& options, Session& session,
                                const OpenWatch& open,
                                const Describe& describe) {
  std::string token = options.resume;
  absl::Status status = Watch(
      session, options.area, open,
      [&](const WatchStream& stream) {
        return PrintBatch(stream, describe, options.once, session);
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

absl::StatusOr<ExitCode> WatchOffers(const WatchOptions& options,
                                     Session& session) {
  const auto parent =
      NetworkName(options.network.empty() ? "-" : options.network);
  if (!parent.ok()) return parent.status();
  session.console().listen_for_interrupt();
  const auto service = NewOfferService(options.area, session);
  const Language language = session.language();
  return Follow(
      options, session,
      [&](absl::string_view token, grpc::CompletionQueue* queue) {
        return service->NewWatch(*parent, token, queue);
      },
      [&](const google::protobuf::Message& offer) {
        const OfferSummary row = service->Summarize(offer);
        return absl::StrCat(
            row.name, "  ",
            Term(type::v1::OfferState_Name(row.state), language), "  ",
            row.postal_code, " ", row.municipality, "  ", row.title);
      });
}

absl::StatusOr<ExitCode> WatchProfiles(const WatchOptions& options,
                                       Session& session) {
  session.console().listen_for_interrupt();
  return Follow(
      options, session,
      [&](absl::string_view token, grpc::CompletionQueue* queue) {
        return NewProfileWatch(session, token, queue);
      },
      [](const google::protobuf::Message& message) {
        return static_cast<const profiles::v1::Profile&>(message).name();
      });
}

void AddWatch(CLI::App& group, Program& program, Area area) {
  const std::string what(AreaName(area));
  const bool profiles = area == Area::kProfiles;
  CLI::App* command = AddCommand(
      group, what,
      absl::StrCat("Print the ", what,
                   " as they are, then every change, until Ctrl-C"),
      {profiles ? "watch profiles --json"
                : absl::StrCat("watch ", what, " --network elbe-elster"),
       absl::StrCat("watch ", what, " --json --resume TOKEN")});
  auto options = std::make_shared<WatchOptions>();
  options->area = area;
  if (!profiles) {
    command
        ->add_option("--network,-n", options->network,
                     "Only of this network [all]")
        ->envname("HEIMWEG_NETWORK")
        ->type_name("NETWORK");
  }
  command
      ->add_option("--resume", options->resume,
                   "Go on behind this token, which every watch prints at its "
                   "end and, with --json, after each batch")
      ->type_name("TOKEN");
  command->add_flag("--once", options->once,
                    "End when the state is complete, without waiting for more");
  SetAction(*command, program, [options, profiles](Session& session) {
    return profiles ? WatchProfiles(*options, session)
                    : WatchOffers(*options, session);
  });
}

}  // namespace

void AddWatchCommand(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(root, "watch", "Follow changes");
  for (const Area area :
       {Area::kJobs, Area::kHomes, Area::kContacts, Area::kProfiles}) {
    AddWatch(*group, program, area);
  }
}

}  // namespace heimweg::cli
