// heimweg batch offers.
#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/assign_input.h"
#include "clients/cli/offers_call.h"
#include "clients/cli/output.h"
#include "clients/cli/pins.h"
#include "clients/cli/program.h"
#include "clients/importers/json_syntax.h"
#include "services/assignment/exposure.h"
#include "services/assignment/flow.h"
#include "services/assignment/flow_csv.h"

namespace heimweg::cli {
namespace {

using assignment::Exposure;
using assignment::FlowProblem;
using assignment::FlowResult;
using assignment::NamedFlowProblem;
using importers::JsonQuoted;

struct OffersOptions {
  FlowFiles files;
  std::string method = "flow";
  int32_t per_person = 1;
  int32_t exposure_limit = 0;
  OffersCall call;
};

absl::StatusOr<FlowResult> Solve(const std::string& method,
                                 const FlowProblem& problem) {
  if (method == "greedy") return assignment::AssignGreedily(problem);
  if (method == "deferred-acceptance") {
    return assignment::AssignByDeferredAcceptance(problem);
  }
  return assignment::AssignByFlow(problem);
}

// What an assignment is measured by.
struct Report {
  FlowResult result;
  Exposure exposure;
  // Nothing proves a smaller total.
  int64_t bound = 0;
  // Pairs that would both rather have each other; -1: of lists, which have
  // none.
  int64_t blocking = -1;
  // With a limit on exposure: without it.
  Exposure unlimited;
};

// Part of the best total, 1 if there is nothing to reach.
double Share(int64_t total, int64_t best) {
  return best == 0 ? 1 : static_cast<double>(total) / static_cast<double>(best);
}

absl::StatusOr<Report> Assign(const OffersOptions& options,
                              FlowProblem& problem) {
  problem.offers_per_person = options.per_person;
  Report report;
  if (options.exposure_limit > 0) {
    FlowProblem unlimited = problem;
    std::fill(unlimited.capacities.begin(), unlimited.capacities.end(),
              std::max(1, problem.people()));
    const auto best = assignment::AssignGreedily(unlimited);
    if (!best.ok()) return best.status();
    report.unlimited = MeasureExposure(unlimited, *best);
    for (int32_t& capacity : problem.capacities) {
      capacity = options.exposure_limit;
    }
  }
  auto result = Solve(options.method, problem);
  if (!result.ok()) return result.status();
  report.result = *std::move(result);
  report.exposure = MeasureExposure(problem, report.result);
  report.bound = report.result.total;
  if (options.method != "flow") {
    const auto best = assignment::AssignByFlow(problem);
    if (!best.ok()) return best.status();
    report.bound = best->total;
  }
  if (options.per_person == 1) {
    report.blocking = CountBlockingPairs(problem, report.result);
  }
  return report;
}

std::string ExposureJson(const Exposure& exposure) {
  return absl::StrFormat(
      "{\"most\":%d,\"mean\":%.6f,\"gini\":%.6f,\"coverage\":%.6f,\"total\":%"
      "d}",
      exposure.most, exposure.mean, exposure.gini, exposure.coverage,
      exposure.total);
}

void PrintJson(const OffersOptions& options, const NamedFlowProblem& named,
               const Report& report, std::ostream& out) {
  const FlowProblem& problem = named.problem;
  const bool optimal = report.result.total == report.bound;
  out << "{\"status\":" << (optimal ? "\"optimal\"" : "\"feasible\"")
      << ",\"method\":" << JsonQuoted(options.method)
      << ",\"objective\":" << report.result.total
      << ",\"bound\":" << report.bound << ",\"gap\":"
      << absl::StrFormat("%.9f", 1 - Share(report.result.total, report.bound));
  if (report.blocking >= 0) out << ",\"blockingPairs\":" << report.blocking;
  out << ",\"exposure\":" << ExposureJson(report.exposure);
  if (options.exposure_limit > 0) {
    out << ",\"withoutLimit\":" << ExposureJson(report.unlimited);
  }
  out << ",\"assignments\":[";
  int32_t person = 0;
  const char* comma = "";
  for (const int64_t i : report.result.chosen) {
    while (problem.first[person + 1] <= i) ++person;
    const assignment::FlowEdge& edge = problem.edges[i];
    out << comma << "{\"person\":" << JsonQuoted(named.people[person])
        << ",\"offer\":" << JsonQuoted(named.offers[edge.offer])
        << ",\"score\":" << edge.score << "}";
    comma = ",";
  }
  out << "]}\n";
}

void PrintText(const OffersOptions& options, const NamedFlowProblem& named,
               const Report& report, std::ostream& out) {
  out << absl::StrFormat(
      "%s: %d pairs for %d people, total %d, %.3f %% of the optimum %d\n",
      options.method, report.result.chosen.size(), named.people.size(),
      report.result.total, 100 * Share(report.result.total, report.bound),
      report.bound);
  if (report.blocking >= 0) {
    out << report.blocking << " pairs would both rather have each other\n";
  }
  const auto line = [&out](const char* name, const Exposure& exposure) {
    out << absl::StrFormat(
        "%s: at most %d, on average %.2f; Gini %.3f; %.1f %% of the offers are "
        "seen\n",
        name, exposure.most, exposure.mean, exposure.gini,
        100 * exposure.coverage);
  };
  line("People an offer", report.exposure);
  if (options.exposure_limit == 0) return;
  line("Without the limit", report.unlimited);
  out << absl::StrFormat(
      "The limit costs %.3f %% of the score\n",
      100 - 100 * Share(report.result.total, report.unlimited.total));
}

absl::StatusOr<ExitCode> RunOffers(const OffersOptions& options,
                                   Session& session) {
  if (!options.call.kind.empty()) {
    OffersCall call = options.call;
    call.method = options.method;
    call.capacities = options.files.capacities;
    return AssignByService(call, session);
  }
  if (options.files.edges.empty() || options.files.capacities.empty()) {
    return absl::InvalidArgumentError(
        "expected --edges and --capacities, or --kind for what the matching "
        "service ranks");
  }
  auto named = ReadFlow(options.files, session.console().in);
  if (!named.ok()) return named.status();
  const auto report = Assign(options, named->problem);
  if (!report.ok()) return report.status();
  std::ostream& out = session.console().out;
  if (session.json()) {
    PrintJson(options, *named, *report, out);
  } else {
    PrintText(options, *named, *report, out);
  }
  return ExitCode::kOk;
}

// What is asked of the matching service in place of edges.
CLI::Option* AddCallOptions(CLI::App& command, OffersCall& call) {
  CLI::Option* kind = command.add_option(
      "--kind,-k", call.kind,
      "Assign what the matching service ranks for the stored profiles, in "
      "place of edges; capacities are the offers' unless the file says "
      "otherwise");
  AllowOnly(kind, {"jobs", "homes", "contacts"});
  command
      .add_option("--network,-n", call.network,
                  "Profiles that consented to this network [all]")
      ->type_name("NETWORK")
      ->needs(kind);
  command
      .add_option("--top", call.top,
                  "Among how many of its matches a profile may get one")
      ->type_name("K")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str()
      ->needs(kind);
  command
      .add_option("--locks", call.locks,
                  "Header profile,offer: who has what; an empty offer: none")
      ->type_name("FILE")
      ->needs(kind);
  command
      .add_option("--at", call.at, "The moment for which it is ranked [now]")
      ->type_name("TIME")
      ->needs(kind);
  command.add_option("--pin", call.pin, kPinHelp)
      ->type_name("STORE=REVISION,…")
      ->needs(kind);
  return kind;
}

}  // namespace

void AddOffersCommand(CLI::App& batch, Program& program) {
  CLI::App* command = AddCommand(
      batch, "offers",
      "Give people offers under capacities with the greatest total score, "
      "proven; or stable, or greedily, with the loss",
      {"batch offers --edges E.csv --capacities C.csv --json",
       "batch offers --edges E.csv --capacities C.csv --method "
       "deferred-acceptance",
       "batch offers --edges E.csv --capacities C.csv --per-person 10 "
       "--exposure-limit 50",
       "batch offers --kind jobs --network elbe-elster --json"});
  auto options = std::make_shared<OffersOptions>();
  CLI::Option* edges = AddFlowFiles(*command, options->files).first;
  AddCallOptions(*command, options->call)->excludes(edges);
  AllowOnly(command
                ->add_option("--method", options->method,
                             "flow is the optimum; deferred-acceptance is "
                             "stable: no two would rather have each other")
                ->capture_default_str(),
            {"flow", "deferred-acceptance", "greedy"});
  command
      ->add_option("--per-person", options->per_person,
                   "Offers on a person's list")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str()
      ->needs(edges);
  command
      ->add_option("--exposure-limit", options->exposure_limit,
                   "Show no offer to more people than this, in place of the "
                   "capacities; reports what it costs")
      ->type_name("N")
      ->check(
          CLI::Range(1, std::numeric_limits<int32_t>::max()).description(""))
      ->needs(edges);
  SetAction(*command, program, [options](Session& session) {
    return RunOffers(*options, session);
  });
}

}  // namespace heimweg::cli
