// heimweg status.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/json.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/status_check.h"

namespace heimweg::cli {
namespace {

struct StatusOptions {
  double wait_seconds = 0;
  std::vector<std::string> revisions;
  bool caught_up = false;
};

void PrintServices(const SystemStatus& status, Session& session) {
  const Language language = session.language();
  Table table;
  table.AddColumn(In(language, "Service", "Dienst"));
  table.AddColumn(In(language, "Health", "Zustand"));
  table.AddColumn(In(language, "Address", "Adresse"));
  for (const ServiceHealth& service : status.services) {
    table.AddRow(
        {std::string(AreaName(service.area)), service.health, service.address});
  }
  PrintTable(table, session);
}

void PrintIndex(const matching::v1::GetIndexStatusResponse& index,
                Session& session) {
  const Language language = session.language();
  std::ostream& out = session.console().out;
  Table table;
  table.AddColumn(In(language, "Index", "Index"));
  for (const absl::string_view header :
       {In(language, "Entries", "Einträge"),
        In(language, "Revision", "Revision"),
        In(language, "Scoring bytes", "Bytes zum Bewerten"),
        In(language, "Card bytes", "Bytes für Karten")}) {
    table.AddColumn(header, Table::Align::kRight);
  }
  for (const matching::v1::StoreRevision& store : index.revisions()) {
    std::vector<std::string> row = {store.store(), "",
                                    absl::StrCat(store.revision())};
    if (store.store() == AreaName(Area::kProfiles)) {
      row[1] = FormatCount(index.profiles(), language);
    }
    for (const matching::v1::IndexedKind& kind : index.kinds()) {
      if (kind.kind() == type::v1::OFFER_KIND_UNSPECIFIED ||
          AreaName(static_cast<Area>(kind.kind() - 1)) != store.store()) {
        continue;
      }
      row[1] = FormatCount(kind.offers(), language);
      row.push_back(FormatCount(kind.scoring_bytes(), language));
      row.push_back(FormatCount(kind.card_bytes(), language));
    }
    table.AddRow(row);
  }
  PrintTable(table, session);
  out << (index.ready()
              ? In(language, "The index is ready.", "Der Index ist bereit.")
              : In(language, "The index is being filled.",
                   "Der Index wird gefüllt."))
      << "\n";
}

void PrintJson(const SystemStatus& status, Session& session) {
  std::vector<std::string> services;
  for (const ServiceHealth& service : status.services) {
    services.push_back(absl::StrCat(
        "{\"service\":\"", AreaName(service.area), "\",\"health\":\"",
        service.health, "\",\"serving\":", service.serving ? "true" : "false",
        "}"));
  }
  session.console().out << "{\"ok\":" << (status.all_well() ? "true" : "false")
                        << ",\"services\":[" << absl::StrJoin(services, ",")
                        << "],\"index\":"
                        << (status.index.ok() ? ToJson(*status.index) : "null")
                        << "}\n";
}

void Print(const SystemStatus& status, Session& session) {
  if (session.json()) {
    PrintJson(status, session);
    return;
  }
  std::ostream& out = session.console().out;
  PrintServices(status, session);
  out << "\n";
  if (status.index.ok()) {
    PrintIndex(*status.index, session);
  } else {
    const absl::string_view message = status.index.status().message();
    out << "No index: " << message.substr(0, message.find('\n')) << "\n";
  }
  if (!status.behind.empty()) {
    out << "Behind: " << absl::StrJoin(status.behind, ", ") << "\n";
  }
}

// Looks until all is well or the time is up.
absl::StatusOr<SystemStatus> Look(const StatusOptions& options,
                                  Session& session) {
  constexpr absl::Duration kPause = absl::Milliseconds(200);
  const Console& console = session.console();
  absl::StatusOr<Revisions> wanted = ParseRevisions(options.revisions);
  if (!wanted.ok()) return wanted.status();
  bool knows_stores = !options.caught_up;
  const absl::Time end = console.now() + absl::Seconds(options.wait_seconds);
  while (true) {
    SystemStatus status = CheckStatus(session, *wanted);
    if (!knows_stores && status.all_serving()) {
      const absl::StatusOr<Revisions> stores = StoreRevisions(session);
      if (!stores.ok()) return stores.status();
      for (const auto& [store, revision] : *stores) {
        (*wanted)[store] = std::max((*wanted)[store], revision);
      }
      knows_stores = true;
      continue;
    }
    if (status.all_well() || console.now() >= end) return status;
    console.sleep(kPause);
  }
}

absl::StatusOr<ExitCode> Status(const StatusOptions& options,
                                Session& session) {
  const absl::StatusOr<SystemStatus> status = Look(options, session);
  if (!status.ok()) return status.status();
  Print(*status, session);
  return status->all_well() ? ExitCode::kOk : ExitCode::kUnavailable;
}

}  // namespace

void AddStatusCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "status",
      "Show the health of every service and what the index holds; exit code 5 "
      "unless all of them serve and the index is ready",
      {"status", "status --wait 60 --caught-up",
       "status --wait 60 --revision jobs=1200 --json"});
  auto options = std::make_shared<StatusOptions>();
  command
      ->add_option("--wait", options->wait_seconds,
                   "Wait up to so long until all is well")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 86400.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--revision", options->revisions,
                   "Revision of a store that the index has to have reached, as "
                   "import --json prints it")
      ->type_name("STORE=N");
  command->add_flag("--caught-up", options->caught_up,
                    "The index has to have reached what the stores hold now");
  SetAction(*command, program,
            [options](Session& session) { return Status(*options, session); });
}

}  // namespace heimweg::cli
