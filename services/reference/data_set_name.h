// Names of data sets and their versions:
//   dataSets/{data_set}                      key "{data_set}"
//   dataSets/{data_set}/versions/{version}   key "{data_set}/{10 digits}"
// Versions are numbers from 1 on; keys have the order of the numbers.
#ifndef HEIMWEG_SERVICES_REFERENCE_DATA_SET_NAME_H_
#define HEIMWEG_SERVICES_REFERENCE_DATA_SET_NAME_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::reference {

struct VersionId {
  std::string data_set;
  int64_t number = 0;
};

std::string DataSetName(absl::string_view data_set);
std::string VersionName(const VersionId& version);
std::string VersionKey(const VersionId& version);
// The key of a part of a version's file.
std::string PartKey(const VersionId& version, int32_t part);

// The id in a name, nullopt if it is none.
std::optional<std::string> ParseDataSetName(absl::string_view name);
std::optional<VersionId> ParseVersionName(absl::string_view name);

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_DATA_SET_NAME_H_
