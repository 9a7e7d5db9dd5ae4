// heimweg jobs|homes|contacts create|get|update|delete.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"

namespace heimweg::cli {
namespace {

struct OfferOptions {
  Area area;
  std::string network;
  std::string name;
  std::string file = "-";
  std::string etag;
  std::string request_id;
  std::vector<std::string> mask;
  bool full = false;

  type::v1::OfferView view() const {
    return full ? type::v1::OFFER_VIEW_FULL : type::v1::OFFER_VIEW_PUBLIC;
  }
  std::string RequestId(Session& session) const {
    return request_id.empty() ? session.console().new_request_id() : request_id;
  }
};

// The name that the JSON of an offer gives, or empty.
std::string NameIn(const google::protobuf::Message& offer) {
  const auto* field = offer.GetDescriptor()->FindFieldByName("name");
  return offer.GetReflection()->GetString(offer, field);
}

void SetName(google::protobuf::Message& offer, const std::string& name) {
  const auto* field = offer.GetDescriptor()->FindFieldByName("name");
  offer.GetReflection()->SetString(&offer, field, name);
}

absl::StatusOr<ExitCode> PrintOffer(const absl::StatusOr<MessagePtr>& offer,
                                    Session& session) {
  if (!offer.ok()) return offer.status();
  PrintMessage(**offer, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Create(const OfferOptions& options, Session& session) {
  const auto service = NewOfferService(options.area, session);
  const MessagePtr offer = service->NewOffer();
  absl::Status status = ReadJson(options.file, session.console().in, *offer);
  if (!status.ok()) return status;
  std::string network = options.network;
  std::string id = options.name;
  if (const std::string named = NameIn(*offer); !named.empty()) {
    const auto name = OfferName(options.area, network, named);
    if (!name.ok()) return name.status();
    if (id.empty()) id = LastId(*name);
    if (network.empty()) network = name->substr(0, name->find('/', 9));
  }
  const auto parent = NetworkName(network);
  if (!parent.ok()) return parent.status();
  return PrintOffer(
      service->Create(*parent, id, *offer, options.RequestId(session)),
      session);
}

absl::StatusOr<ExitCode> Get(const OfferOptions& options, Session& session) {
  const auto name = OfferName(options.area, options.network, options.name);
  if (!name.ok()) return name.status();
  return PrintOffer(
      NewOfferService(options.area, session)->Get(*name, options.view()),
      session);
}

absl::StatusOr<ExitCode> Update(const OfferOptions& options, Session& session) {
  const auto service = NewOfferService(options.area, session);
  const MessagePtr offer = service->NewOffer();
  const absl::Status status =
      ReadJson(options.file, session.console().in, *offer);
  if (!status.ok()) return status;
  const auto name =
      OfferName(options.area, options.network,
                options.name.empty() ? NameIn(*offer) : options.name);
  if (!name.ok()) return name.status();
  SetName(*offer, *name);
  return PrintOffer(service->Update(*offer, MaskPaths(options.mask),
                                    options.RequestId(session)),
                    session);
}

absl::StatusOr<ExitCode> Delete(const OfferOptions& options, Session& session) {
  const auto name = OfferName(options.area, options.network, options.name);
  if (!name.ok()) return name.status();
  const absl::Status status =
      NewOfferService(options.area, session)
          ->Delete(*name, options.etag, options.RequestId(session));
  if (!status.ok()) return status;
  if (!session.json()) session.console().out << "Deleted " << *name << "\n";
  return ExitCode::kOk;
}

void AddNetwork(CLI::App& command, OfferOptions& options,
                const std::string& help) {
  command.add_option("--network,-n", options.network, help)
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK");
}

void AddName(CLI::App& command, OfferOptions& options) {
  command
      .add_option("name", options.name, "Full name, or the id with --network")
      ->type_name("NAME");
}

void AddRequestId(CLI::App& command, OfferOptions& options) {
  command.add_option("--request-id", options.request_id, kRequestIdHelp)
      ->type_name("UUID");
}

void AddFile(CLI::App& command, OfferOptions& options) {
  command.add_option("--file,-f", options.file, kFileHelp)
      ->type_name("FILE")
      ->capture_default_str();
}

using Verb = absl::StatusOr<ExitCode> (*)(const OfferOptions&, Session&);

// A command with options of its own, which do not outlive the tree.
std::pair<CLI::App*, std::shared_ptr<OfferOptions>> AddVerb(
    CLI::App& group, Program& program, Area area, const std::string& name,
    const std::string& description, const std::string& example, Verb verb) {
  auto options = std::make_shared<OfferOptions>();
  options->area = area;
  CLI::App* command = AddCommand(group, name, description, {example});
  if (verb != nullptr) {
    SetAction(*command, program, [options, verb](Session& session) {
      return verb(*options, session);
    });
  }
  return {command, options};
}

void AddCreate(CLI::App& group, Program& program, Area area) {
  const std::string kind(AreaName(area));
  auto [command, options] = AddVerb(
      group, program, area, "create", "Store a new one and print it",
      absl::StrCat(kind, " create --network elbe-elster --file new.json"),
      Create);
  AddNetwork(*command, *options, "Its network [that of the name in the file]");
  command
      ->add_option("--id", options->name,
                   "Id for its name [that in the file, else the service's]")
      ->type_name("ID");
  AddFile(*command, *options);
  AddRequestId(*command, *options);
}

void AddGet(CLI::App& group, Program& program, Area area) {
  const std::string kind(AreaName(area));
  auto [command, options] = AddVerb(
      group, program, area, "get", "Print one",
      absl::StrCat(kind, " get networks/elbe-elster/", kind, "/a1"), Get);
  AddName(*command, *options);
  AddNetwork(*command, *options, "Its network, if NAME is an id");
  command->add_flag("--full", options->full, kFullViewHelp);
}

void AddUpdate(CLI::App& group, Program& program, Area area) {
  const std::string kind(AreaName(area));
  auto [command, options] = AddVerb(
      group, program, area, "update",
      "Change the fields of the mask and print it; an etag in the file makes "
      "sure that nobody changed it since",
      absl::StrCat("--json ", kind, " update -n elbe-elster a1 --mask state"),
      Update);
  AddName(*command, *options);
  AddNetwork(*command, *options, "Its network, if NAME is an id");
  AddFile(*command, *options);
  command
      ->add_option("--mask", options->mask,
                   "Fields to change, e.g. state,title; * replaces all [every "
                   "field that is set]")
      ->type_name("FIELDS")
      ->allow_extra_args(false);
  AddRequestId(*command, *options);
}

void AddDelete(CLI::App& group, Program& program, Area area) {
  const std::string kind(AreaName(area));
  auto [command, options] = AddVerb(
      group, program, area, "delete", "Delete one",
      absl::StrCat(kind, " delete networks/elbe-elster/", kind, "/a1"), Delete);
  AddName(*command, *options);
  AddNetwork(*command, *options, "Its network, if NAME is an id");
  command
      ->add_option("--etag", options->etag, "Only if it is still this version")
      ->type_name("ETAG");
  AddRequestId(*command, *options);
}

}  // namespace

void AddOfferCommands(CLI::App& root, Program& program, Area area) {
  const std::string kind(AreaName(area));
  CLI::App* group = AddCommandGroup(
      root, kind, absl::StrCat("Create, get, list, update and delete ", kind));
  AddCreate(*group, program, area);
  AddGet(*group, program, area);
  AddOfferListCommand(*group, program, area);
  AddUpdate(*group, program, area);
  AddDelete(*group, program, area);
}

}  // namespace heimweg::cli
