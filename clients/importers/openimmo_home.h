// One <immobilie> of OpenImmo 1.2 as a Home. Not the transfer around it.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_OPENIMMO_HOME_H_
#define HEIMWEG_CLIENTS_IMPORTERS_OPENIMMO_HOME_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "clients/importers/home_draft.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {

// Why it is no home to live in for good, as a fixed sentence; nothing: it is
// one, or may be.
std::optional<absl::string_view> WhyNoHome(const XmlElement& estate);

// Everything of the home but its key and state.
void ReadOpenImmoHome(const XmlElement& estate, HomeDraft& draft);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_OPENIMMO_HOME_H_
