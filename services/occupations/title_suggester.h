// Typeahead: names of occupations that begin as what was typed so far.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_TITLE_SUGGESTER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_TITLE_SUGGESTER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/occupations/esco.h"

namespace heimweg::occupations {

struct TitleSuggestion {
  uint32_t occupation = 0;  // in what the suggester was made of
  uint32_t label = 0;       // 0 the preferred label, else other_labels[n - 1]

  friend bool operator==(const TitleSuggestion&,
                         const TitleSuggestion&) = default;
};

// Immutable; Thread-safe.
class TitleSuggester {
 public:
  explicit TitleSuggester(const std::vector<EscoOccupation>& occupations);

  // At most `limit`, each occupation once: names that begin with `typed` before
  // names with a later word that does; preferred before other names, short
  // before long ones. Case, umlauts, "ss" and "ß" and gender forms do not
  // matter. Nothing typed suggests nothing.
  std::vector<TitleSuggestion> Suggest(absl::string_view typed,
                                       size_t limit) const;

 private:
  struct Entry {
    std::string text;  // folded, from a word's start on
    uint8_t word = 0;  // which word, 0 the first; at most 3
    uint32_t label = 0;
    uint32_t occupation = 0;
    uint32_t size = 0;  // of the whole label
  };

  std::vector<Entry> entries_;  // by text
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_TITLE_SUGGESTER_H_
