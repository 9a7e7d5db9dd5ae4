#include "services/occupations/esco.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/occupations/csv_reader.h"

namespace heimweg::occupations {
namespace {

absl::string_view BaseName(absl::string_view path) {
  const size_t slash = path.find_last_of("/\\");
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

// The file whose name is `stem`, with or without a language: null for none.
const NamedFile* Find(const std::vector<NamedFile>& files,
                      absl::string_view stem) {
  for (const NamedFile& file : files) {
    const absl::string_view name = BaseName(file.first);
    if (!absl::EndsWithIgnoreCase(name, ".csv") ||
        !absl::StartsWithIgnoreCase(name, stem)) {
      continue;
    }
    const absl::string_view rest =
        name.substr(stem.size(), name.size() - stem.size() - 4);
    if (rest.empty() || (rest.size() <= 6 && rest[0] == '_')) return &file;
  }
  return nullptr;
}

// Labels stand on lines of their own, in the collections behind " | ".
std::vector<std::string> Labels(absl::string_view field,
                                absl::string_view preferred) {
  std::vector<std::string> labels;
  const bool lines = field.find('\n') != absl::string_view::npos;
  const auto add = [&](absl::string_view part) {
    const absl::string_view label = absl::StripAsciiWhitespace(part);
    if (!label.empty() && label != preferred) labels.emplace_back(label);
  };
  if (lines) {
    for (const absl::string_view part : absl::StrSplit(field, '\n')) add(part);
  } else {
    for (const absl::string_view part : absl::StrSplit(field, " | ")) add(part);
  }
  return labels;
}

absl::Status RowError(const CsvTable& table, absl::string_view name,
                      absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(name, ", line ", table.line(), ": ", what));
}

absl::Status ReadOccupations(const NamedFile& file, Esco& esco) {
  auto table = CsvTable::Open(file.first, file.second,
                              {"conceptUri", "iscoGroup", "preferredLabel",
                               "altLabels", "description"});
  if (!table.ok()) return table.status();
  std::vector<std::string> row;
  while (table->Next(row)) {
    if (!absl::StrContains(row[0], "/esco/")) {
      return RowError(*table, file.first,
                      "conceptUri is expected to be an ESCO URI, as "
                      "http://data.europa.eu/esco/occupation/...");
    }
    if (row[2].empty()) {
      return RowError(*table, file.first, "preferredLabel is empty");
    }
    EscoOccupation one;
    one.uri = row[0];
    one.preferred_label = row[2];
    one.other_labels = Labels(row[3], row[2]);
    one.description = row[4];
    one.isco_group = row[1];
    esco.occupations.push_back(std::move(one));
  }
  return table->status();
}

absl::Status ReadGroups(const NamedFile& file, Esco& esco) {
  auto table =
      CsvTable::Open(file.first, file.second,
                     {"conceptUri", "code", "preferredLabel", "description"});
  if (!table.ok()) return table.status();
  std::vector<std::string> row;
  while (table->Next(row)) {
    EscoOccupation one;
    one.uri = row[0];
    one.preferred_label = row[2];
    one.description = row[3];
    one.isco_group = row[1];
    one.is_group = true;
    esco.occupations.push_back(std::move(one));
  }
  return table->status();
}

absl::Status ReadSkills(const NamedFile& file,
                        absl::flat_hash_set<std::string>& known, Esco& esco) {
  auto table = CsvTable::Open(
      file.first, file.second,
      {"conceptUri", "preferredLabel", "altLabels", "description"});
  if (!table.ok()) return table.status();
  std::vector<std::string> row;
  while (table->Next(row)) {
    if (row[0].empty() || row[1].empty()) {
      return RowError(*table, file.first,
                      "conceptUri and preferredLabel are expected");
    }
    if (!known.insert(row[0]).second) continue;
    esco.skills.push_back({row[0], row[1], Labels(row[2], row[1]), row[3]});
  }
  return table->status();
}

absl::Status ReadAllSkills(const std::vector<NamedFile>& files, Esco& esco) {
  absl::flat_hash_set<std::string> known;
  if (const NamedFile* file = Find(files, "skills"); file != nullptr) {
    return ReadSkills(*file, known, esco);
  }
  for (const absl::string_view stem :
       {"digitalSkillsCollection", "digCompSkillsCollection",
        "greenSkillsCollection", "languageSkillsCollection",
        "researchSkillsCollection", "transversalSkillsCollection"}) {
    const NamedFile* file = Find(files, stem);
    if (file == nullptr) continue;
    if (auto status = ReadSkills(*file, known, esco); !status.ok()) {
      return status;
    }
  }
  esco.notes.push_back(
      absl::StrCat("skills_XX.csv is missing: ", esco.skills.size(),
                   " skills are read from the collections, of about 14,000"));
  return absl::OkStatus();
}

template <typename T>
absl::flat_hash_map<absl::string_view, uint32_t> ByUri(
    const std::vector<T>& all) {
  absl::flat_hash_map<absl::string_view, uint32_t> by_uri;
  for (size_t i = 0; i < all.size(); ++i) {
    by_uri.emplace(all[i].uri, static_cast<uint32_t>(i));
  }
  return by_uri;
}

absl::Status ReadRelations(const NamedFile& file, Esco& esco) {
  auto table = CsvTable::Open(file.first, file.second,
                              {"occupationUri", "relationType", "skillUri"});
  if (!table.ok()) return table.status();
  const auto occupations = ByUri(esco.occupations);
  const auto skills = ByUri(esco.skills);
  size_t unknown = 0;
  std::vector<std::string> row;
  while (table->Next(row)) {
    if (row[1] != "essential" && row[1] != "optional") {
      return RowError(*table, file.first,
                      "relationType is expected to be essential or optional");
    }
    const auto occupation = occupations.find(row[0]);
    const auto skill = skills.find(row[2]);
    if (occupation == occupations.end() || skill == skills.end()) {
      ++unknown;
      continue;
    }
    esco.relations.push_back(
        {occupation->second, skill->second, row[1] == "essential"});
  }
  if (unknown > 0) {
    esco.notes.push_back(
        absl::StrCat(unknown,
                     " relations name an occupation or a skill that "
                     "is not in the files: left out"));
  }
  return table->status();
}

}  // namespace

absl::StatusOr<Esco> ReadEsco(const std::vector<NamedFile>& files) {
  const NamedFile* occupations = Find(files, "occupations");
  if (occupations == nullptr) {
    return absl::InvalidArgumentError(
        "expected ESCO's CSV download with occupations_XX.csv (XX a language, "
        "e.g. de); there is no such file");
  }
  Esco esco;
  if (auto status = ReadOccupations(*occupations, esco); !status.ok()) {
    return status;
  }
  if (const NamedFile* groups = Find(files, "ISCOGroups"); groups != nullptr) {
    if (auto status = ReadGroups(*groups, esco); !status.ok()) return status;
  } else {
    esco.notes.push_back("ISCOGroups_XX.csv is missing: no groups are known");
  }
  if (auto status = ReadAllSkills(files, esco); !status.ok()) return status;
  const NamedFile* relations = Find(files, "occupationSkillRelations");
  if (relations == nullptr) {
    esco.notes.push_back(
        "occupationSkillRelations_XX.csv is missing: which skills an "
        "occupation needs is not known");
    return esco;
  }
  if (auto status = ReadRelations(*relations, esco); !status.ok()) {
    return status;
  }
  return esco;
}

}  // namespace heimweg::occupations
