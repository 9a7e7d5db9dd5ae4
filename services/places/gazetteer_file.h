// The gazetteer's file: one text, one record a line, fields between tabs.
//
//   heimweg-gazetteer <TAB> 1                    name and version of the format
//   districts <TAB> N                            then N lines of
//     ags  name  latitude  longitude
//   municipalities <TAB> N
//     ags  name  latitude  longitude  population
//   localities <TAB> N
//     ags  name  latitude  longitude  population
//   postal_codes <TAB> N
//     code  district_ags  latitude  longitude  inferred(0|1)
//   postal_places <TAB> N                        ordered as the codes are
//     code  name  ags  latitude  longitude  inferred(0|1)
//   end <TAB> checksum                           16 hex digits: FNV-1a, 64 bit,
//                                                of all bytes before this line
//
// Coordinates have five decimals. Lines end with \n; UTF-8; no quoting, because
// no field contains a tab or a line end.
#ifndef HEIMWEG_SERVICES_PLACES_GAZETTEER_FILE_H_
#define HEIMWEG_SERVICES_PLACES_GAZETTEER_FILE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/places/gazetteer.h"

namespace heimweg::places {

inline constexpr int kGazetteerVersion = 1;

// The file's text for tables in their final order.
std::string FormatGazetteer(const GazetteerTables& tables);

// The tables of a file's text. FAILED_PRECONDITION for a newer version,
// DATA_LOSS for anything else that FormatGazetteer would not write; the message
// names the line and what was expected there.
absl::StatusOr<GazetteerTables> ParseGazetteer(absl::string_view text);

// FNV-1a, 64 bit.
uint64_t Fingerprint(absl::string_view bytes);

// NOT_FOUND if the file cannot be opened, DATA_LOSS if it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Replaces the file in one step: who opens it sees the old or the new bytes.
absl::Status ReplaceFile(const std::string& path, absl::string_view bytes);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GAZETTEER_FILE_H_
