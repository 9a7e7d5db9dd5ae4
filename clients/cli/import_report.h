// What an import tells: progress while it runs, rejected rows, repairs, a
// summary.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_REPORT_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_REPORT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/cli/import_input.h"
#include "clients/cli/session.h"
#include "clients/cli/streams.h"

namespace heimweg::cli {

// Thread-compatible. What it is made of outlives it.
class ImportReport {
 public:
  struct Options {
    // Where rejected rows are written to; null: nowhere.
    std::ostream* rejects = nullptr;
    // Where rows with repairs are written to; null: nowhere.
    std::ostream* repairs = nullptr;
    bool show_progress = false;
    // Nothing is stored: each difference is printed.
    bool dry_run = false;
    // Bytes of all files; 0: not known.
    int64_t total_bytes = 0;
    // How many of them were read.
    std::function<int64_t()> bytes_read;
  };

  ImportReport(Session& session, Options options);

  void Add(const ImportBatch& batch, const ImportAnswer& answer);
  // A row of a dry run and what is stored under its key; null: nothing.
  void AddPreview(const ImportBatch& batch, size_t row,
                  const google::protobuf::Message* stored);
  // A row that was not sent at all.
  void AddRejected(const importers::Rejection& rejection);
  void AddSkipped(const std::string& why) { ++skipped_[why]; }
  // An offer that was deleted, or with dry_run would be. `title` may be empty.
  void AddRemoved(absl::string_view name, absl::string_view title);

  // A table, or one JSON object with --json.
  void PrintSummary();

  int64_t rejected() const { return rejected_; }
  // Offers of the source that this import has created.
  int64_t created_of(const std::string& source) const;
  // "jobs.jsonl line 17", the last row that was answered; empty: none.
  const std::string& last_answered() const { return last_answered_; }

 private:
  int64_t rows() const { return created_ + updated_ + unchanged_ + rejected_; }
  void AddRow(const ImportBatch& batch, size_t row,
              const type::v1::ImportRowResult& result);
  void AddRepairs(const importers::Origin& origin,
                  const std::vector<importers::Repair>& repairs);
  // One line of what a dry run would do.
  void ShowDifference(absl::string_view sign, absl::string_view what,
                      absl::string_view more);
  void ShowProgress();
  void EndProgress();
  std::string ProgressText(double seconds) const;
  void PrintTableSummary(double seconds);
  void PrintJsonSummary(double seconds);

  Session& session_;
  const Options options_;
  const absl::Time start_;
  absl::Time next_progress_;
  bool line_is_open_ = false;
  int64_t created_ = 0;
  int64_t updated_ = 0;
  int64_t unchanged_ = 0;
  int64_t rejected_ = 0;
  int64_t removed_ = 0;
  int64_t repaired_ = 0;
  int64_t differences_ = 0;
  std::map<std::string, int64_t> repairs_;  // by name
  std::map<std::string, int64_t> skipped_;  // by reason
  std::map<std::string, int64_t> created_by_source_;
  uint64_t revision_ = 0;
  std::string last_answered_;
};

// "objects.xml line 12, immobilie[3]".
std::string PlaceOf(const importers::Origin& origin);

// One line of a rejects file: {"file", "line", "element", "violations", "row",
// "text"}; element, row and text only if there are any.
std::string RejectLine(const importers::Origin& origin,
                       const importers::Violations& violations,
                       const google::protobuf::Message* row,
                       absl::string_view text);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_REPORT_H_
