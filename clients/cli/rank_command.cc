// heimweg rank.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/match_options.h"
#include "clients/cli/match_table.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/reasons_text.h"
#include "clients/cli/terms.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchingService;
using matching::v1::RankOffersRequest;
using matching::v1::RankOffersResponse;

struct RankOptions {
  MatchOptions match;
  std::string kind;
  int top = 20;
  bool full = false;
  bool facets = false;
  bool exclusions = false;
  bool relaxations = false;
  bool count = false;
};

absl::StatusOr<RankOffersResponse> Ask(const RankOptions& options,
                                       Session& session) {
  RankOffersRequest request;
  absl::Status status = FillMatchRequest(options.match, session, request);
  if (!status.ok()) return status;
  request.set_kind(OfferKindOf(AreaOfKind(options.kind)));
  request.set_view(options.full ? matching::v1::MATCH_VIEW_FULL
                                : matching::v1::MATCH_VIEW_BASIC);
  request.set_limit(options.top);
  request.set_include_facets(options.facets);
  request.set_include_exclusions(options.exclusions);
  request.set_include_relaxations(options.relaxations);
  request.set_include_eligible(options.count);
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  RankOffersResponse response;
  status = session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
    return stub->RankOffers(&context, request, &response);
  });
  if (!status.ok()) return status;
  return response;
}

void PrintCounts(const RankOffersResponse& response, Area area,
                 Session& session) {
  const Language language = session.language();
  std::ostream& out = session.console().out;
  if (!response.eligible_offers_exact()) {
    out << In(language, "At least ", "Mindestens ");
  }
  out << CountedOffers(response.eligible_offers(), area, language)
      << In(language,
            response.eligible_offers() == 1 ? " meets every condition.\n"
                                            : " meet every condition.\n",
            response.eligible_offers() == 1 ? " erfüllt alle Bedingungen.\n"
                                            : " erfüllen alle Bedingungen.\n");
  for (const auto& exclusion : response.exclusions()) {
    out << ExclusionText(exclusion, area, language) << "\n";
  }
  for (const auto& relaxation : response.relaxations()) {
    out << RelaxationText(relaxation, area, language) << "\n";
  }
}

absl::string_view FacetName(absl::string_view key, Language language) {
  if (key == "type") return In(language, "Type", "Art");
  if (key == "district") return In(language, "District", "Landkreis");
  if (key == "kldb") return In(language, "Occupation (KldB)", "Beruf (KldB)");
  return key;
}

void PrintFacets(const RankOffersResponse& response, Session& session) {
  const Language language = session.language();
  for (const matching::v1::Facet& facet : response.facets()) {
    Table table;
    table.AddColumn(FacetName(facet.key(), language));
    table.AddColumn(In(language, "Offers", "Angebote"), Table::Align::kRight);
    for (const auto& value : facet.values()) {
      table.AddRow({Term(value.value(), language),
                    FormatCount(value.offers(), language)});
    }
    session.console().out << "\n";
    PrintTable(table, session);
  }
}

absl::StatusOr<ExitCode> Rank(const RankOptions& options, Session& session) {
  if (!NamesSubject(options.match, session)) return ExitCode::kUsage;
  const absl::StatusOr<RankOffersResponse> response = Ask(options, session);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  const Table table = MatchTable(*response, session.language());
  if (!table.empty()) {
    PrintTable(table, session);
    session.console().out << "\n";
  }
  PrintCounts(*response, AreaOfKind(options.kind), session);
  PrintFacets(*response, session);
  return ExitCode::kOk;
}

}  // namespace

void AddRankCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "rank",
      "Rank the offers of one kind for a household, the best first, each with "
      "its reasons. With --json: the RankOffersResponse.",
      {"rank --profile profiles/p1 --kind jobs --top 5",
       "rank --profile-file p.json --kind homes --region 12062 --json",
       "rank --profile p1 --kind jobs --weights salary=8 --relaxations"});
  auto options = std::make_shared<RankOptions>();
  AddMatchOptions(*command, options->match);
  AddKindOption(*command, options->kind);
  command->add_option("--top", options->top, "Most matches, 1 to 1000")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str();
  command->add_flag("--full", options->full,
                    "Every feature's value, weight and contribution");
  command->add_flag("--count", options->count,
                    "Count all offers that meet every condition; implied by "
                    "the other counts");
  command->add_flag("--facets", options->facets,
                    "Count the matches by their properties");
  command->add_flag("--exclusions", options->exclusions,
                    "Count what each condition alone excludes");
  command->add_flag("--relaxations", options->relaxations,
                    "Count what more there were if a wish gave way");
  SetAction(*command, program,
            [options](Session& session) { return Rank(*options, session); });
}

}  // namespace heimweg::cli
