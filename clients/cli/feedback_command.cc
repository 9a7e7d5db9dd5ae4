// heimweg feedback give|list|delete.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/terms.h"
#include "google/protobuf/empty.pb.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::Feedback;
using matching::v1::FeedbackKind;
using matching::v1::MatchService;

struct FeedbackOptions {
  std::string profile;
  std::string offer;
  std::string kind;
  std::string name;
};

FeedbackKind FeedbackKindOf(const std::string& flag) {
  if (flag == "save") return matching::v1::FEEDBACK_KIND_SAVE;
  if (flag == "dismiss") return matching::v1::FEEDBACK_KIND_DISMISS;
  if (flag == "more") return matching::v1::FEEDBACK_KIND_MORE_LIKE_THIS;
  if (flag == "block-landlord") {
    return matching::v1::FEEDBACK_KIND_BLOCK_LANDLORD;
  }
  return matching::v1::FEEDBACK_KIND_BLOCK_EMPLOYER;
}

// What was learned of the offer.
std::string LearnedText(const Feedback& feedback) {
  switch (feedback.kind()) {
    case matching::v1::FEEDBACK_KIND_BLOCK_EMPLOYER:
      return feedback.employer();
    case matching::v1::FEEDBACK_KIND_BLOCK_LANDLORD:
      return feedback.landlord();
    default:
      return absl::StrJoin(feedback.kldb_codes(), ", ");
  }
}

absl::StatusOr<ExitCode> GiveFeedback(const FeedbackOptions& options,
                                      Session& session) {
  const auto profile = ProfileName(options.profile);
  if (!profile.ok()) return profile.status();
  matching::v1::GiveFeedbackRequest request;
  request.set_parent(*profile);
  request.mutable_feedback()->set_offer(options.offer);
  request.mutable_feedback()->set_kind(FeedbackKindOf(options.kind));
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  Feedback feedback;
  const absl::Status status =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub->GiveFeedback(&context, request, &feedback);
      });
  if (!status.ok()) return status;
  PrintMessage(feedback, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> ListFeedback(const FeedbackOptions& options,
                                      Session& session) {
  const auto profile = ProfileName(options.profile);
  if (!profile.ok()) return profile.status();
  matching::v1::ListFeedbackRequest request;
  request.set_parent(*profile);
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  matching::v1::ListFeedbackResponse response;
  const absl::Status status =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub->ListFeedback(&context, request, &response);
      });
  if (!status.ok()) return status;
  const Language language = session.language();
  Table table;
  table.AddColumn(In(language, "Said", "Gesagt"));
  table.AddColumn(In(language, "Offer", "Angebot"));
  table.AddColumn(In(language, "Learned", "Gelernt"), Table::Align::kLeft,
                  true);
  table.AddColumn(In(language, "Name", "Name"));
  for (const Feedback& feedback : response.feedback()) {
    if (session.json()) {
      PrintMessage(feedback, session);
      continue;
    }
    table.AddRow({Term(FeedbackKind_Name(feedback.kind()), language),
                  feedback.offer(), LearnedText(feedback), feedback.name()});
  }
  if (session.json()) return ExitCode::kOk;
  if (table.empty()) {
    session.console().out << In(language, "No feedback.\n",
                                "Keine Rückmeldungen.\n");
  } else {
    PrintTable(table, session);
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> DeleteFeedback(const FeedbackOptions& options,
                                        Session& session) {
  matching::v1::DeleteFeedbackRequest request;
  request.set_name(options.name);
  const auto stub = MatchService::NewStub(session.Channel(Area::kMatching));
  google::protobuf::Empty nothing;
  const absl::Status status =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub->DeleteFeedback(&context, request, &nothing);
      });
  if (!status.ok()) return status;
  return ExitCode::kOk;
}

}  // namespace

void AddFeedbackCommands(CLI::App& root, Program& program) {
  CLI::App* group =
      AddCommandGroup(root, "feedback",
                      "What households say about offers; it counts in their "
                      "next rankings, which show it with --json");
  const auto options = std::make_shared<FeedbackOptions>();
  CLI::App* give = AddCommand(
      *group, "give", "Say what a household thinks of an offer, and print it",
      {"feedback give p1 networks/n/jobs/j1 more",
       "feedback give p1 networks/n/jobs/j1 block-employer",
       "feedback give p1 networks/n/homes/h1 block-landlord"});
  give->add_option("profile", options->profile, "profiles/{profile}, or its id")
      ->type_name("PROFILE")
      ->required();
  give->add_option("offer", options->offer, "Name of the offer")
      ->type_name("NAME")
      ->required();
  CLI::Option* kind = give->add_option("kind", options->kind, "What is said");
  AllowOnly(kind,
            {"save", "dismiss", "block-employer", "block-landlord", "more"});
  kind->required();
  SetAction(*give, program, [options](Session& session) {
    return GiveFeedback(*options, session);
  });
  CLI::App* list =
      AddCommand(*group, "list", "List what a household said about offers",
                 {"feedback list p1"});
  list->add_option("profile", options->profile, "profiles/{profile}, or its id")
      ->type_name("PROFILE")
      ->required();
  SetAction(*list, program, [options](Session& session) {
    return ListFeedback(*options, session);
  });
  CLI::App* erase =
      AddCommand(*group, "delete", "Take feedback back",
                 {"feedback delete profiles/p1/feedback/0123456789abcdef0123"});
  erase
      ->add_option("name", options->name,
                   "profiles/{profile}/feedback/{feedback}")
      ->type_name("NAME")
      ->required();
  SetAction(*erase, program, [options](Session& session) {
    return DeleteFeedback(*options, session);
  });
}

}  // namespace heimweg::cli
