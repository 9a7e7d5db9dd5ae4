// A job title as people write it, taken apart into comparable words: without
// gender forms ("/in", "(m/w/d)", ":in", "*innen"), hours, dates and addresses,
// abbreviations written out, each word once.
//
// "Zimmerer/in (m/w/d) in Vollzeit" -> zimmerer
// "Technischer Zeichner/Technische Zeichnerin Fachrichtung Bau"
//     -> technisch zeichner | bau
//
// Not here: what a title means (title_resolver.h).
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_TITLE_WORDS_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_TITLE_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::occupations {

struct TitleWord {
  // Folded, without gender ending: "kaufmann", "zeichner".
  std::string text;
  // Its stem by the German Snowball rules: equal for two forms of one word.
  std::string stem;
  // Behind "Fachrichtung", "Schwerpunkt", "für", "im", a dash: it says which
  // kind of the words before.
  bool qualifier = false;

  friend bool operator==(const TitleWord&, const TitleWord&) = default;
};

struct TitleWords {
  std::vector<TitleWord> words;
  // What was left out because it says nothing of the occupation, as written:
  // "(m/w/d)", "Vollzeit".
  std::vector<std::string> left_out;

  // The words joined by blanks, sorted: the same for two spellings.
  std::string Key() const;
};

// `title` is UTF-8 of any length; what lies behind 400 bytes is not looked at.
// A title without any word gives an empty list.
TitleWords ReadTitle(absl::string_view title);

// The grammatical gender of one folded word taken away: "zeichnerin" and
// "zeichnerinnen" -> "zeichner", "kauffrau" -> "kaufmann", "beauftragter" and
// "beauftragte" -> "beauftragt". Words that only look like it ("medizin") stay.
std::string WithoutGender(absl::string_view word);

// Hours, terms of employment, praise and requests, which adverts put into
// titles: "teilzeit", "befristet", "motivierte", "gesucht". Folded.
bool IsAdvertWord(absl::string_view word);

// Articles, prepositions and what certificates add: "fur", "staatlich",
// "geprufte", "fachrichtung". Folded.
bool IsFillWord(absl::string_view word);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_TITLE_WORDS_H_
