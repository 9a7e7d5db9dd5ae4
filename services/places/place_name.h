// German place names as people write them, made comparable: spelling of
// umlauts, additions such as "(Niederlausitz)" or "a. d. Elster", titles such
// as "Bad" or "Lutherstadt", parts after "OT".
#ifndef HEIMWEG_SERVICES_PLACES_PLACE_NAME_H_
#define HEIMWEG_SERVICES_PLACES_PLACE_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::places {

// A name taken apart. All parts are lower-case ASCII letters and digits.
struct PlaceName {
  std::vector<std::string> words;      // of the name proper: "bad", "muskau"
  std::vector<std::string> additions;  // what tells namesakes apart: "saale"
  std::string exact;                   // `words` joined: "badmuskau"
  std::string loose;                   // the same without titles: "muskau"
};

// `name` is UTF-8; an empty or meaningless one gives empty parts. "ae" and
// "ä" are the same, "a" and "ä" are not (Munster is not Münster).
PlaceName ParsePlaceName(absl::string_view name);

// The name of the first `count` (1 to words.size()) words of `name`.
PlaceName FirstWords(const PlaceName& name, size_t count);

// How well two names agree, best first.
enum class NameAgreement {
  kSame,      // also in their additions
  kSameMain,  // one has additions that the other lacks
  kLoose,     // one has a title that the other lacks
  kNone
};

// Additions agree if one begins as the other does ("m" and "main").
NameAgreement Agreement(const PlaceName& a, const PlaceName& b);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_PLACE_NAME_H_
