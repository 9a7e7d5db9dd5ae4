// Flags for the typed filter of a List method, made from the filter's fields:
// repeated `ags_prefixes` becomes --ags, `tenures` --tenure rent,buy.
#ifndef HEIMWEG_CLIENTS_CLI_FILTER_FLAGS_H_
#define HEIMWEG_CLIENTS_CLI_FILTER_FLAGS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <CLI/App.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::cli {

// "published" of OFFER_STATE_PUBLISHED; every value but the unspecified one.
std::vector<std::string> ShortEnumNames(
    const google::protobuf::EnumDescriptor& type);

// The value with that short name; null if there is none.
const google::protobuf::EnumValueDescriptor* FindByShortName(
    const google::protobuf::EnumDescriptor& type, absl::string_view name);

// Adds one flag for each field of `filter`, which parsing fills.
void AddFilterFlags(CLI::App& command,
                    std::shared_ptr<google::protobuf::Message> filter);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_FILTER_FLAGS_H_
