#include "services/places/place_suggester.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/places/germany.h"

namespace heimweg::places {
namespace {

constexpr size_t kLongestTyped = 100;
constexpr size_t kLongestText = 60;
constexpr size_t kPostcodeDigits = 5;

// What decides first, in the upper half; the place's order in the lower.
uint64_t Ranked(bool later, bool whole, int32_t place) {
  const uint64_t rank = (later ? 2U : 0U) + (whole ? 0U : 1U);
  return rank << 32 | static_cast<uint32_t>(place);
}

// The best `limit` places of `ranked`, each at its best rank.
std::vector<PlaceSuggestion> Best(std::vector<uint64_t>& ranked, int typos,
                                  size_t limit) {
  std::vector<PlaceSuggestion> best;
  // A place has few keys, so that this many mostly hold enough places.
  size_t sorted = std::min(ranked.size(), limit * 3);
  std::partial_sort(ranked.begin(),
                    ranked.begin() + static_cast<ptrdiff_t>(sorted),
                    ranked.end());
  absl::flat_hash_set<int32_t> seen;
  for (size_t i = 0; i < ranked.size() && best.size() < limit; ++i) {
    if (i == sorted) {
      std::sort(ranked.begin() + static_cast<ptrdiff_t>(i), ranked.end());
      sorted = ranked.size();
    }
    const auto place = static_cast<int32_t>(ranked[i] & 0xffffffffU);
    if (seen.insert(place).second) best.push_back({place, "", typos});
  }
  return best;
}

}  // namespace

std::vector<SuggestKey> SuggestKeys(const KnownPlace& place, int32_t index) {
  const std::string additions = absl::StrJoin(place.parsed.additions, "");
  std::vector<SuggestKey> keys;
  std::string text;
  for (auto word = place.parsed.words.rbegin();
       word != place.parsed.words.rend(); ++word) {
    text.insert(0, *word);
    keys.push_back({(text + additions).substr(0, kLongestText), index,
                    std::min(text.size(), kLongestText), true});
  }
  if (!keys.empty()) keys.back().later = false;
  return keys;
}

SuggestQuery ParseSuggestQuery(absl::string_view typed) {
  SuggestQuery query;
  std::vector<absl::string_view> words;
  for (const absl::string_view word :
       absl::StrSplit(typed, ' ', absl::SkipEmpty())) {
    const bool digits =
        word.size() <= kPostcodeDigits &&
        std::all_of(word.begin(), word.end(),
                    [](unsigned char c) { return absl::ascii_isdigit(c); });
    if (digits && query.digits.empty()) {
      query.digits = std::string(word);
    } else {
      words.push_back(word);
    }
  }
  const std::string rest = absl::StrJoin(words, " ");
  const PlaceName name = ParsePlaceName(rest);
  const auto add = [&](std::string text) {
    text.resize(std::min(text.size(), kLongestText));
    if (!text.empty()) query.texts.push_back(std::move(text));
  };
  add(name.exact);
  // "St" may become "Stuttgart" as well as "Sankt Wendel".
  if (!words.empty() && !name.words.empty() && name.words.back() == "sankt") {
    const std::string last = absl::AsciiStrToLower(words.back());
    if (last == "st" || last == "skt") {
      add(absl::StrCat(name.exact.substr(0, name.exact.size() - 5), last));
    }
  }
  if (name.loose != name.exact) add(name.loose);
  for (const std::string& word : name.additions) {
    query.hints.push_back(absl::StrCat(" ", word));
  }
  return query;
}

std::string HintWords(const KnownPlace& place, const Gazetteer& gazetteer) {
  std::string words;
  const auto add = [&](const std::vector<std::string>& more) {
    for (const std::string& word : more) absl::StrAppend(&words, " ", word);
  };
  add(place.parsed.additions);
  const auto add_name = [&](absl::string_view name) {
    const PlaceName parsed = ParsePlaceName(name);
    add(parsed.words);
    add(parsed.additions);
  };
  if (const District* district = gazetteer.FindDistrict(place.district_ags())) {
    add_name(district->name);
  }
  add_name(StateName(place.ags));
  return words;
}

int MostTypos(absl::string_view text) {
  if (text.size() < 4) return 0;
  return text.size() < 8 ? 1 : 2;
}

PlaceSuggester::PlaceSuggester(const KnownPlaces& places,
                               const Gazetteer& gazetteer)
    : places_(places) {
  for (size_t i = 0; i < places.places().size(); ++i) {
    const KnownPlace& place = places.places()[i];
    hints_.push_back(HintWords(place, gazetteer));
    for (SuggestKey& key : SuggestKeys(place, static_cast<int32_t>(i))) {
      keys_.push_back(std::move(key));
    }
  }
  std::sort(keys_.begin(), keys_.end(),
            [](const SuggestKey& a, const SuggestKey& b) {
              return std::tie(a.text, a.place, a.later) <
                     std::tie(b.text, b.place, b.later);
            });
  BuildTree();
}

void PlaceSuggester::BuildTree() {
  struct Open {
    uint32_t node;
    size_t depth;
  };
  nodes_.push_back({0, 0, 0, 0, static_cast<uint32_t>(keys_.size())});
  std::vector<Open> open = {{0, 0}};
  for (size_t next = 0; next < open.size(); ++next) {
    const auto [at, depth] = open[next];
    uint32_t i = nodes_[at].keys_begin;
    const uint32_t end = nodes_[at].keys_end;
    // Keys that end here come first.
    while (i < end && keys_[i].text.size() == depth) ++i;
    nodes_[at].first_child = static_cast<uint32_t>(nodes_.size());
    while (i < end) {
      const char letter = keys_[i].text[depth];
      uint32_t child_end = i;
      while (child_end < end && keys_[child_end].text[depth] == letter) {
        ++child_end;
      }
      open.push_back({static_cast<uint32_t>(nodes_.size()), depth + 1});
      nodes_.push_back({letter, 0, 0, i, child_end});
      ++nodes_[at].children;
      i = child_end;
    }
  }
}

bool PlaceSuggester::HasHints(int32_t place, const SuggestQuery& query) const {
  const std::string& words = hints_[static_cast<size_t>(place)];
  return std::all_of(
      query.hints.begin(), query.hints.end(),
      [&](const std::string& hint) { return absl::StrContains(words, hint); });
}

void PlaceSuggester::CollectExact(absl::string_view text,
                                  const SuggestQuery& query,
                                  std::vector<uint64_t>& ranked) const {
  const Node* node = &nodes_[0];
  for (const char letter : text) {
    const Node* const begin = nodes_.data() + node->first_child;
    const Node* const end = begin + node->children;
    node = std::find_if(begin, end,
                        [&](const Node& n) { return n.letter == letter; });
    if (node == end) return;
  }
  for (uint32_t i = node->keys_begin; i < node->keys_end; ++i) {
    const SuggestKey& key = keys_[i];
    if (!HasHints(key.place, query)) continue;
    const bool whole =
        text.size() == key.name_end || text.size() == key.text.size();
    ranked.push_back(Ranked(key.later, whole, key.place));
  }
}

// Walks the tree with a row of edit distances for each letter (optimal string
// alignment), and takes each key that the text is near to the beginning of.
class PlaceSuggester::TypoSearch {
 public:
  TypoSearch(const PlaceSuggester& suggester, const SuggestQuery& query,
             absl::string_view text, int typos, std::vector<uint64_t>& ranked)
      : suggester_(suggester),
        query_(query),
        text_(text),
        typos_(typos),
        ranked_(ranked) {
    for (size_t j = 0; j <= text_.size(); ++j) {
      rows_[0][j] = static_cast<uint8_t>(j);
    }
  }

  void Run() {
    Descend(suggester_.nodes_[0], 0, static_cast<int>(text_.size()), 0);
  }

 private:
  using Row = std::array<uint8_t, kLongestText + 1>;

  // `best`: the least distance of the text to a beginning up to here;
  // `least_above`: the least of the row above.
  void Descend(const Node& node, size_t depth, int best, int least_above) {
    const bool can_go_on = depth < kLongestText;
    for (uint32_t i = 0; can_go_on && i < node.children; ++i) {
      const Node& child = suggester_.nodes_[node.first_child + i];
      if (typos_ == 2 && depth == 0 && child.letter != text_[0]) continue;
      letters_[depth] = child.letter;
      const int least = Fill(depth + 1);
      const int now = std::min<int>(best, rows_[depth + 1][text_.size()]);
      // Below, no row can get under what this one and, by a swap, the one
      // above have.
      const int reachable = std::min(least, least_above + 1);
      if (now == typos_ && reachable >= now) {
        Take(child);
      } else if (now >= typos_ && reachable <= typos_) {
        Descend(child, depth + 1, now, least);
      }
    }
    if (best == typos_) TakeEnding(node, depth);
  }

  // Row `depth` from those above; returns its least value.
  int Fill(size_t depth) {
    const char letter = letters_[depth - 1];
    const Row& above = rows_[depth - 1];
    Row& row = rows_[depth];
    row[0] = static_cast<uint8_t>(depth);
    int least = row[0];
    for (size_t j = 1; j <= text_.size(); ++j) {
      int value = std::min({above[j] + 1, row[j - 1] + 1,
                            above[j - 1] + (text_[j - 1] == letter ? 0 : 1)});
      if (depth > 1 && j > 1 && text_[j - 1] == letters_[depth - 2] &&
          text_[j - 2] == letter) {
        value = std::min(value, rows_[depth - 2][j - 2] + 1);
      }
      row[j] = static_cast<uint8_t>(value);
      least = std::min(least, value);
    }
    return least;
  }

  void TakeKey(const SuggestKey& key) {
    if (!suggester_.HasHints(key.place, query_)) return;
    ranked_.push_back(Ranked(key.later, true, key.place));
  }
  void Take(const Node& node) {
    for (uint32_t i = node.keys_begin; i < node.keys_end; ++i) {
      TakeKey(suggester_.keys_[i]);
    }
  }
  void TakeEnding(const Node& node, size_t depth) {
    for (uint32_t i = node.keys_begin;
         i < node.keys_end && suggester_.keys_[i].text.size() == depth; ++i) {
      TakeKey(suggester_.keys_[i]);
    }
  }

  const PlaceSuggester& suggester_;
  const SuggestQuery& query_;
  const absl::string_view text_;
  const int typos_;
  std::vector<uint64_t>& ranked_;
  std::array<Row, kLongestText + 1> rows_;
  std::array<char, kLongestText> letters_;
};

std::vector<PlaceSuggestion> PlaceSuggester::Named(const SuggestQuery& query,
                                                   absl::string_view text,
                                                   int typos,
                                                   size_t limit) const {
  std::vector<uint64_t> ranked;
  if (typos == 0) {
    CollectExact(text, query, ranked);
  } else {
    TypoSearch(*this, query, text, typos, ranked).Run();
  }
  return Best(ranked, typos, limit);
}

std::vector<PlaceSuggestion> PlaceSuggester::AllOfPostcodes(
    absl::string_view digits, size_t limit) const {
  std::vector<PlaceSuggestion> all;
  for (const auto& postcode : places_.PostcodesBeginning(digits)) {
    for (const int32_t place : postcode.places) {
      if (all.size() == limit) return all;
      all.push_back({place, postcode.code, 0});
    }
  }
  return all;
}

std::vector<PlaceSuggestion> PlaceSuggester::NamedOfPostcodes(
    const SuggestQuery& query, size_t limit) const {
  std::vector<std::tuple<bool, std::string, int32_t>> found;
  for (const auto& postcode : places_.PostcodesBeginning(query.digits)) {
    for (const int32_t place : postcode.places) {
      if (!HasHints(place, query)) continue;
      for (const SuggestKey& key :
           SuggestKeys(places_.places()[static_cast<size_t>(place)], place)) {
        if (!absl::StartsWith(key.text, query.texts[0])) continue;
        found.emplace_back(key.later, postcode.code, place);
      }
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<PlaceSuggestion> best;
  for (const auto& [rank, code, place] : found) {
    const PlaceSuggestion next{place, code, 0};
    if (best.size() == limit) break;
    if (std::find(best.begin(), best.end(), next) == best.end()) {
      best.push_back(next);
    }
  }
  return best;
}

std::vector<PlaceSuggestion> PlaceSuggester::OfPostcodes(
    const SuggestQuery& query, size_t limit) const {
  if (query.texts.empty()) return AllOfPostcodes(query.digits, limit);
  std::vector<PlaceSuggestion> named = NamedOfPostcodes(query, limit);
  // A whole postcode decides against a name that does not fit it.
  const bool decides = query.digits.size() == kPostcodeDigits;
  if (!named.empty() || !decides) return named;
  return AllOfPostcodes(query.digits, limit);
}

std::vector<PlaceSuggestion> PlaceSuggester::Suggest(absl::string_view typed,
                                                     size_t limit) const {
  if (typed.size() > kLongestTyped) return {};
  const SuggestQuery query = ParseSuggestQuery(typed);
  if (!query.digits.empty()) return OfPostcodes(query, limit);
  for (int typos = 0; typos <= 2; ++typos) {
    for (const std::string& text : query.texts) {
      if (typos > MostTypos(text)) continue;
      std::vector<PlaceSuggestion> found = Named(query, text, typos, limit);
      if (!found.empty()) return found;
    }
  }
  return {};
}

}  // namespace heimweg::places
