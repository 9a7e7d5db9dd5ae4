// Words of the domain in both languages, by the names of the protos' enum
// values.
#ifndef HEIMWEG_CLIENTS_CLI_TERMS_H_
#define HEIMWEG_CLIENTS_CLI_TERMS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "clients/cli/language.h"

namespace heimweg::cli {

// E.g. "rent" and "Miete" of "TENURE_RENT"; the name itself if it is unknown
// here, empty for unspecified values and empty names.
std::string Term(absl::string_view enum_name, Language language);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_TERMS_H_
