// heimweg duplicates list|split|join|reset.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/cli/row_fields.h"

namespace heimweg::cli {
namespace {

using google::protobuf::Message;
using type::v1::DuplicateLink;
using type::v1::DuplicateRuling;

struct DuplicatesOptions {
  std::string kind;
  std::string network;
  std::string name;
  std::string other;
};

const DuplicateLink& LinkOf(const Message& offer) {
  const auto* field = offer.GetDescriptor()->FindFieldByName("duplicate_of");
  return static_cast<const DuplicateLink&>(
      offer.GetReflection()->GetMessage(offer, field));
}

Table NewTable(Language language) {
  Table table;
  table.AddColumn(In(language, "Name", "Name"));
  table.AddColumn(In(language, "Repeats", "Wiederholt"));
  table.AddColumn(In(language, "Points", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Title", "Titel"), Table::Align::kLeft, true);
  return table;
}

absl::Status ListKind(Area area, const std::string& parent, Table& table,
                      Session& session) {
  const auto service = NewOfferService(area, session);
  const MessagePtr filter = NewOfferFilter(area);
  const auto* only =
      filter->GetDescriptor()->FindFieldByName("only_duplicates");
  filter->GetReflection()->SetBool(filter.get(), only, true);
  std::string token;
  do {
    const auto page = service->List(
        parent, *filter, type::v1::OFFER_VIEW_PUBLIC, /*page_size=*/0, token);
    if (!page.ok()) return page.status();
    for (const MessagePtr& offer : page->offers) {
      if (session.json()) {
        PrintMessage(*offer, session);
        continue;
      }
      const OfferSummary row = service->Summarize(*offer);
      const DuplicateLink& link = LinkOf(*offer);
      table.AddRow(
          {row.name, link.offer(),
           link.score() == 0
               ? std::string(In(session.language(), "by hand", "von Hand"))
               : absl::StrCat(link.score()),
           absl::StrCat(row.postal_code, " ", row.municipality), row.title});
    }
    token = page->next_page_token;
  } while (!token.empty() && session.console().out);
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> List(const DuplicatesOptions& options,
                              Session& session) {
  const auto parent =
      NetworkName(options.network.empty() ? "-" : options.network);
  if (!parent.ok()) return parent.status();
  Table table = NewTable(session.language());
  for (const Area area : {Area::kJobs, Area::kHomes, Area::kContacts}) {
    if (!options.kind.empty() && options.kind != AreaName(area)) continue;
    absl::Status listed = ListKind(area, *parent, table, session);
    if (!listed.ok()) return listed;
  }
  if (session.json()) return ExitCode::kOk;
  if (table.empty()) {
    session.console().out << In(session.language(), "No likely duplicates.\n",
                                "Keine mutmaßlichen Doppel.\n");
  } else {
    PrintTable(table, session);
  }
  return ExitCode::kOk;
}

// Stores the ruling on the named offer and prints what came of it.
absl::StatusOr<ExitCode> Rule(const std::string& name,
                              const DuplicateRuling& ruling, Session& session) {
  const auto area = AreaOfOffer(name);
  if (!area.ok()) return area.status();
  const auto service = NewOfferService(*area, session);
  const MessagePtr offer = service->NewOffer();
  SetTextField(*offer, "name", name);
  if (ruling.ruling_case() != DuplicateRuling::RULING_NOT_SET) {
    const auto* field =
        offer->GetDescriptor()->FindFieldByName("duplicate_ruling");
    offer->GetReflection()
        ->MutableMessage(offer.get(), field)
        ->CopyFrom(ruling);
  }
  const auto stored = service->Update(*offer, {"duplicate_ruling"},
                                      session.console().new_request_id());
  if (!stored.ok()) return stored.status();
  if (session.json()) {
    PrintMessage(**stored, session);
    return ExitCode::kOk;
  }
  const std::string& leader = LinkOf(**stored).offer();
  session.console().out << name << " "
                        << (leader.empty()
                                ? "is shown as an offer of its own.\n"
                                : absl::StrCat("repeats ", leader,
                                               ", which is shown.\n"));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Split(const DuplicatesOptions& options,
                               Session& session) {
  DuplicateRuling ruling;
  ruling.set_distinct(true);
  return Rule(options.name, ruling, session);
}

absl::StatusOr<ExitCode> Join(const DuplicatesOptions& options,
                              Session& session) {
  const auto area = AreaOfOffer(options.name);
  if (!area.ok()) return area.status();
  const auto other = OfferName(*area, "", options.other);
  if (!other.ok()) return other.status();
  // The service would wait for it; a person means one that is there.
  const auto found =
      NewOfferService(*area, session)->Get(*other, type::v1::OFFER_VIEW_PUBLIC);
  if (!found.ok()) return found.status();
  DuplicateRuling ruling;
  ruling.set_same_as(*other);
  return Rule(options.name, ruling, session);
}

absl::StatusOr<ExitCode> Reset(const DuplicatesOptions& options,
                               Session& session) {
  return Rule(options.name, DuplicateRuling(), session);
}

using Verb = absl::StatusOr<ExitCode> (*)(const DuplicatesOptions&, Session&);

std::pair<CLI::App*, std::shared_ptr<DuplicatesOptions>> AddVerb(
    CLI::App& group, Program& program, const std::string& name,
    const std::string& description, const std::string& example, Verb verb) {
  auto options = std::make_shared<DuplicatesOptions>();
  CLI::App* command = AddCommand(group, name, description, {example});
  SetAction(*command, program, [options, verb](Session& session) {
    return verb(*options, session);
  });
  return {command, options};
}

void AddName(CLI::App& command, std::string& name, const char* option,
             const std::string& help) {
  command.add_option(option, name, help)->type_name("NAME")->required();
}

}  // namespace

void AddDuplicatesCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(
      root, "duplicates",
      "Offers that likely repeat one of another source, so that rankings show "
      "one of the two");
  const auto [list, listed] =
      AddVerb(*group, program, "list", "List them with what they repeat",
              "duplicates list --kind homes --network elbe-elster", List);
  AllowOnly(
      list->add_option("--kind,-k", listed->kind, "Only of this kind [all]"),
      {"jobs", "homes", "contacts"});
  list->add_option("--network,-n", listed->network,
                   "Only those of this network [all]")
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK");
  const auto [split, to_split] = AddVerb(
      *group, program, "split",
      "Say that an offer repeats no other one, and none it; imports leave it "
      "at that",
      "duplicates split networks/elbe-elster/homes/a1", Split);
  AddName(*split, to_split->name, "name", "Full name of the offer");
  const auto [join, to_join] =
      AddVerb(*group, program, "join",
              "Say that an offer repeats another one, which is then shown",
              "duplicates join networks/elbe-elster/homes/a1 "
              "networks/spreewald/homes/b7",
              Join);
  AddName(*join, to_join->name, "name", "Full name of the offer");
  AddName(*join, to_join->other, "other", "Full name of what it repeats");
  const auto [reset, to_reset] =
      AddVerb(*group, program, "reset",
              "Take back what was said with split or join: the service finds "
              "out again",
              "duplicates reset networks/elbe-elster/homes/a1", Reset);
  AddName(*reset, to_reset->name, "name", "Full name of the offer");
}

}  // namespace heimweg::cli
