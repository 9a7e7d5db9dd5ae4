// Languages and driving licences as partners and people write them.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_LANGUAGE_FIELDS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_LANGUAGE_FIELDS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/importers/draft.h"
#include "heimweg/type/v1/language.pb.h"

namespace heimweg::importers {

// "de", "DE", "de-AT", "deu", "Deutsch", "German" -> "de"; empty: not known.
std::string LanguageCode(absl::string_view text);

// "B1", "b1+", "Muttersprache", "native speaker" say a level of CEFR or a first
// language. Words for skill ("fließend") are no level of CEFR: `assumed` is
// set with the level that they are taken for here (basic A2, good B1, very good
// B2, fluent and business C1). Unspecified: not known.
type::v1::CefrLevel LanguageLevel(absl::string_view text, bool& assumed);

// Adds the language, or raises its level if it is there. Repairs:
// "unknown-language", "unknown-language-level", "language-level-assumed".
void AddLanguage(
    absl::string_view language, absl::string_view level,
    absl::string_view field,
    google::protobuf::RepeatedPtrField<type::v1::LanguageSkill>& languages,
    Draft& draft);

// The classes in "B, BE", "B/BE", "Klasse C1E". Words that are no class are
// left out; old classes (1 to 5) are "unknown-licence".
void AddLicences(absl::string_view text, absl::string_view field,
                 google::protobuf::RepeatedPtrField<std::string>& licences,
                 Draft& draft);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_LANGUAGE_FIELDS_H_
