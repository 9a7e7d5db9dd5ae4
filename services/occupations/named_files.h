// The files of a download, from a folder, a ZIP or one file.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_NAMED_FILES_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_NAMED_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/occupations/esco.h"

namespace heimweg::occupations {

// A ZIP by what is in it, unpacked in memory; a folder's own files and the ZIPs
// in it, not its folders; or the one file. Only what is named *.csv or *.tsv is
// read from folders and ZIPs; names are never used as paths. NotFound if there
// is nothing at `path`; InvalidArgument if a ZIP is broken, a file is larger
// than 64 MiB unpacked, or all together than 256 MiB.
absl::StatusOr<std::vector<NamedFile>> ReadNamedFiles(const std::string& path);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_NAMED_FILES_H_
