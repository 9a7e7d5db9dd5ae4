// heimweg jobs|homes|contacts list.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/filter_flags.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/terms.h"

namespace heimweg::cli {
namespace {

struct OfferListOptions {
  Area area;
  std::string network;
  MessagePtr filter;
  int page_size = 0;
  std::string page_token;
  bool all = false;
  bool full = false;
};

Table NewListTable(Language language) {
  Table table;
  table.AddColumn(In(language, "Name", "Name"));
  table.AddColumn(In(language, "State", "Stand"));
  table.AddColumn(In(language, "Type", "Art"));
  table.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Title", "Titel"), Table::Align::kLeft, true);
  return table;
}

void PrintPage(const OfferService& service, const OfferService::Page& page,
               Session& session) {
  const Language language = session.language();
  Table table = NewListTable(language);
  for (const MessagePtr& offer : page.offers) {
    if (session.json()) {
      PrintMessage(*offer, session);
      continue;
    }
    const OfferSummary row = service.Summarize(*offer);
    table.AddRow(
        {row.name, Term(type::v1::OfferState_Name(row.state), language),
         Term(row.type, language),
         absl::StrCat(row.postal_code, " ", row.municipality), row.title});
  }
  if (!table.empty()) PrintTable(table, session);
}

absl::StatusOr<ExitCode> List(const OfferListOptions& options,
                              Session& session) {
  const auto parent =
      NetworkName(options.network.empty() ? "-" : options.network);
  if (!parent.ok()) return parent.status();
  const auto service = NewOfferService(options.area, session);
  std::string token = options.page_token;
  do {
    const auto page = service->List(
        *parent, *options.filter,
        options.full ? type::v1::OFFER_VIEW_FULL : type::v1::OFFER_VIEW_PUBLIC,
        options.page_size, token);
    if (!page.ok()) return page.status();
    PrintPage(*service, *page, session);
    token = page->next_page_token;
  } while (options.all && !token.empty() && session.console().out);
  if (!token.empty()) {
    session.console().err << "There are more: --all, or --page-token " << token
                          << "\n";
  }
  return ExitCode::kOk;
}

}  // namespace

void AddOfferListCommand(CLI::App& group, Program& program, Area area) {
  const std::string kind(AreaName(area));
  auto options = std::make_shared<OfferListOptions>();
  options->area = area;
  options->filter = NewOfferFilter(area);
  CLI::App* command = AddCommand(
      group, "list", "List them in the order of their names",
      {absl::StrCat(kind,
                    " list --network elbe-elster --state published --all")});
  command
      ->add_option("--network,-n", options->network,
                   "Only of this network [all]")
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK");
  command->add_flag("--all", options->all, "Every page");
  command
      ->add_option("--page-size", options->page_size,
                   "Most of a page, to 1000; 0: the service's 50")
      ->type_name("N")
      ->check(CLI::Range(0, 1000).description(""))
      ->capture_default_str();
  command->add_option("--page-token", options->page_token, "Where to go on")
      ->type_name("TOKEN");
  command->add_flag("--full", options->full, kFullViewHelp);
  // The flags own the options together with the action.
  AddFilterFlags(*command, {options, options->filter.get()});
  SetAction(*command, program,
            [options](Session& session) { return List(*options, session); });
}

}  // namespace heimweg::cli
