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

// The same of bytes that were read already: of a ZIP the *.csv and *.tsv in it,
// else the one file, whatever its name. Errors as above.
absl::StatusOr<std::vector<NamedFile>> NamedFilesOf(const std::string& name,
                                                    const std::string& bytes);

// A ZIP of the files, in their order.
absl::StatusOr<std::string> PackNamedFiles(const std::vector<NamedFile>& files);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_NAMED_FILES_H_
