// What a partner's file format is to Heimweg: a name, and a way from its bytes
// to our messages, one row at a time. Not the sending of rows to a service.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_FORMAT_H_
#define HEIMWEG_CLIENTS_IMPORTERS_FORMAT_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/importers/byte_source.h"
#include "heimweg/type/v1/import.pb.h"

namespace heimweg::importers {

// What the rows of a file are: jobs.v1.Job, housing.v1.Home,
// contacts.v1.Contact or profiles.v1.Profile.
enum class Kind { kJobs, kHomes, kContacts, kProfiles };

// "jobs", "homes", "contacts", "profiles".
absl::string_view KindName(Kind kind);

// An empty message of the kind.
std::unique_ptr<google::protobuf::Message> NewRow(Kind kind);

// Bounds that keep memory small whatever a file contains. What is larger is
// refused, never cut.
struct Limits {
  // A text, attribute or string.
  size_t field_bytes = 1 << 20;
  // A row with everything in it, as text.
  size_t row_bytes = 4 << 20;
  // Elements or arrays in one another.
  int depth = 64;
};

// Where a row stands. A person has to find it again.
struct Origin {
  std::string file;     // filled by the framework, "delivery.zip/objects.xml"
  int64_t line = 0;     // from 1; 0: not known
  std::string element;  // e.g. "immobilie[12]"; empty where the line is enough
};

using Violations = std::vector<type::v1::FieldViolation>;

// Adds "field: description". Neither repeats a value.
void AddViolation(absl::string_view field, absl::string_view description,
                  Violations& violations);

// Something in a row that was put right, so that nobody wonders. `name` is a
// fixed word by which repairs are counted, e.g. "cold-rent-from-kaltmiete".
struct Repair {
  std::string name;
  std::string field;  // of our message, e.g. "monthly_cold_rent_cents"
};

// One row. Its key is (source, external id).
struct Record {
  enum class Action {
    kUpsert,  // store `row`, or change what is stored under its key
    kDelete,  // delete what is stored under the key of `row`; nothing more of
              // `row` is needed, and it is no error if there is nothing
  };
  Action action = Action::kUpsert;
  // Of the kind that was asked for. Without source: the framework fills in
  // ReadOptions.source.
  std::unique_ptr<google::protobuf::Message> row;
  std::vector<Repair> repairs;
  Origin origin;
};

// A row that cannot be understood. The service rejects rows, too: a format
// checks only what has no place in our message or would be misread.
struct Rejection {
  Origin origin;
  Violations violations;
  // What could be read of it, as far as that goes; may be null. With a key, a
  // full load leaves what is stored under it as it is.
  std::unique_ptr<google::protobuf::Message> row;
  // The row as it stands in the file, for the rejects file.
  std::string text;
};

class Format;

// Takes what a format reads, in the order of the file. If a function returns an
// error, Read ends and returns that error.
class Sink {
 public:
  virtual ~Sink() = default;
  // Before each file, or file in an archive, that is read.
  virtual void Begin(const Format& /*format*/) {}
  virtual absl::Status Accept(Record record) = 0;
  virtual absl::Status Reject(Rejection rejection) = 0;
  // The file holds everything that `source` has: what is stored of that source
  // and absent from the file is to be removed. Empty: ReadOptions.source. To
  // be called before the first row of that source, also without any row.
  virtual absl::Status FullLoad(absl::string_view source) = 0;
  // Skipped on purpose, e.g. a commercial property. `why` is a fixed sentence,
  // by which they are counted.
  virtual absl::Status Skip(const Origin& origin, absl::string_view why) = 0;
};

struct ReadOptions {
  Kind kind = Kind::kJobs;
  // Source of rows whose file does not name one. The file's own, where there is
  // one, is written "<format>:<id>", e.g. "openimmo:OABC2001…".
  std::string source;
  // Of text files without a byte order mark or a declaration, an ICU name, e.g.
  // "windows-1252"; empty: what the format says.
  std::string encoding;
  // Contents of the mapping file, for formats that take one.
  std::string mapping;
  // For what depends on today.
  absl::Time now = absl::UnixEpoch();
  Limits limits;
};

// Thread-safe: a format keeps nothing between calls.
class Format {
 public:
  virtual ~Format() = default;
  // As on the command line, e.g. "openimmo".
  virtual absl::string_view name() const = 0;
  // A sentence for the help.
  virtual absl::string_view description() const = 0;
  // Not empty. If there are several, the user says which.
  virtual std::vector<Kind> kinds() const = 0;
  // Endings of files in a ZIP that are read, in lower case with the dot.
  virtual std::vector<std::string> extensions() const = 0;
  // Whether files of others need a mapping file.
  virtual bool needs_mapping() const { return false; }
  // Whether a file that begins like this, in UTF-8, is of this format. Few
  // bytes decide, and two formats never both say yes; `head` may end anywhere.
  virtual bool Recognizes(absl::string_view head) const = 0;
  // Reads to the end and gives every row to the sink. INVALID_ARGUMENT with the
  // place if the file is broken, RESOURCE_EXHAUSTED if it is beyond a limit;
  // rows before that were given to the sink. Errors of source and sink.
  virtual absl::Status Read(ByteSource& source, const ReadOptions& options,
                            Sink& sink) const = 0;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_FORMAT_H_
