// What `heimweg batch rank` writes: rankings as JSON lines or as CSV, and what
// they have in common, their run. The output says itself how far it is.
#ifndef HEIMWEG_CLIENTS_CLI_RANK_OUTPUT_H_
#define HEIMWEG_CLIENTS_CLI_RANK_OUTPUT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/cli/language.h"
#include "clients/cli/rank_run.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {

// What a run's line says of it.
struct RankRun {
  std::string kind;  // jobs, homes or contacts
  absl::Time at;     // for which it was ranked
};

// FAILED_PRECONDITION if the line is none of a run.
absl::StatusOr<RankRun> ReadRunLine(absl::string_view line);

// profiles/{profile} of a line of JSON lines; FAILED_PRECONDITION if it is
// none. A view into `line`.
absl::StatusOr<absl::string_view> ProfileOfLine(absl::string_view line);

// An output that grows by a profile at a time. Thread-compatible, but for
// Record.
class RankOutput {
 public:
  virtual ~RankOutput() = default;

  // Opens or makes it, and cuts off a profile that is not whole.
  // FAILED_PRECONDITION if it is something else or another process writes it.
  virtual absl::Status Open(const std::string& path) = 0;
  // The line of its run; empty if it holds nothing yet, and then Begin comes
  // next.
  const std::string& run() const { return run_; }
  // The last profile that it holds, and how many they are.
  const std::string& last_profile() const { return last_profile_; }
  int64_t profiles() const { return profiles_; }

  virtual absl::Status Begin(const std::string& run) = 0;
  // What Append takes of one profile. One that cannot be ranked is written,
  // too. Thread-safe.
  virtual std::string Record(
      const matching::v1::ProfileRanking& result) const = 0;
  // As LineFile does.
  absl::Status Append(absl::string_view record) { return file_.Append(record); }
  absl::Status Sync() { return file_.Sync(); }

 protected:
  LineFile file_;
  std::string run_;
  std::string last_profile_;
  int64_t profiles_ = 0;
};

// The run's line, then a line for each profile: {"profile":…,"ranking":{…}},
// or "error" with the code why there is none.
std::unique_ptr<RankOutput> NewJsonLinesOutput();

// A row for each match, under a header: profile, how many matches it has, the
// match's rank among them, then its fields as exporters::CsvColumns has them
// and the reasons as sentences in `language`; with `full`, each feature's value
// in millionths, too. A profile without matches has a row of rank 0. The run's
// line is in a file of its own beside it, {path}.run.
std::unique_ptr<RankOutput> NewCsvOutput(bool full, Language language);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_RANK_OUTPUT_H_
