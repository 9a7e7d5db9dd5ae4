// The rows of an import: files of a partner's format, in batches that the
// service takes. Not the import itself.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_INPUT_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_INPUT_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <istream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/row_fields.h"
#include "clients/cli/streams.h"
#include "clients/importers/format.h"
#include "clients/importers/read_file.h"

namespace heimweg::cli {

struct ImportBatch {
  std::vector<MessagePtr> rows;
  // One for each row.
  std::vector<importers::Origin> origins;
  std::vector<std::vector<importers::Repair>> repairs;
  // Of the rows in protobuf's binary form, about.
  size_t bytes = 0;
};

// What a file asks for besides its rows, once it was read.
struct ImportRequests {
  // By source: hashes of the external ids that the files name, of sources
  // whose stock the files hold in full. Two ids with one hash are harmless:
  // the worst is that something stays stored.
  std::map<std::string, absl::flat_hash_set<uint64_t>> full_loads;
  // To be deleted.
  std::vector<ExternalKey> deletions;
  // Rows that were rejected before their key was known: one of them may be
  // what a full load seems not to have.
  int64_t rejected_without_key = 0;

  static uint64_t Hash(absl::string_view external_id);
};

// Reads files one after the other on a thread of its own, a few batches ahead,
// so that memory does not grow with them.
//
// Thread-compatible.
class ImportInput : private importers::Sink {
 public:
  // A batch has at most this many rows and bytes in protobuf's binary form.
  static constexpr int kMostRows = 256;
  static constexpr size_t kMostBytes = (1 << 20) - (4 << 10);

  struct Options {
    std::vector<std::string> files;
    // Null: whatever each file is.
    const importers::Format* format = nullptr;
    importers::ReadOptions read;
    // Whether the files hold everything that read.source has.
    bool full_load = false;
  };
  // Told of rows that are not sent, by Next and on its thread.
  struct Callbacks {
    std::function<void(const importers::Rejection&)> reject;
    std::function<void(const importers::Origin&, const std::string& why)> skip;
  };

  // "-" among the files is `in`, which outlives this.
  ImportInput(Options options, std::istream& in, Callbacks callbacks);
  ~ImportInput() override;
  ImportInput(const ImportInput&) = delete;
  ImportInput& operator=(const ImportInput&) = delete;

  // The next batch; no rows at the end. The errors of importers::ReadFile, once
  // all rows before were given.
  absl::StatusOr<ImportBatch> Next();

  // After Next has come to the end.
  const ImportRequests& requests() const { return requests_; }
  // How many bytes of the files were read.
  int64_t bytes() const { return progress_.bytes; }

 private:
  // Portions that wait: few, and about so many bytes of rows.
  static constexpr size_t kMostWaiting = 16;
  static constexpr size_t kMostBytesWaiting = size_t{4} << 20;

  struct Skipped {
    importers::Origin origin;
    std::string why;
  };
  struct Portion {
    ImportBatch batch;
    std::vector<importers::Rejection> rejections;
    std::vector<Skipped> skipped;
    size_t bytes = 0;

    bool empty() const {
      return batch.rows.empty() && rejections.empty() && skipped.empty();
    }
  };

  // On the reading thread.
  absl::Status Accept(importers::Record record) override;
  absl::Status Reject(importers::Rejection rejection) override;
  absl::Status FullLoad(absl::string_view source) override;
  absl::Status Skip(const importers::Origin& origin,
                    absl::string_view why) override;
  void ReadFiles();
  // The key of a row, after its source was filled in.
  ExternalKey FillKey(google::protobuf::Message& row) const;
  void NoteKey(const ExternalKey& key);
  absl::Status Append(importers::Record record);
  // CANCELLED if this is being destroyed.
  absl::Status HandOver();

  const Options options_;
  std::istream& standard_in_;
  const Callbacks callbacks_;
  importers::ReadProgress progress_;

  // Of the reading thread until it has ended.
  Portion filling_;
  ImportRequests requests_;
  // Positions in requests_.deletions by key: what comes later counts.
  std::map<ExternalKey, size_t> deleted_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Portion> waiting_;  // guarded by mutex_, as what follows
  size_t waiting_bytes_ = 0;
  bool ended_ = false;
  bool cancelled_ = false;
  absl::Status status_;
  std::thread reader_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_INPUT_H_
