// heimweg packages and heimweg regions.
#include <memory>
#include <string>

#include "clients/cli/match_options.h"
#include "clients/cli/output.h"
#include "clients/cli/package_table.h"
#include "clients/cli/program.h"
#include "clients/cli/reasons_text.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchingService;
using matching::v1::RankPackagesRequest;
using matching::v1::RankPackagesResponse;
using matching::v1::RankRegionsRequest;
using matching::v1::RankRegionsResponse;

struct PackagesOptions {
  MatchOptions match;
  int top = 5;
  bool municipalities = false;
  int home_weight = -1;  // not said
  int job_weight = -1;
  int care_weight = -1;
  int people_weight = -1;
};

template <typename Request>
absl::Status Fill(const PackagesOptions& options, Session& session,
                  Request& request) {
  absl::Status status = FillMatchRequest(options.match, session, request);
  if (!status.ok()) return status;
  request.set_limit(options.top);
  auto& weights = *request.mutable_part_weights();
  if (options.home_weight >= 0) weights.set_home(options.home_weight);
  if (options.job_weight >= 0) weights.set_job(options.job_weight);
  if (options.care_weight >= 0) weights.set_care(options.care_weight);
  if (options.people_weight >= 0) weights.set_people(options.people_weight);
  return absl::OkStatus();
}

void PrintHomes(int64_t homes, Session& session) {
  const Language language = session.language();
  session.console().out << CountedOffers(homes, Area::kHomes, language)
                        << In(language, homes == 1 ? " meets" : " meet",
                              homes == 1 ? " erfüllt" : " erfüllen")
                        << In(language, " every condition.\n",
                              " alle Bedingungen.\n");
}

absl::StatusOr<ExitCode> Packages(const PackagesOptions& options,
                                  Session& session) {
  if (!NamesSubject(options.match, session)) return ExitCode::kUsage;
  RankPackagesRequest request;
  absl::Status status = Fill(options, session, request);
  if (!status.ok()) return status;
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  RankPackagesResponse response;
  status = session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
    return stub->RankPackages(&context, request, &response);
  });
  if (!status.ok()) return status;
  if (session.json()) {
    PrintMessage(response, session);
    return ExitCode::kOk;
  }
  const Table table = PackageTable(response, session.language());
  if (!table.empty()) {
    PrintTable(table, session);
    session.console().out << "\n";
  }
  PrintHomes(response.eligible_homes(), session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Regions(const PackagesOptions& options,
                                 Session& session) {
  if (!NamesSubject(options.match, session)) return ExitCode::kUsage;
  RankRegionsRequest request;
  absl::Status status = Fill(options, session, request);
  if (!status.ok()) return status;
  request.set_level(options.municipalities
                        ? matching::v1::REGION_LEVEL_MUNICIPALITY
                        : matching::v1::REGION_LEVEL_DISTRICT);
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  RankRegionsResponse response;
  status = session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
    return stub->RankRegions(&context, request, &response);
  });
  if (!status.ok()) return status;
  if (session.json()) {
    PrintMessage(response, session);
    return ExitCode::kOk;
  }
  const Table table = RegionTable(response, session.language());
  if (!table.empty()) {
    PrintTable(table, session);
    return ExitCode::kOk;
  }
  PrintHomes(0, session);
  return ExitCode::kOk;
}

void AddOptions(CLI::App& command, PackagesOptions& options) {
  AddMatchOptions(command, options.match, false);
  command.add_option("--top", options.top, "Most results, 1 to 100")
      ->type_name("N")
      ->check(CLI::Range(1, 100).description(""))
      ->capture_default_str();
  const auto add_weight = [&](const char* name, int& weight, int least,
                              const char* help) {
    command.add_option(name, weight, help)
        ->type_name("0-10")
        ->check(CLI::Range(least, 10).description(""));
  };
  add_weight("--home-weight", options.home_weight, 1,
             "How much the home counts, 1 to 10 [5]");
  add_weight("--job-weight", options.job_weight, 1,
             "How much each job counts, 1 to 10 [5]");
  add_weight("--care-weight", options.care_weight, 0,
             "How much each place in childcare or school counts; 0: none is "
             "looked for [3]");
  add_weight("--people-weight", options.people_weight, 0,
             "How much people count; 0: none are looked for [2]");
}

}  // namespace

void AddPackagesCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "packages",
      "Rank packages for a household: one home, a job for each adult who seeks "
      "one, childcare and schools, and people, as one. With --json: the "
      "RankPackagesResponse.",
      {"packages --profile profiles/p1 --top 3",
       "packages --profile-file p.json --region 12062 --json"});
  auto options = std::make_shared<PackagesOptions>();
  AddOptions(*command, *options);
  SetAction(*command, program, [options](Session& session) {
    return Packages(*options, session);
  });
}

void AddRegionsCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "regions",
      "Rank districts, or municipalities, for a household by the best package "
      "whose home lies there. With --json: the RankRegionsResponse.",
      {"regions --profile profiles/p1",
       "regions --profile-file p.json --region 12 --municipalities --top 10"});
  auto options = std::make_shared<PackagesOptions>();
  AddOptions(*command, *options);
  command->add_flag("--municipalities", options->municipalities,
                    "Municipalities instead of districts");
  SetAction(*command, program,
            [options](Session& session) { return Regions(*options, session); });
}

}  // namespace heimweg::cli
