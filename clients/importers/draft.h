// A row that a format is putting together: the message, what was put right on
// the way, and what is wrong with it.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_DRAFT_H_
#define HEIMWEG_CLIENTS_IMPORTERS_DRAFT_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/importers/format.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::importers {

// Thread-compatible.
class Draft {
 public:
  Draft(Kind kind, Origin origin);

  // The row, as what it is; only that of the kind may be asked for.
  jobs::v1::Job& job();
  contacts::v1::Contact& contact();
  profiles::v1::Profile& profile();

  // `name` is a fixed word; each (name, field) is noted once.
  void Repaired(absl::string_view name, absl::string_view field);
  // A value that is none of those that are known stays unset and is named:
  // "unknown-jobtype:perdiem". Only what looks like a code is repeated; of
  // anything else it is said that there was something.
  void Unknown(absl::string_view what, absl::string_view value,
               absl::string_view field);
  void Wrong(absl::string_view field, absl::string_view expected);
  bool ok() const { return violations_.empty(); }

  // Text on one line of at most `most` characters; longer text is cut and the
  // cut noted as "cut".
  std::string Line(size_t most, absl::string_view text,
                   absl::string_view field);
  // Text of several lines, HTML made plain; likewise.
  std::string Lines(size_t most, absl::string_view text,
                    absl::string_view field);
  // An http or https URI; of anything else nothing is left ("uri-dropped").
  std::string Uri(absl::string_view text, absl::string_view field);
  // Line, once: nothing of an empty text or one that is there already. Of more
  // than `count` texts the rest is left out ("list-cut").
  void AddTo(google::protobuf::RepeatedPtrField<std::string>& list, int count,
             absl::string_view text, absl::string_view field);

  // Gives the row to the sink, or the violations with `text`, the row as it
  // stands in the file.
  absl::Status Give(absl::string_view text, Sink& sink) &&;
  // Gives it as a row to be deleted.
  absl::Status Delete(Sink& sink) &&;

 private:
  std::unique_ptr<google::protobuf::Message> row_;
  Origin origin_;
  std::vector<Repair> repairs_;
  Violations violations_;
};

// Fills in the source of rows whose file does not name a sender:
// ReadOptions.source, else the format's name, so that a row with an id always
// has a key. Thread-compatible.
class SourcedSink : public Sink {
 public:
  // `sink` outlives this.
  SourcedSink(Sink& sink, const ReadOptions& options, absl::string_view format);
  absl::Status Accept(Record record) override;
  absl::Status Reject(Rejection rejection) override;
  absl::Status FullLoad(absl::string_view source) override;
  absl::Status Skip(const Origin& origin, absl::string_view why) override;

 private:
  void Fill(google::protobuf::Message* row) const;

  Sink& sink_;
  const std::string source_;
};

// An id from what identifies a row where its sender gives none: 16 hexadecimal
// digits of FNV-1a over the parts. The same parts give the same id.
std::string ContentId(const std::vector<absl::string_view>& parts);

// "https://www.Example.org/jobs" -> "example.org"; empty: no http URI.
std::string HostOf(absl::string_view uri);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_DRAFT_H_
