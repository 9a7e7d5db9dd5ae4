// heimweg returnees.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/cli/flags.h"
#include "clients/cli/match_table.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/reasons_text.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchingService;
using matching::v1::RankReturneesRequest;
using matching::v1::RankReturneesResponse;

struct ReturneesOptions {
  std::string offer;
  std::string network;
  double threshold = -1;  // not said
  int top = 20;
  absl::Time at = absl::InfiniteFuture();  // now
};

Table ReturneeTable(const RankReturneesResponse& response, Language language) {
  Table table;
  table.AddColumn("#", Table::Align::kRight);
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "To them", "Für sie"), Table::Align::kRight);
  table.AddColumn(In(language, "To the offer", "Fürs Angebot"),
                  Table::Align::kRight);
  table.AddColumn(In(language, "Household", "Haushalt"));
  table.AddColumn(In(language, "Distance", "Entfernung"), Table::Align::kRight);
  int rank = 0;
  for (const matching::v1::RankedReturnee& returnee : response.returnees()) {
    const matching::v1::Match& match = returnee.match();
    table.AddRow({absl::StrCat(++rank),
                  FormatScore(returnee.score_millionths(), language),
                  FormatScore(match.score_millionths(), language),
                  FormatScore(returnee.offer_score_millionths(), language),
                  match.adult().empty() ? returnee.profile()
                                        : absl::StrCat(returnee.profile(), " (",
                                                       match.adult(), ")"),
                  Distance(match, language)});
    for (const matching::v1::Reason& reason : match.reasons()) {
      const std::string text = ReasonText(reason, language);
      if (!text.empty()) table.AddNote(absl::StrCat("· ", text));
    }
  }
  return table;
}

absl::Status Fill(const ReturneesOptions& options,
                  RankReturneesRequest& request) {
  const auto area = AreaOfOffer(options.offer);
  if (!area.ok()) return area.status();
  request.set_offer(options.offer);
  if (!options.network.empty()) {
    const auto network = NetworkName(options.network);
    if (!network.ok()) return network.status();
    request.set_network(*network);
  }
  if (options.threshold >= 0) {
    request.set_threshold_millionths(
        static_cast<int>(options.threshold * 10'000 + 0.5));
  }
  request.set_limit(options.top);
  if (options.at != absl::InfiniteFuture()) {
    request.mutable_evaluation_time()->set_seconds(
        absl::ToUnixSeconds(options.at));
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> Returnees(const ReturneesOptions& options,
                                   Session& session) {
  RankReturneesRequest request;
  absl::Status status = Fill(options, request);
  if (!status.ok()) return status;
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  RankReturneesResponse response;
  status = session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
    return stub->RankReturnees(&context, request, &response);
  });
  if (!status.ok()) return status;
  if (session.json()) {
    PrintMessage(response, session);
    return ExitCode::kOk;
  }
  const Language language = session.language();
  const Table table = ReturneeTable(response, language);
  if (!table.empty()) {
    PrintTable(table, session);
    session.console().out << "\n";
  }
  const bool one = response.eligible_profiles() == 1;
  session.console().out
      << FormatCount(response.eligible_profiles(), language)
      << (one ? In(language, " household that consented reaches ",
                   " Haushalt, der eingewilligt hat, erreicht ")
              : In(language, " households that consented reach ",
                   " Haushalte, die eingewilligt haben, erreichen "))
      << FormatScore(response.threshold_millionths(), language)
      << In(language, " on both sides.\n", " auf beiden Seiten.\n");
  return ExitCode::kOk;
}

}  // namespace

void AddReturneesCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "returnees",
      "Rank the stored households for an offer: those who consented to the "
      "network that asks, with the score of both sides. With --json: the "
      "RankReturneesResponse.",
      {"returnees networks/elbe-elster/jobs/j1 --top 5",
       "returnees networks/n/homes/h1 --network m --threshold 70 --json"});
  auto options = std::make_shared<ReturneesOptions>();
  command->add_option("offer", options->offer, "Name of the offer")
      ->type_name("NAME")
      ->required();
  command
      ->add_option("--network,-n", options->network,
                   "Network that asks [that of the offer]")
      ->type_name("NETWORK");
  command
      ->add_option("--threshold", options->threshold,
                   "Lowest score of each side, 0 to 100 [60]")
      ->type_name("SCORE")
      ->check(CLI::Range(0.0, 100.0).description(""));
  command->add_option("--top", options->top, "Most households, 1 to 1000")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str();
  AddTimeOption(*command, "--at", options->at,
                "Moment for which it is asked [now]");
  SetAction(*command, program, [options](Session& session) {
    return Returnees(*options, session);
  });
}

}  // namespace heimweg::cli
