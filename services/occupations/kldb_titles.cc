#include "services/occupations/kldb_titles.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "services/occupations/kldb.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kGroupDigits = 3;
constexpr size_t kSubGroupDigits = 4;

// "Berufe in der Zimmerei" says it in the words of a title: "Zimmerei". Empty
// if the title only says that it is a rest.
absl::string_view NameIn(absl::string_view title) {
  if (absl::StrContains(title, "sonstige spezifische")) return "";
  const size_t remark = title.find(" (ohne Spezialisierung)");
  title = title.substr(0, remark);
  for (const absl::string_view start :
       {"Berufe in der ", "Berufe in den ", "Berufe im ", "Berufe in ",
        "Berufe für "}) {
    if (absl::StartsWith(title, start)) return title.substr(start.size());
  }
  return title;
}

// The digits that both begin with, at least those of their group.
std::string CommonCode(const std::string& a, const std::string& b) {
  size_t digits = kGroupDigits;
  while (digits < std::min(a.size(), b.size()) && a[digits] == b[digits]) {
    ++digits;
  }
  return a.substr(0, digits);
}

// The names of one group.
class GroupNames {
 public:
  // A name that stands for several codes means what they share; one that is
  // there already with a more exact code adds nothing.
  void Add(absl::string_view name, const std::string& code, bool exact) {
    if (name.empty()) return;
    const std::string key = ReadTitle(name).Key();
    if (key.empty()) return;
    const auto [known, added] = at_.try_emplace(key, names_.size());
    if (added) {
      names_.push_back({std::string(name), code});
    } else if (exact) {
      std::string& common = names_[known->second].code;
      common = CommonCode(common, code);
    }
  }

  struct Name {
    std::string text;
    std::string code;
  };
  const std::vector<Name>& names() const { return names_; }

 private:
  absl::flat_hash_map<std::string, size_t> at_;
  std::vector<Name> names_;
};

using NamesByGroup = std::map<std::string, GroupNames>;

void AddNames(const KldbFile* kldb, const BaCrosswalk* crosswalk,
              NamesByGroup& names) {
  const auto add = [&names](absl::string_view name, const std::string& code) {
    const auto group = names.find(code.substr(0, kGroupDigits));
    if (group != names.end()) group->second.Add(name, code, true);
  };
  if (crosswalk != nullptr) {
    for (const CrosswalkRow& row : crosswalk->occupations) {
      add(row.ba_title, row.kldb_code);
    }
  }
  if (kldb == nullptr) return;
  for (const KldbRow& row : kldb->rows) {
    for (const std::string& title : row.usual_titles) add(title, row.code);
  }
  for (const KldbRow& row : kldb->rows) {
    if (row.code.size() == kSubGroupDigits) add(NameIn(row.title), row.code);
  }
}

}  // namespace

KldbTitles CollectKldbTitles(const KldbFile* kldb,
                             const BaCrosswalk* crosswalk) {
  const std::vector<EscoOccupation> built_in = KldbOccupations();
  NamesByGroup names;
  for (const EscoOccupation& group : built_in) names[group.uri];
  AddNames(kldb, crosswalk, names);
  KldbTitles titles;
  for (const EscoOccupation& group : built_in) {
    GroupNames& known = names[group.uri];
    for (const std::string& label : group.other_labels) {
      known.Add(label, group.uri, false);
    }
    EscoOccupation all = group;
    all.other_labels.clear();
    std::vector<std::string> codes = {group.uri};
    for (const GroupNames::Name& name : known.names()) {
      all.other_labels.push_back(name.text);
      codes.push_back(name.code);
    }
    titles.groups.push_back(std::move(all));
    titles.codes.push_back(std::move(codes));
  }
  return titles;
}

std::vector<KldbRow> CollectKldbRows(const KldbFile* kldb,
                                     const BaCrosswalk* crosswalk) {
  std::map<std::string, KldbRow> rows;
  for (const KldbEntry& entry : KldbEntries()) {
    KldbRow& row = rows[std::string(entry.code)];
    row.code = std::string(entry.code);
    row.title = std::string(entry.title);
    if (!entry.usual_titles.empty()) {
      row.usual_titles = absl::StrSplit(entry.usual_titles, ", ");
    }
  }
  if (kldb != nullptr) {
    for (const KldbRow& imported : kldb->rows) {
      KldbRow& row = rows[imported.code];
      row.code = imported.code;
      row.title = imported.title;
      row.usual_titles.insert(row.usual_titles.end(),
                              imported.usual_titles.begin(),
                              imported.usual_titles.end());
    }
  }
  std::vector<KldbRow> all;
  absl::flat_hash_map<std::string, std::set<std::string>> titles;
  if (crosswalk != nullptr) {
    for (const CrosswalkRow& one : crosswalk->occupations) {
      titles[one.kldb_code].insert(one.ba_title);
    }
  }
  for (auto& [code, row] : rows) {
    for (const std::string& title : titles[code]) {
      const auto& known = row.usual_titles;
      if (std::find(known.begin(), known.end(), title) == known.end()) {
        row.usual_titles.push_back(title);
      }
    }
    all.push_back(std::move(row));
  }
  return all;
}

}  // namespace heimweg::occupations
