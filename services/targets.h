// Targets: the services of one process, put together from the rooms: each offer
// service and the profiles over a store of its own, matching over channels to
// them.
#ifndef HEIMWEG_SERVICES_TARGETS_H_
#define HEIMWEG_SERVICES_TARGETS_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/occupations/catalog_files.h"
#include "services/places/gazetteer.h"
#include "services/server/edge.h"
#include "services/server/log.h"
#include "services/server/server.h"
#include "storage/store.h"

namespace heimweg {

inline constexpr char kMatchingServiceName[] =
    "heimweg.matching.v1.MatchingService";

struct TargetOptions {
  // What runs in this process: "jobs", "housing", "contacts", "profiles",
  // "matching", "reference"; or "all".
  std::set<std::string> targets = {"all"};
  // Folder of the stores.
  std::string data = "var/data";
  // File of the gazetteer.
  std::string gazetteer = "var/gazetteer.tsv";
  // What titles are resolved with where `reference` runs elsewhere.
  occupations::CatalogPaths taxonomies;
  // Where matching finds the services that do not run in this process.
  std::string jobs_address = "127.0.0.1:50052";
  std::string housing_address = "127.0.0.1:50053";
  std::string contacts_address = "127.0.0.1:50054";
  std::string profiles_address = "127.0.0.1:50055";
  // How long an offer is kept after its validity ended, in days.
  int keep_ended_days = 90;
};

// One service with what it owns.
class Target {
 public:
  virtual ~Target() = default;
  virtual server::NamedService Service() = 0;
  // What it serves besides.
  virtual std::vector<server::NamedService> MoreServices() { return {}; }
  // Null if it has no store.
  virtual storage::Store* Store() { return nullptr; }
  // Once the server listens. `in_process` reaches the services of this process.
  virtual void Connect(const std::shared_ptr<grpc::Channel>& /*in_process*/) {}
  // Before the server ends: lets go of its channels.
  virtual void Disconnect() {}
  // Whether it can answer; asked often.
  virtual bool IsReady() const { return true; }
  // What is to be noticed soon; called often, by the thread of the upkeep.
  virtual void Look() {}
  // Some upkeep; true if there is more to do at once.
  virtual absl::StatusOr<bool> Tend() { return false; }
};

// Opens what the options name. `edge`, `log` and `gazetteer` outlive the
// result. Errors are those of OpenStore and of occupations::ReadCatalog.
absl::StatusOr<std::vector<std::unique_ptr<Target>>> OpenTargets(
    const TargetOptions& options, const places::Gazetteer& gazetteer,
    server::Edge& edge, server::Log& log);

}  // namespace heimweg

#endif  // HEIMWEG_SERVICES_TARGETS_H_
