// heimwegd: the one place where the rooms are put together.
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "services/places/gazetteer.h"
#include "services/server/config.h"
#include "services/server/edge.h"
#include "services/server/log.h"
#include "services/server/metrics.h"
#include "services/server/server.h"
#include "services/targets.h"
#include "services/upkeep.h"

namespace heimweg {
namespace {

constexpr char kDescription[] =
    "heimwegd: matches returnees with jobs, homes and people.\n"
    "Every flag is also an environment variable (--queue-limit: "
    "HEIMWEG_QUEUE_LIMIT) and a line of the --config file.\n"
    "Exit codes: 0 ended by SIGTERM or SIGINT, 1 could not start, 2 wrong "
    "settings, 75 start again (a store failed, or no connection is accepted).";

void AddTargetOptions(CLI::App& app, TargetOptions& options) {
  app.add_option("--target", options.targets,
                 "Services of this process, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(std::vector<std::string>{"all", "jobs", "housing",
                                                     "contacts", "profiles",
                                                     "matching", "reference"}));
  app.add_option("--data", options.data,
                 "Folder of the stores; made if it is missing");
  app.add_option("--gazetteer", options.gazetteer,
                 "File of places; deploy/gazetteer makes it");
  app.add_option(
      "--kldb", options.taxonomies.kldb,
      "KldB 2010 as CSV, for targets whose reference runs elsewhere");
  app.add_option("--esco", options.taxonomies.esco,
                 "ESCO's CSV download, ZIP or folder, for the same");
  app.add_option("--ba-crosswalk", options.taxonomies.ba_crosswalk,
                 "The crosswalk's table or its folder, for the same");
  app.add_option("--jobs-address", options.jobs_address,
                 "Where --target=matching finds the jobs");
  app.add_option("--housing-address", options.housing_address,
                 "Where --target=matching finds the homes");
  app.add_option("--contacts-address", options.contacts_address,
                 "Where --target=matching finds the contacts");
  app.add_option("--profiles-address", options.profiles_address,
                 "Where --target=matching finds the profiles");
  app.add_option("--keep-ended-days", options.keep_ended_days,
                 "Days for which an offer is kept after its validity ended")
      ->check(CLI::Range(0, 36500));
}

int Fail(const absl::Status& status) {
  std::cerr << "heimwegd: " << status.message() << "\n";
  return 1;
}

int Serve(const server::Options& options, const TargetOptions& target_options) {
  server::Log log(options.log_level);
  server::Metrics metrics;
  const auto gazetteer = places::Gazetteer::Load(target_options.gazetteer);
  if (!gazetteer.ok()) return Fail(gazetteer.status());
  server::Edge edge(options.edge, metrics, log);
  const auto targets = OpenTargets(target_options, *gazetteer, edge, log);
  if (!targets.ok()) return Fail(targets.status());
  if (!options.metrics_listen.empty()) {
    const absl::Status exposed = metrics.Expose(options.metrics_listen);
    if (!exposed.ok()) return Fail(exposed);
  }
  std::vector<server::NamedService> services;
  services.reserve(targets->size());
  for (const auto& target : *targets) {
    services.push_back(target->Service());
    for (const auto& more : target->MoreServices()) services.push_back(more);
  }
  auto server = server::Server::Start(options.server, services, edge, log);
  if (!server.ok()) return Fail(server.status());
  for (const auto& target : *targets) {
    target->Connect((*server)->InProcessChannel());
  }
  std::cerr << "heimwegd: listening on " << (*server)->address() << "\n";
  std::optional<Upkeep> upkeep;
  upkeep.emplace(*targets, **server, log);
  return (*server)->Run([&] {
    upkeep.reset();
    for (const auto& target : *targets) target->Disconnect();
  });
}

int Main(int argc, char** argv) {
  server::PrepareProcess();
  server::Config config(kDescription, "heimwegd");
  server::Options options;
  TargetOptions target_options;
  AddTargetOptions(config.app(), target_options);
  server::AddOptions(config, options);
  if (const std::optional<int> code = config.Parse(argc, argv)) return *code;
  return Serve(options, target_options);
}

}  // namespace
}  // namespace heimweg

// The libraries below may throw where memory or a locale is missing.
int main(int argc, char** argv) try {
  return heimweg::Main(argc, argv);
} catch (const std::exception& error) {
  std::fprintf(stderr, "heimwegd: %s\n", error.what());
  return 1;
}
