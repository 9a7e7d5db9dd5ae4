// Text made comparable: case, accents, umlauts and compatibility forms folded,
// so that "Bäcker", "BAECKER" and "backer" are one.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_FOLDED_TEXT_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_FOLDED_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// Lower case without marks, by utf8proc: "ä" becomes "a", "ß" becomes "ss".
// Bytes that are not UTF-8 are read as Latin-1, so that nothing is refused.
std::string Fold(absl::string_view text);

// `word`, folded already, with "ae", "oe", "ue" as people write them without
// umlauts made "a", "o", "u": not after a vowel or q, where they are none
// ("bauer", "quelle"). Applied to both sides of a comparison, a wrong one
// ("poet") does no harm.
std::string FoldDigraphs(absl::string_view word);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_FOLDED_TEXT_H_
