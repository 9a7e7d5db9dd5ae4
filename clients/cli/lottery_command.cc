// heimweg batch lottery.
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/assign_input.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/importers/json_syntax.h"
#include "services/assignment/lottery.h"

namespace heimweg::cli {
namespace {

using importers::JsonQuoted;

struct LotteryOptions {
  FlowFiles files;
  std::string seed;
};

absl::StatusOr<ExitCode> RunLottery(const LotteryOptions& options,
                                    Session& session) {
  const auto named = ReadFlow(options.files, session.console().in);
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

}  // namespace

void AddLotteryCommand(CLI::App& batch, Program& program) {
  CLI::App* command = AddCommand(
      batch, "lottery",
      "Draw who gets scarce homes so that anyone can verify it: tickets are "
      "SHA-256 of the published seed and the name, the lowest chooses first "
      "from its list (its edges in the order of the file)",
      {"batch lottery --edges E.csv --capacities C.csv --seed 2027-03-01-1234 "
       "--json"});
  auto options = std::make_shared<LotteryOptions>();
  const auto [edges, capacities] = AddFlowFiles(*command, options->files);
  edges->required();
  capacities->required();
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
