#include "services/places/place_name.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"

namespace heimweg::places {
namespace {

struct Folding {
  const char* from;
  const char* to;
};

// What German, Sorbian, Danish and French names contain beyond ASCII.
constexpr Folding kFoldings[] = {
    {"ä", "ae"}, {"Ä", "ae"},       {"ö", "oe"}, {"Ö", "oe"}, {"ü", "ue"},
    {"Ü", "ue"}, {"ß", "ss"},       {"ẞ", "ss"}, {"é", "e"},  {"è", "e"},
    {"ê", "e"},  {"ë", "e"},        {"á", "a"},  {"à", "a"},  {"â", "a"},
    {"ó", "o"},  {"ò", "o"},        {"ô", "o"},  {"í", "i"},  {"ú", "u"},
    {"ç", "c"},  {"ñ", "n"},        {"å", "aa"}, {"ø", "oe"}, {"Ø", "oe"},
    {"æ", "ae"}, {"č", "c"},        {"ć", "c"},  {"ě", "e"},  {"ł", "l"},
    {"ń", "n"},  {"ŕ", "r"},        {"ř", "r"},  {"ś", "s"},  {"š", "s"},
    {"Š", "s"},  {"ź", "z"},        {"ž", "z"},  {"Ž", "z"},  {"–", "-"},
    {"—", "-"},  {"\xcc\x88", "e"},  // a combining diaeresis
};

// Lower-case ASCII; what is not known becomes a blank.
std::string Fold(absl::string_view name) {
  std::string folded;
  while (!name.empty()) {
    if (absl::ascii_isascii(static_cast<unsigned char>(name[0]))) {
      folded.push_back(
          absl::ascii_tolower(static_cast<unsigned char>(name[0])));
      name.remove_prefix(1);
      continue;
    }
    const auto* known = std::find_if(
        std::begin(kFoldings), std::end(kFoldings),
        [&](const Folding& f) { return absl::StartsWith(name, f.from); });
    if (known == std::end(kFoldings)) {
      folded.push_back(' ');
      name.remove_prefix(1);
    } else {
      folded.append(known->to);
      name.remove_prefix(absl::string_view(known->from).size());
    }
  }
  return folded;
}

template <size_t N>
bool IsOneOf(absl::string_view word, const char* const (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](const char* w) { return word == w; });
}

// Words that begin an addition when they are not the first of a name.
bool BeginsAddition(absl::string_view word) {
  static constexpr const char* kWords[] = {
      "am",  "an", "auf", "bei", "im", "in", "ob", "unter", "unterm",
      "vor", "zu", "a",   "b",   "d",  "i",  "o",  "u",     "v"};
  return IsOneOf(word, kWords);
}

// Words of an addition that tell nothing apart.
bool IsFiller(absl::string_view word) {
  static constexpr const char* kWords[] = {
      "der",   "dem",       "den", "die",        "das",
      "stadt", "gemeinde",  "der", "hansestadt", "landeshauptstadt",
      "kreis", "landkreis", "lk",  "markt",      "flecken"};
  return BeginsAddition(word) || IsOneOf(word, kWords);
}

bool IsTitle(absl::string_view word) {
  static constexpr const char* kWords[] = {
      "bad",        "lutherstadt", "hansestadt",       "ostseebad",
      "nordseebad", "seebad",      "landeshauptstadt", "stadt",
      "gemeinde",   "markt",       "kreisstadt",       "universitaetsstadt"};
  return IsOneOf(word, kWords);
}

// Where the name proper ends: a bracket, slash, comma or a dash with blanks.
size_t EndOfMain(absl::string_view folded) {
  size_t end = folded.find_first_of("(/,;");
  if (end == absl::string_view::npos) end = folded.size();
  const size_t dash = folded.find(" - ");
  return std::min(end, dash == absl::string_view::npos ? end : dash);
}

std::vector<std::string> Words(absl::string_view folded) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (word == "st" || word == "skt") word = "sankt";
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (char c : folded) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      word.push_back(c);
    } else {
      finish();
    }
  }
  finish();
  return words;
}

// "a. d. Oder" is "oder"; a last letter stays, because in "Frankfurt/O." it is
// the addition.
std::vector<std::string> WithoutFillers(std::vector<std::string> additions) {
  std::vector<std::string> kept;
  for (std::string& word : additions) {
    const bool last_letter = &word == &additions.back() && word.size() == 1;
    if (last_letter || !IsFiller(word)) kept.push_back(std::move(word));
  }
  return kept;
}

// Fills `exact` and `loose` from the words.
PlaceName WithKeys(PlaceName name) {
  name.exact = absl::StrJoin(name.words, "");
  auto first = name.words.begin();
  while (name.words.end() - first > 1 && IsTitle(*first)) ++first;
  name.loose = absl::StrJoin(first, name.words.end(), "");
  return name;
}

}  // namespace

PlaceName ParsePlaceName(absl::string_view name) {
  const std::string folded = Fold(name);
  const size_t end = EndOfMain(folded);
  std::vector<std::string> main =
      Words(absl::string_view(folded).substr(0, end));
  std::vector<std::string> rest = Words(absl::string_view(folded).substr(end));
  // A part ("OT Zobersdorf") says where within the place: not compared.
  const auto without_part = [](std::vector<std::string>& words, size_t from) {
    for (size_t i = from; i < words.size(); ++i) {
      if (words[i] == "ot" || words[i] == "ortsteil") words.resize(i);
    }
  };
  without_part(main, 1);
  without_part(rest, 0);
  PlaceName parsed;
  bool in_addition = false;
  for (const std::string& word : main) {
    in_addition |= !parsed.words.empty() && BeginsAddition(word);
    (in_addition ? parsed.additions : parsed.words).push_back(word);
  }
  parsed.additions.insert(parsed.additions.end(), rest.begin(), rest.end());
  parsed.additions = WithoutFillers(std::move(parsed.additions));
  return WithKeys(std::move(parsed));
}

PlaceName FirstWords(const PlaceName& name, size_t count) {
  PlaceName first;
  first.words.assign(name.words.begin(),
                     name.words.begin() + static_cast<ptrdiff_t>(count));
  return WithKeys(std::move(first));
}

NameAgreement Agreement(const PlaceName& a, const PlaceName& b) {
  if (a.loose.empty() || a.loose != b.loose) return NameAgreement::kNone;
  const bool one_lacks = a.additions.empty() || b.additions.empty();
  const bool agree = std::any_of(
      a.additions.begin(), a.additions.end(), [&](const std::string& x) {
        return std::any_of(
            b.additions.begin(), b.additions.end(), [&](const std::string& y) {
              return absl::StartsWith(x, y) || absl::StartsWith(y, x);
            });
      });
  if (!one_lacks && !agree) return NameAgreement::kNone;
  if (a.exact != b.exact) return NameAgreement::kLoose;
  const bool same = agree || (a.additions.empty() && b.additions.empty());
  return same ? NameAgreement::kSame : NameAgreement::kSameMain;
}

}  // namespace heimweg::places
