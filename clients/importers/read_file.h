// From a file's name to its rows: opens it, looks into ZIP archives, makes sure
// that it is what the user says it is, and lets the format read it.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_READ_FILE_H_
#define HEIMWEG_CLIENTS_IMPORTERS_READ_FILE_H_

#include <atomic>
#include <cstdint>
#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

// How far the reading has come; another thread may look. Thread-safe.
struct ReadProgress {
  std::atomic<int64_t> bytes{0};
};

// Reads `path` ("-": `standard_in`), or the files in it that the format reads
// if it is a ZIP archive. `format` null: what it is recognized as. The sink's
// origins name the file. INVALID_ARGUMENT if it is another format, naming it,
// or if an archive has no file of the format; as CannotRead if it cannot be
// read; errors name the file; else as Format::Read.
absl::Status ReadFile(const std::string& path, std::istream& standard_in,
                      const Format* format, const ReadOptions& options,
                      Sink& sink, ReadProgress& progress);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_READ_FILE_H_
