// What ids, codes and names in a profile look like. Pure functions.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_TEXT_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_TEXT_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace heimweg::households {

// Whether `id` is [a-z0-9-]{1,63}.
bool IsId(absl::string_view id);

// Whether `text` is `shortest` to `longest` digits 0 to 9.
bool IsDigits(absl::string_view text, size_t shortest, size_t longest);

// Whether `name` is networks/{network}, and not networks/-, which is all.
bool IsNetworkName(absl::string_view name);

// Whether `name` is networks/{network}/jobs/{job}, …/homes/{home} or
// …/contacts/{contact}.
bool IsOfferName(absl::string_view name);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_TEXT_H_
