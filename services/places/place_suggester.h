// PlaceSuggester: the places that a person may be typing, the likeliest first.
//
// What is typed is compared with names as place_name.h folds them (umlauts,
// ss/ß, "St." and "Sankt"), so that case, hyphens and blanks do not matter.
//   1. The whole name is what was typed.
//   2. The name begins with it.
//   3. A later word of the name is it, or begins with it ("muskau").
//   4. Only if there is none of these: with one typo, else with two. A typo is
//      a letter too many, missing or wrong, or two that changed places. Names
//      of fewer than 4 typed letters have none, fewer than 8 at most one; with
//      two, the first letter must be right.
// Within each of these, 1 to 4, the more populous place is first, then the
// order of names and keys.
//
// What follows the name narrows the choice: "Schönewalde, Elbe-Elster",
// "Neustadt (Dosse)", "Neustadt an d": each such word must begin a word of the
// place's own addition, its district or its state. Digits are the beginning of
// a postcode: alone they list its places, with a name they narrow it; if no
// place of a whole postcode has the name, the postcode decides.
#ifndef HEIMWEG_SERVICES_PLACES_PLACE_SUGGESTER_H_
#define HEIMWEG_SERVICES_PLACES_PLACE_SUGGESTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/places/known_places.h"

namespace heimweg::places {

struct PlaceSuggestion {
  int32_t place = 0;        // index of KnownPlaces::places()
  std::string postal_code;  // if digits were typed
  int typos = 0;

  friend bool operator==(const PlaceSuggestion&,
                         const PlaceSuggestion&) = default;
};

// A name as it is compared, one for each word of a place's name.
struct SuggestKey {
  std::string text;     // from this word to the end, additions included
  int32_t place = 0;    // index of KnownPlaces::places()
  size_t name_end = 0;  // where the additions begin in `text`
  bool later = false;   // not from the first word
};
std::vector<SuggestKey> SuggestKeys(const KnownPlace& place, int32_t index);

// What was typed, taken apart.
struct SuggestQuery {
  std::string digits;
  std::vector<std::string> texts;  // ways to read the name; the first is best
  std::vector<std::string> hints;  // a blank and the beginning of a word
};
SuggestQuery ParseSuggestQuery(absl::string_view typed);

// Words of a place's additions, district and state, each after a blank.
std::string HintWords(const KnownPlace& place, const Gazetteer& gazetteer);

// The most typos that are looked for in a text.
int MostTypos(absl::string_view text);

// Immutable. `places` outlives it. Thread-safe.
class PlaceSuggester {
 public:
  // `gazetteer` is that of `places`; it is not needed afterwards.
  PlaceSuggester(const KnownPlaces& places, const Gazetteer& gazetteer);

  // At most `limit` (1 to 100) places, each once. Nothing for what has no
  // letter and no digit, and beyond 100 bytes.
  std::vector<PlaceSuggestion> Suggest(absl::string_view typed,
                                       size_t limit) const;

 private:
  // A node of the tree of all keys; its keys are neighbours in keys_.
  struct Node {
    char letter;
    uint8_t children;
    uint32_t first_child;  // in nodes_
    uint32_t keys_begin;
    uint32_t keys_end;
  };
  class TypoSearch;

  void BuildTree();
  // Places with exactly `typos`, in order of rank.
  std::vector<PlaceSuggestion> Named(const SuggestQuery& query,
                                     absl::string_view text, int typos,
                                     size_t limit) const;
  void CollectExact(absl::string_view text, const SuggestQuery& query,
                    std::vector<uint64_t>& ranked) const;
  std::vector<PlaceSuggestion> OfPostcodes(const SuggestQuery& query,
                                           size_t limit) const;
  std::vector<PlaceSuggestion> AllOfPostcodes(absl::string_view digits,
                                              size_t limit) const;
  std::vector<PlaceSuggestion> NamedOfPostcodes(const SuggestQuery& query,
                                                size_t limit) const;
  bool HasHints(int32_t place, const SuggestQuery& query) const;

  const KnownPlaces& places_;
  std::vector<std::string> hints_;  // by place
  std::vector<SuggestKey> keys_;    // by text
  std::vector<Node> nodes_;         // children of one are neighbours
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_PLACE_SUGGESTER_H_
