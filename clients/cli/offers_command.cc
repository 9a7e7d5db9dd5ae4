// heimweg batch offers and heimweg batch lottery.
#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/assign_input.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/importers/json_syntax.h"
#include "services/assignment/exposure.h"
#include "services/assignment/flow.h"
#include "services/assignment/flow_csv.h"
#include "services/assignment/lottery.h"

namespace heimweg::cli {
namespace {

using assignment::Exposure;
using assignment::FlowProblem;
using assignment::FlowResult;
using assignment::NamedFlowProblem;
using importers::JsonQuoted;

struct OffersOptions {
  std::string edges;
  std::string capacities;
  std::string method = "flow";
  int32_t per_person = 1;
  int32_t exposure_limit = 0;
  std::string seed;
};

absl::StatusOr<NamedFlowProblem> Read(const OffersOptions& options,
                                      std::istream& in) {
  absl::StatusOr<NamedFlowProblem> named = NamedFlowProblem();
  const absl::Status status =
      ReadFile(options.capacities, in, [&](std::istream& capacities) {
        return ReadFile(options.edges, in, [&](std::istream& edges) {
          named = assignment::ReadFlowProblem(edges, options.edges, capacities,
                                              options.capacities);
          return named.status();
        });
      });
  if (!status.ok()) return status;
  return named;
}

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
  auto named = Read(options, session.console().in);
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

absl::StatusOr<ExitCode> RunLottery(const OffersOptions& options,
                                    Session& session) {
  const auto named = Read(options, session.console().in);
  if (!named.ok()) return named.status();
  const auto draws = assignment::HoldLottery(*named, options.seed);
  if (!draws.ok()) return draws.status();
  std::ostream& out = session.console().out;
  if (session.json()) {
    out << "{\"seed\":" << JsonQuoted(options.seed) << ",\"seedSha256\":\""
        << assignment::Sha256Hex(options.seed)
        << "\",\"ticket\":\"sha256(seed, line feed, person)\",\"draws\":[";
    const char* comma = "";
    for (const assignment::Draw& draw : *draws) {
      out << comma << "{\"person\":" << JsonQuoted(named->people[draw.person])
          << ",\"ticket\":\"" << draw.ticket << "\",\"offer\":"
          << (draw.offer < 0 ? "null" : JsonQuoted(named->offers[draw.offer]))
          << "}";
      comma = ",";
    }
    out << "]}\n";
    return ExitCode::kOk;
  }
  Table table;
  table.AddColumn("#", Table::Align::kRight);
  table.AddColumn("Person", Table::Align::kLeft, true);
  table.AddColumn("Ticket");
  table.AddColumn("Offer", Table::Align::kLeft, true);
  for (size_t i = 0; i < draws->size(); ++i) {
    const assignment::Draw& draw = (*draws)[i];
    table.AddRow({absl::StrCat(i + 1), Printable(named->people[draw.person]),
                  draw.ticket.substr(0, 16),
                  draw.offer < 0 ? "-" : Printable(named->offers[draw.offer])});
  }
  PrintTable(table, session);
  out << "A ticket is the beginning of: printf '%s\\n%s' SEED PERSON | "
         "sha256sum\n";
  return ExitCode::kOk;
}

void AddFiles(CLI::App& command, OffersOptions& options) {
  command
      .add_option("--edges", options.edges,
                  "Header person,offer,score: scores in millionths; empty or "
                  "NA: no pair")
      ->type_name("FILE")
      ->required();
  command
      .add_option("--capacities", options.capacities, "Header offer,capacity")
      ->type_name("FILE")
      ->required();
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
       "--exposure-limit 50"});
  auto options = std::make_shared<OffersOptions>();
  AddFiles(*command, *options);
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
      ->capture_default_str();
  command
      ->add_option("--exposure-limit", options->exposure_limit,
                   "Show no offer to more people than this, in place of the "
                   "capacities; reports what it costs")
      ->type_name("N")
      ->check(
          CLI::Range(1, std::numeric_limits<int32_t>::max()).description(""));
  SetAction(*command, program, [options](Session& session) {
    return RunOffers(*options, session);
  });
}

void AddLotteryCommand(CLI::App& batch, Program& program) {
  CLI::App* command = AddCommand(
      batch, "lottery",
      "Draw who gets scarce homes so that anyone can verify it: tickets are "
      "SHA-256 of the published seed and the name, the lowest chooses first "
      "from its list (its edges in the order of the file)",
      {"batch lottery --edges E.csv --capacities C.csv --seed 2027-03-01-1234 "
       "--json"});
  auto options = std::make_shared<OffersOptions>();
  AddFiles(*command, *options);
  command
      ->add_option("--seed", options->seed,
                   "One line; publish its hash before the lists are known")
      ->type_name("TEXT")
      ->required();
  SetAction(*command, program, [options](Session& session) {
    return RunLottery(*options, session);
  });
}

}  // namespace heimweg::cli
