#include "services/occupations/ba_crosswalk.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/occupations/csv_reader.h"
#include "services/occupations/utf8.h"

namespace heimweg::occupations {
namespace {

constexpr absl::string_view kOccupation =
    "http://data.europa.eu/esco/occupation/";
constexpr absl::string_view kIscoGroup = "http://data.europa.eu/esco/isco/";
constexpr absl::string_view kSkill = "http://data.europa.eu/esco/skill/";
constexpr size_t kRemarks = 20;
constexpr size_t kLongestCrosswalkTitle = 300;
// One row in so many may not fit.
constexpr size_t kRowsPerBroken = 100;

enum Field : size_t { kUri, kEscoTitle, kId, kBaTitle, kRelation };

std::optional<CrosswalkRelation> RelationOf(absl::string_view text) {
  if (text == "skos:exactMatch") return CrosswalkRelation::kExact;
  if (text == "skos:closeMatch") return CrosswalkRelation::kClose;
  if (text == "skos:narrowMatch") return CrosswalkRelation::kNarrow;
  if (text == "skos:broadMatch") return CrosswalkRelation::kBroad;
  return std::nullopt;
}

// The five digits of "B 01104-104"; empty if there are none.
std::string KldbOf(absl::string_view id) {
  constexpr size_t kBegin = 2;
  constexpr size_t kDigits = 5;
  if (!absl::StartsWith(id, "B ") || id.size() < kBegin + kDigits + 2 ||
      id[kBegin + kDigits] != '-') {
    return "";
  }
  const absl::string_view code = id.substr(kBegin, kDigits);
  return std::all_of(code.begin(), code.end(), absl::ascii_isdigit)
             ? std::string(code)
             : "";
}

bool IsTitle(absl::string_view text) {
  return !text.empty() && text.size() <= kLongestCrosswalkTitle &&
         text.find('\n') == absl::string_view::npos;
}

// Reads one row into `crosswalk`; what is wrong with it, empty if nothing.
std::string ReadRow(const std::vector<std::string>& row,
                    BaCrosswalk& crosswalk) {
  const auto relation = RelationOf(row[kRelation]);
  if (!relation.has_value()) {
    return "Mapping relation: expected skos:exactMatch, closeMatch, "
           "narrowMatch or broadMatch";
  }
  if (!IsTitle(row[kEscoTitle])) {
    return "Classification 1 PrefLabel: expected one line of 1 to 300 bytes";
  }
  if (!IsTitle(row[kBaTitle])) {
    return "Classification 2 PrefLabel: expected one line of 1 to 300 bytes";
  }
  CrosswalkRow one{row[kUri], row[kEscoTitle], row[kBaTitle], "", *relation};
  if (absl::StartsWith(row[kUri], kSkill)) {
    if (!absl::StartsWith(row[kId], "K ")) {
      return "Classification 2 ID: expected a competence as \"K 0705-117\"";
    }
    crosswalk.skills.push_back(std::move(one));
    return "";
  }
  if (!absl::StartsWith(row[kUri], kOccupation) &&
      !absl::StartsWith(row[kUri], kIscoGroup)) {
    return "Classification 1 URI: expected an occupation, ISCO group or skill "
           "of http://data.europa.eu/esco/";
  }
  one.kldb_code = KldbOf(row[kId]);
  if (!one.kldb_code.empty()) {
    crosswalk.occupations.push_back(std::move(one));
    return "";
  }
  // The agency's entries for whole ISCO groups have no code.
  return absl::StartsWith(row[kId], "BE ")
             ? ""
             : "Classification 2 ID: expected KldB and a number as \"B "
               "01104-104\"";
}

absl::Status ReadFile(const NamedFile& file, BaCrosswalk& crosswalk) {
  if (const auto line = LineThatIsNotUtf8(file.second); line.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.first, ", line ", *line, ": expected UTF-8"));
  }
  auto table =
      CsvTable::Open(file.first, file.second,
                     {"Classification 1 URI", "Classification 1 PrefLabel",
                      "Classification 2 ID", "Classification 2 PrefLabel",
                      "Mapping relation"});
  if (!table.ok()) return table.status();
  size_t rows = 0;
  std::vector<std::string> broken;
  std::vector<std::string> row;
  while (table->Next(row)) {
    // The agency's concepts that mean nothing of ESCO's.
    if (row[kUri].empty() && row[kRelation].empty()) continue;
    ++rows;
    const std::string wrong = ReadRow(row, crosswalk);
    if (wrong.empty()) continue;
    broken.push_back(
        absl::StrCat(file.first, ", line ", table->line(), ", ", wrong));
  }
  if (!table->status().ok()) return table->status();
  if (broken.size() > rows / kRowsPerBroken) {
    return absl::InvalidArgumentError(
        absl::StrCat(broken.front(), " (and ", broken.size() - 1, " more of ",
                     rows, " rows)"));
  }
  for (std::string& one : broken) {
    if (crosswalk.remarks.size() == kRemarks) break;
    crosswalk.remarks.push_back(std::move(one));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BaCrosswalk> ParseBaCrosswalk(
    const std::vector<NamedFile>& files) {
  BaCrosswalk crosswalk;
  for (const NamedFile& file : files) {
    const absl::Status read = ReadFile(file, crosswalk);
    if (!read.ok()) return read;
  }
  if (crosswalk.occupations.empty() && crosswalk.skills.empty()) {
    return absl::InvalidArgumentError(
        "expected the employment agency's crosswalk to ESCO, of occupations or "
        "of skills, as CSV; there is no row of it");
  }
  return crosswalk;
}

}  // namespace heimweg::occupations
