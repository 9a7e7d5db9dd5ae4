// heimweg explain.
#include <memory>
#include <string>

#include "clients/cli/match_options.h"
#include "clients/cli/match_table.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/reasons_text.h"
#include "clients/cli/terms.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::ExplainMatchRequest;
using matching::v1::ExplainMatchResponse;
using matching::v1::MatchingService;

struct ExplainOptions {
  MatchOptions match;
  std::string offer;
};

void Print(const ExplainMatchResponse& response, Session& session) {
  const Language language = session.language();
  std::ostream& out = session.console().out;
  const auto& match = response.match();
  out << Printable(match.card().title()) << "  " << match.offer() << "\n"
      << In(language, "Score ", "Punkte ")
      << FormatScore(match.score_millionths(), language) << ", "
      << (response.eligible() ? In(language, "meets every condition",
                                   "erfüllt alle Bedingungen")
                              : In(language, "does not meet every condition",
                                   "erfüllt nicht alle Bedingungen"))
      << "\n";
  for (const matching::v1::Reason& reason : match.reasons()) {
    const std::string text = ReasonText(reason, language);
    if (!text.empty()) out << "· " << Printable(text) << "\n";
  }
  for (const matching::v1::Feedback& feedback : response.feedback()) {
    out << In(language, "Counts: ", "Zählt: ")
        << Term(FeedbackKind_Name(feedback.kind()), language) << "  "
        << feedback.offer() << "\n";
  }
  out << "\n";
  PrintTable(ConstraintTable(response, language), session);
  out << "\n";
  PrintTable(FeatureTable(match, language), session);
  if (response.required_relaxations().empty()) return;
  out << "\n"
      << In(language, "What would have to give:", "Was nachgeben müsste:")
      << "\n";
  for (const auto& relaxation : response.required_relaxations()) {
    out << "· " << Printable(RequiredRelaxationText(relaxation, language))
        << "\n";
  }
}

absl::StatusOr<ExitCode> Explain(const ExplainOptions& options,
                                 Session& session) {
  if (!NamesSubject(options.match, session)) return ExitCode::kUsage;
  ExplainMatchRequest request;
  absl::Status status = FillMatchRequest(options.match, session, request);
  if (!status.ok()) return status;
  const auto area = AreaOfOffer(options.offer);
  if (!area.ok()) return area.status();
  request.set_offer(options.offer);
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  ExplainMatchResponse response;
  status = session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
    return stub->ExplainMatch(&context, request, &response);
  });
  if (!status.ok()) return status;
  if (session.json()) {
    PrintMessage(response, session);
  } else {
    Print(response, session);
  }
  return ExitCode::kOk;
}

}  // namespace

void AddExplainCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "explain",
      "Explain one pair of a household and an offer: every condition, every "
      "feature, and what would have to give",
      {"explain --profile p1 --offer networks/elbe-elster/jobs/a1",
       "explain --profile-file p.json --offer networks/hsk/homes/h7 --lang "
       "de"});
  auto options = std::make_shared<ExplainOptions>();
  AddMatchOptions(*command, options->match);
  command->add_option("--offer", options->offer, "Full name of the offer")
      ->type_name("NAME")
      ->required();
  SetAction(*command, program,
            [options](Session& session) { return Explain(*options, session); });
}

}  // namespace heimweg::cli
