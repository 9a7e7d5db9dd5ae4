// heimweg places lookup, suggest, list, distance, commute, gazetteer.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/output.h"
#include "clients/cli/place_text.h"
#include "clients/cli/program.h"
#include "heimweg/places/v1/place_service.grpc.pb.h"
#include "services/places/gazetteer_file.h"

namespace heimweg::cli {
namespace {

using places::v1::PlaceService;

// Calls a method of PlaceService.
template <typename Request, typename Response>
absl::StatusOr<Response> Ask(
    Session& session, const Request& request,
    grpc::Status (PlaceService::Stub::*method)(grpc::ClientContext*,
                                               const Request&, Response*)) {
  const auto stub = PlaceService::NewStub(session.Channel(Area::kReference));
  Response response;
  const absl::Status status =
      session.Call(Area::kReference, [&](grpc::ClientContext& context) {
        return ((*stub).*method)(&context, request, &response);
      });
  if (!status.ok()) return status;
  return response;
}

std::string Km(int32_t metres, Language language) {
  std::string text = absl::StrFormat("%.1f km", metres / 1000.0);
  if (language == Language::kGerman) text[text.find('.')] = ',';
  return text;
}

std::string Postcodes(const places::v1::KnownPlace& place) {
  constexpr int kShown = 3;
  const auto& codes = place.postal_codes();
  std::string text = absl::StrJoin(
      codes.begin(), codes.begin() + std::min(kShown, codes.size()), " ");
  if (codes.size() > kShown) absl::StrAppend(&text, " …");
  return text;
}

class PlaceTable {
 public:
  explicit PlaceTable(Session& session) : session_(session) {
    const Language language = session.language();
    table_.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
    table_.AddColumn(In(language, "Postcode", "PLZ"));
    table_.AddColumn("AGS");
    table_.AddColumn(In(language, "District", "Kreis"), Table::Align::kLeft,
                     true);
    table_.AddColumn(In(language, "State", "Land"));
    table_.AddColumn(In(language, "Inhabitants", "Einwohner"),
                     Table::Align::kRight);
  }

  void Add(const places::v1::KnownPlace& place) {
    const Language language = session_.language();
    std::string name = place.name().empty() ? place.district() : place.name();
    if (!place.municipality().empty() && place.municipality() != place.name()) {
      absl::StrAppend(&name, " (", place.municipality(), ")");
    }
    table_.AddRow({name, Postcodes(place),
                   absl::StrCat(place.ags(), place.inferred() ? "?" : ""),
                   place.district(), place.state(),
                   place.population() == 0
                       ? ""
                       : FormatCount(place.population(), language)});
    any_inferred_ |= place.inferred();
  }

  void Print() {
    PrintTable(table_, session_);
    if (!any_inferred_) return;
    session_.console().out << In(session_.language(),
                                 "? concluded from the neighbourhood\n",
                                 "? aus der Nachbarschaft erschlossen\n");
  }

 private:
  Session& session_;
  Table table_;
  bool any_inferred_ = false;
};

absl::StatusOr<ExitCode> Lookup(const std::string& text, Session& session) {
  places::v1::LookupPlaceRequest request;
  *request.mutable_place() = PlaceOfText(text);
  const auto response =
      Ask<places::v1::LookupPlaceRequest, places::v1::LookupPlaceResponse>(
          session, request, &PlaceService::Stub::LookupPlace);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  PlaceTable table(session);
  table.Add(response->place());
  table.Print();
  session.console().out << absl::StrFormat(
      "%.5f, %.5f\n", response->place().location().latitude(),
      response->place().location().longitude());
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Suggest(const std::string& text, int limit,
                                 Session& session) {
  places::v1::SuggestPlacesRequest request;
  request.set_text(text);
  request.set_limit(limit);
  const auto response =
      Ask<places::v1::SuggestPlacesRequest, places::v1::SuggestPlacesResponse>(
          session, request, &PlaceService::Stub::SuggestPlaces);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  PlaceTable table(session);
  for (const auto& one : response->suggestions()) table.Add(one.place());
  table.Print();
  return ExitCode::kOk;
}

struct ListOptions {
  std::vector<std::string> ags;
  bool districts = false;
};

absl::StatusOr<ExitCode> ListDistricts(const ListOptions& options,
                                       Session& session) {
  places::v1::ListDistrictsRequest request;
  *request.mutable_ags_prefixes() = {options.ags.begin(), options.ags.end()};
  const auto response =
      Ask<places::v1::ListDistrictsRequest, places::v1::ListDistrictsResponse>(
          session, request, &PlaceService::Stub::ListDistricts);
  if (!response.ok()) return response.status();
  const Language language = session.language();
  Table table;
  table.AddColumn("AGS");
  table.AddColumn(In(language, "District", "Kreis"));
  table.AddColumn(In(language, "State", "Land"));
  table.AddColumn(In(language, "Municipalities", "Gemeinden"),
                  Table::Align::kRight);
  table.AddColumn(In(language, "Inhabitants", "Einwohner"),
                  Table::Align::kRight);
  for (const places::v1::District& row : response->districts()) {
    if (session.json()) PrintMessage(row, session);
    table.AddRow({row.ags(), row.name(), row.state(),
                  FormatCount(row.municipalities(), language),
                  FormatCount(row.population(), language)});
  }
  if (!session.json()) PrintTable(table, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> List(const ListOptions& options, Session& session) {
  if (options.districts) return ListDistricts(options, session);
  places::v1::ListMunicipalitiesRequest request;
  *request.mutable_ags_prefixes() = {options.ags.begin(), options.ags.end()};
  request.set_page_size(1000);
  PlaceTable table(session);
  do {
    const auto response = Ask<places::v1::ListMunicipalitiesRequest,
                              places::v1::ListMunicipalitiesResponse>(
        session, request, &PlaceService::Stub::ListMunicipalities);
    if (!response.ok()) return response.status();
    for (const places::v1::KnownPlace& row : response->municipalities()) {
      if (session.json()) PrintMessage(row, session);
      table.Add(row);
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  if (!session.json()) table.Print();
  return ExitCode::kOk;
}

struct WayOptions {
  std::string from;
  std::string to;
  std::string mode = "car";
};

absl::StatusOr<ExitCode> DistanceCall(const WayOptions& options,
                                      Session& session) {
  places::v1::ComputeDistanceRequest request;
  *request.mutable_from() = PlaceOfText(options.from);
  *request.mutable_to() = PlaceOfText(options.to);
  const auto response = Ask<places::v1::ComputeDistanceRequest,
                            places::v1::ComputeDistanceResponse>(
      session, request, &PlaceService::Stub::ComputeDistance);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  PlaceTable table(session);
  table.Add(response->from());
  table.Add(response->to());
  table.Print();
  session.console().out << Km(response->distance_m(), session.language())
                        << "\n";
  return ExitCode::kOk;
}

places::v1::TravelMode ModeOf(absl::string_view mode) {
  if (mode == "transit") return places::v1::TRAVEL_MODE_TRANSIT;
  if (mode == "bicycle") return places::v1::TRAVEL_MODE_BICYCLE;
  return mode == "walk" ? places::v1::TRAVEL_MODE_WALK
                        : places::v1::TRAVEL_MODE_CAR;
}

absl::StatusOr<ExitCode> Commute(const WayOptions& options, Session& session) {
  places::v1::ComputeCommuteRequest request;
  *request.mutable_from() = PlaceOfText(options.from);
  *request.mutable_to() = PlaceOfText(options.to);
  request.set_mode(ModeOf(options.mode));
  const auto response = Ask<places::v1::ComputeCommuteRequest,
                            places::v1::ComputeCommuteResponse>(
      session, request, &PlaceService::Stub::ComputeCommute);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  const Language language = session.language();
  PlaceTable table(session);
  table.Add(response->from());
  table.Add(response->to());
  table.Print();
  session.console().out
      << response->minutes() << In(language, " minutes, ", " Minuten, ")
      << Km(response->distance_m(), language)
      << (response->source() == places::v1::COMMUTE_SOURCE_MODEL
              ? In(language, " (by the model)\n", " (nach dem Modell)\n")
              : In(language, " (by the imported travel times)\n",
                   " (nach den importierten Fahrzeiten)\n"));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> SaveGazetteer(const std::string& file,
                                       Session& session) {
  const auto response =
      Ask<places::v1::GetGazetteerRequest, places::v1::GetGazetteerResponse>(
          session, {}, &PlaceService::Stub::GetGazetteer);
  if (!response.ok()) return response.status();
  const absl::Status written = places::ReplaceFile(file, response->content());
  if (!written.ok()) return written;
  session.console().out << file << "\n";
  return ExitCode::kOk;
}

void AddListCommand(CLI::App& group, Program& program) {
  CLI::App* command = AddCommand(
      group, "list",
      "List the municipalities or districts of a territory, by AGS",
      {"places list --ags 12062", "places list --districts --ags 12 --json"});
  auto options = std::make_shared<ListOptions>();
  command
      ->add_option("--ags", options->ags,
                   "First 2 to 8 digits of the keys; several are joined")
      ->type_name("DIGITS");
  command->add_flag("--districts", options->districts,
                    "Districts instead of municipalities");
  SetAction(*command, program,
            [options](Session& session) { return List(*options, session); });
}

void AddWayCommands(CLI::App& group, Program& program) {
  const auto add_ends = [](CLI::App& command, WayOptions& options) {
    command.add_option("from", options.from, kPlaceHelp)
        ->required()
        ->type_name("PLACE");
    command.add_option("to", options.to, "As FROM")
        ->required()
        ->type_name("PLACE");
  };
  CLI::App* distance =
      AddCommand(group, "distance", "Tell the great-circle distance",
                 {"places distance 03238 Berlin"});
  auto way = std::make_shared<WayOptions>();
  add_ends(*distance, *way);
  SetAction(*distance, program,
            [way](Session& session) { return DistanceCall(*way, session); });
  CLI::App* commute = AddCommand(
      group, "commute",
      "Tell the minutes of the daily way, from imported travel times or by the "
      "model",
      {"places commute Finsterwalde \"Bad Liebenwerda\" --mode transit"});
  auto daily = std::make_shared<WayOptions>();
  add_ends(*commute, *daily);
  AllowOnly(commute->add_option("--mode", daily->mode, "How [car]"),
            {"car", "transit", "bicycle", "walk"});
  SetAction(*commute, program,
            [daily](Session& session) { return Commute(*daily, session); });
}

}  // namespace

void AddPlacesCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(
      root, "places", "Look places up, and import registers of places");
  CLI::App* lookup = AddCommand(
      *group, "lookup", "Find the one place that is meant",
      {"places lookup 03238", "places lookup \"Frankfurt/Main\" --json"});
  auto text = std::make_shared<std::string>();
  lookup->add_option("place", *text, kPlaceHelp)
      ->required()
      ->type_name("PLACE");
  SetAction(*lookup, program,
            [text](Session& session) { return Lookup(*text, session); });

  CLI::App* suggest = AddCommand(
      *group, "suggest", "Suggest the places that somebody may be typing",
      {"places suggest finsterw", "places suggest \"Neustadt, Dosse\""});
  auto typed = std::make_shared<std::string>();
  auto limit = std::make_shared<int>(10);
  suggest->add_option("text", *typed, "What was typed")
      ->required()
      ->type_name("TEXT");
  suggest->add_option("--top", *limit, "Most suggestions, 1 to 100")
      ->type_name("N")
      ->check(CLI::Range(1, 100).description(""))
      ->capture_default_str();
  SetAction(*suggest, program, [typed, limit](Session& session) {
    return Suggest(*typed, *limit, session);
  });
  AddListCommand(*group, program);
  AddWayCommands(*group, program);

  CLI::App* gazetteer = AddCommand(
      *group, "gazetteer",
      "Write the places that answer to a file, which the other targets load "
      "with --gazetteer",
      {"places gazetteer var/gazetteer.tsv"});
  auto file = std::make_shared<std::string>();
  gazetteer->add_option("file", *file, "Replaced in one step")
      ->required()
      ->type_name("FILE");
  SetAction(*gazetteer, program,
            [file](Session& session) { return SaveGazetteer(*file, session); });
  AddPlacesImportCommands(*group, program);
}

}  // namespace heimweg::cli
