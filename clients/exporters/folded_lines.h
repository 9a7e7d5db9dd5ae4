// Content lines of iCalendar and vCard: escaped, folded, ended with CRLF.
#ifndef HEIMWEG_CLIENTS_EXPORTERS_FOLDED_LINES_H_
#define HEIMWEG_CLIENTS_EXPORTERS_FOLDED_LINES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace heimweg::exporters {

// A line as it stands, folded after at most 75 octets, never inside of a
// character. Control characters are left out: nothing can begin a line.
void AppendLine(absl::string_view line, std::string& text);

// NAME:value with the value escaped; nothing if it is empty.
void AppendText(absl::string_view name, absl::string_view value,
                std::string& text);

// NAME:uri, not escaped; nothing if it is empty.
void AppendUri(absl::string_view name, absl::string_view uri,
               std::string& text);

// Escaped and joined with commas; nothing if there are none.
void AppendList(absl::string_view name, const std::vector<std::string>& values,
                std::string& text);

absl::Time TimeOf(const google::protobuf::Timestamp& stamp);
// "20270901T160000Z".
std::string UtcText(absl::Time time);

}  // namespace heimweg::exporters

#endif  // HEIMWEG_CLIENTS_EXPORTERS_FOLDED_LINES_H_
