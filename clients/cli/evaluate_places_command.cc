// heimweg evaluate places: how far postcodes are from where they should be.
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "services/places/averages.h"
#include "services/places/gazetteer.h"
#include "services/places/gazetteer_file.h"
#include "services/places/gazetteer_merge.h"
#include "services/places/text_rows.h"

namespace heimweg::cli {
namespace {

using ::heimweg::places::Gazetteer;
using ::heimweg::places::LatLng;

struct EvaluatePlacesOptions {
  std::string truth;
  std::string gazetteer = "var/gazetteer.tsv";
  std::string geonames;
  std::string destatis;
};

using Points = std::map<std::string, LatLng>;

// The middle of the places of each postcode: CSV with the columns zipcode,
// latitude, longitude.
absl::StatusOr<Points> ReadTruth(const std::string& path) {
  const auto text = places::ReadFile(path);
  if (!text.ok()) return text.status();
  absl::string_view rest = *text;
  absl::ConsumePrefix(&rest, "\xef\xbb\xbf");
  const absl::string_view header = places::TakeLine(rest);
  const char separator = places::SeparatorOf(header);
  const auto names = places::SplitCsv(header, separator);
  std::array<size_t, 3> at = {};
  constexpr std::array<const char*, 3> kColumns = {"zipcode", "latitude",
                                                   "longitude"};
  for (size_t i = 0; i < kColumns.size(); ++i) {
    if (names.has_value()) {
      at[i] = static_cast<size_t>(
          std::find(names->begin(), names->end(), kColumns[i]) -
          names->begin());
    }
    if (!names.has_value() || at[i] == names->size()) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, ", line 1: expected the columns zipcode, latitude, longitude"));
    }
  }
  std::map<std::string, std::vector<LatLng>> points;
  for (int line = 2; !rest.empty(); ++line) {
    const auto fields = places::SplitCsv(places::TakeLine(rest), separator);
    LatLng where;
    if (!fields.has_value() || fields->size() != names->size() ||
        !absl::SimpleAtod((*fields)[at[1]], &where.lat_deg) ||
        !absl::SimpleAtod((*fields)[at[2]], &where.lng_deg)) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, ", line ", line, ": expected a postcode and its degrees"));
    }
    points[(*fields)[at[0]]].push_back(where);
  }
  Points middles;
  for (const auto& [code, where] : points) middles[code] = places::Mean(where);
  return middles;
}

void AddRow(const std::string& name, const Gazetteer& gazetteer,
            const Points& truth, Table& table, Session& session) {
  std::vector<int32_t> errors_m;
  for (const places::PostalCode& code : gazetteer.postal_codes()) {
    const auto known = truth.find(code.code);
    if (known == truth.end()) continue;
    errors_m.push_back(places::Between(known->second, code.location));
  }
  std::sort(errors_m.begin(), errors_m.end());
  const auto percentile = [&](size_t percent) {
    return errors_m.empty() ? 0
                            : errors_m[errors_m.size() * percent / 100] / 1e3;
  };
  const size_t placed = gazetteer.postal_codes().size();
  const auto format = [](double km) { return absl::StrFormat("%.2f", km); };
  if (session.json()) {
    session.console().out << "{\"setUp\":\"" << name
                          << "\",\"placed\":" << placed
                          << ",\"compared\":" << errors_m.size()
                          << ",\"medianKm\":" << format(percentile(50))
                          << ",\"p90Km\":" << format(percentile(90))
                          << ",\"p99Km\":" << format(percentile(99)) << "}\n";
  }
  table.AddRow({name, absl::StrCat(placed), absl::StrCat(errors_m.size()),
                format(percentile(50)), format(percentile(90)),
                format(percentile(99))});
}

// The gazetteer with what the options import.
absl::StatusOr<Gazetteer> Imported(const EvaluatePlacesOptions& options,
                                   const Gazetteer& base) {
  places::GazetteerImports imports;
  places::GeoNamesPostcodes geonames;
  places::DestatisRegister municipalities;
  if (!options.geonames.empty()) {
    const auto text = places::ReadFile(options.geonames);
    if (!text.ok()) return text.status();
    auto parsed = places::ParseGeoNames(*text);
    if (!parsed.ok()) return parsed.status();
    geonames = *std::move(parsed);
    imports.geonames = &geonames;
  }
  if (!options.destatis.empty()) {
    const auto text = places::ReadFile(options.destatis);
    if (!text.ok()) return text.status();
    auto parsed = places::ParseDestatis(*text);
    if (!parsed.ok()) return parsed.status();
    municipalities = *std::move(parsed);
    imports.municipalities = &municipalities;
  }
  auto merged = places::MergeGazetteer(base, imports);
  if (!merged.ok()) return merged.status();
  return std::move(merged->gazetteer);
}

absl::StatusOr<ExitCode> Evaluate(const EvaluatePlacesOptions& options,
                                  Session& session) {
  const auto truth = ReadTruth(options.truth);
  if (!truth.ok()) return truth.status();
  const auto base = Gazetteer::Load(options.gazetteer);
  if (!base.ok()) return base.status();
  const Language language = session.language();
  Table table;
  table.AddColumn(In(language, "Set-up", "Einrichtung"));
  for (const absl::string_view header :
       {In(language, "Postcodes placed", "PLZ verortet"),
        In(language, "compared", "verglichen"), absl::string_view("median km"),
        absl::string_view("p90 km"), absl::string_view("p99 km")}) {
    table.AddColumn(header, Table::Align::kRight);
  }
  AddRow(options.gazetteer, *base, *truth, table, session);
  if (!options.geonames.empty() || !options.destatis.empty()) {
    const auto imported = Imported(options, *base);
    if (!imported.ok()) return imported.status();
    std::string name = "imported:";
    if (!options.geonames.empty()) absl::StrAppend(&name, " geonames");
    if (!options.destatis.empty()) absl::StrAppend(&name, " destatis");
    AddRow(name, *imported, *truth, table, session);
  }
  if (!session.json()) PrintTable(table, session);
  return ExitCode::kOk;
}

}  // namespace

void AddEvaluatePlacesCommand(CLI::App& evaluate, Program& program) {
  CLI::App* command = AddCommand(
      evaluate, "places",
      "Compare where postcodes are with a table that knows: distance of each "
      "to "
      "the middle of its places there. Needs no server.",
      {"evaluate places --truth zipcodes.csv",
       "evaluate places --truth zipcodes.csv --destatis AuszugGV.csv"});
  auto options = std::make_shared<EvaluatePlacesOptions>();
  command
      ->add_option("--truth", options->truth,
                   "CSV with the columns zipcode, latitude, longitude")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--gazetteer", options->gazetteer,
                   "The gazetteer that set-up made")
      ->type_name("FILE")
      ->capture_default_str();
  command
      ->add_option("--geonames", options->geonames,
                   "Also compare with this file imported")
      ->type_name("FILE");
  command
      ->add_option("--destatis", options->destatis,
                   "Also compare with this register imported")
      ->type_name("FILE");
  SetAction(*command, program, [options](Session& session) {
    return Evaluate(*options, session);
  });
}

}  // namespace heimweg::cli
