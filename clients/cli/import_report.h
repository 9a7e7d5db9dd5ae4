// What an import tells: progress while it runs, rejected rows, a summary.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_REPORT_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_REPORT_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/cli/import_input.h"
#include "clients/cli/session.h"
#include "clients/cli/streams.h"

namespace heimweg::cli {

// Thread-compatible. Session and rejects outlive it.
class ImportReport {
 public:
  // `rejects`, where rejected rows are written to, may be null.
  ImportReport(Session& session, std::ostream* rejects, bool show_progress);

  void Add(const ImportBatch& batch, const ImportAnswer& answer);
  // A line that was not sent at all.
  void AddRejected(const RowOrigin& origin,
                   const std::vector<type::v1::FieldViolation>& violations);

  // A table, or one JSON object with --json.
  void PrintSummary();

  int64_t rejected() const { return rejected_; }
  // "jobs.jsonl line 17", the last row that was answered; empty: none.
  const std::string& last_answered() const { return last_answered_; }

 private:
  int64_t rows() const { return created_ + updated_ + unchanged_ + rejected_; }
  void ShowProgress();
  void EndProgress();

  Session& session_;
  std::ostream* const rejects_;
  const bool show_progress_;
  const absl::Time start_;
  absl::Time next_progress_;
  bool line_is_open_ = false;
  int64_t created_ = 0;
  int64_t updated_ = 0;
  int64_t unchanged_ = 0;
  int64_t rejected_ = 0;
  uint64_t revision_ = 0;
  std::string last_answered_;
};

// One line of a rejects file: {"file", "line", "violations", "row"}, or "text"
// in place of "row" if that is not JSON.
std::string RejectLine(const RowOrigin& origin,
                       const std::vector<type::v1::FieldViolation>& violations);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_REPORT_H_
