// Fields that all kinds of offers have, by name, and filters by them.
#ifndef HEIMWEG_CLIENTS_CLI_ROW_FIELDS_H_
#define HEIMWEG_CLIENTS_CLI_ROW_FIELDS_H_

#include <google/protobuf/message.h>

#include <string>
#include <utility>

#include "clients/cli/session.h"
#include "clients/cli/streams.h"

namespace heimweg::cli {

// (source, external id) of an offer.
using ExternalKey = std::pair<std::string, std::string>;

// A text field; empty if the message has none of that name.
std::string TextField(const google::protobuf::Message& message,
                      const char* field);
void SetTextField(google::protobuf::Message& message, const char* field,
                  const std::string& text);

// The kind's filter for what is stored under a key, or, without an external id,
// of a source; expired ones as well.
MessagePtr FilterByKey(Area area, const ExternalKey& key);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_ROW_FIELDS_H_
