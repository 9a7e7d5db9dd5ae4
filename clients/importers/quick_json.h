// Plain rows of proto3 JSON, read fast. Protobuf's own reader needs half a
// million instructions for a row; most rows use little of what it knows.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_QUICK_JSON_H_
#define HEIMWEG_CLIENTS_IMPORTERS_QUICK_JSON_H_

#include <google/protobuf/message.h>

#include "absl/strings/string_view.h"

namespace heimweg::importers {

// Replaces `message` by what `text` says and returns true, if protobuf's reader
// would make the same of it without an error. Returns false if it may not, and
// also for what is rare: null, numbers in other forms than usual, enum values
// as numbers, bytes, maps, well-known types but Timestamp, a field given twice.
// Then `message` holds anything.
bool ReadPlainJson(absl::string_view text, google::protobuf::Message& message);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_QUICK_JSON_H_
