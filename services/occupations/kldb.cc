#include "services/occupations/kldb.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_split.h"
#include "services/occupations/kldb_areas.h"

namespace heimweg::occupations {

namespace {

std::vector<KldbEntry> AllEntries() {
  std::vector<KldbEntry> all;
  for (const auto& area : {KldbAreas0To2(), KldbAreas3To6(), KldbAreas7To9()}) {
    all.insert(all.end(), area.begin(), area.end());
  }
  return all;
}

}  // namespace

const std::vector<KldbEntry>& KldbEntries() {
  // A table that never changes, not state.
  static const std::vector<KldbEntry>* const entries =
      new std::vector<KldbEntry>(AllEntries());
  return *entries;
}

const KldbEntry* FindKldb(absl::string_view code) {
  const absl::string_view sought = code.substr(0, 3);
  const std::vector<KldbEntry>& all = KldbEntries();
  const auto found =
      std::lower_bound(all.begin(), all.end(), sought,
                       [](const KldbEntry& entry, absl::string_view value) {
                         return entry.code < value;
                       });
  return found != all.end() && found->code == sought ? &*found : nullptr;
}

std::vector<EscoOccupation> KldbOccupations() {
  std::vector<EscoOccupation> groups;
  for (const KldbEntry& entry : KldbEntries()) {
    if (entry.code.size() != 3) continue;
    EscoOccupation group;
    group.uri = std::string(entry.code);
    group.isco_group = group.uri;
    group.preferred_label = std::string(entry.title);
    group.other_labels = absl::StrSplit(entry.usual_titles, ", ");
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace heimweg::occupations
