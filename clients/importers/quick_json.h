// Plain messages as proto3 JSON, read and written fast. Protobuf's own reader
// needs half a million instructions for a row, and its writer goes over the
// binary form; most messages use little of what they know.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_QUICK_JSON_H_
#define HEIMWEG_CLIENTS_IMPORTERS_QUICK_JSON_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::importers {

// Deeper ones are rare, too, and left to protobuf.
inline constexpr int kDeepestPlainJson = 20;

// Replaces `message` by what `text` says and returns true, if protobuf's reader
// would make the same of it without an error. Returns false if it may not, and
// also for what is rare: null, numbers in other forms than usual, enum values
// as numbers, bytes, maps, well-known types but Timestamp, a field given twice.
// Then `message` holds anything.
bool ReadPlainJson(absl::string_view text, google::protobuf::Message& message);

// Appends just what protobuf's writer makes of `message` (one line, no
// defaults) and returns true. Returns false for what is rare: floats, bytes,
// maps, well-known types but Timestamp, enum values without a name, characters
// that protobuf may escape. Then `json` holds anything.
bool WritePlainJson(const google::protobuf::Message& message,
                    std::string& json);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_QUICK_JSON_H_
