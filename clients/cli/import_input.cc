#include "clients/cli/import_input.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace heimweg::cli {
namespace {

using google::protobuf::Message;

}  // namespace

uint64_t ImportRequests::Hash(absl::string_view external_id) {
  // FNV-1a: the same in every process.
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : external_id) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  }
  return hash;
}

ImportInput::ImportInput(Options options, std::istream& in, Callbacks callbacks)
    : options_(std::move(options)),
      standard_in_(in),
      callbacks_(std::move(callbacks)) {
  reader_ = std::thread([this] { ReadFiles(); });
}

ImportInput::~ImportInput() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    cancelled_ = true;
  }
  changed_.notify_all();
  reader_.join();
}

void ImportInput::ReadFiles() {
  absl::Status status;
  if (options_.full_load) status = FullLoad(options_.read.source);
  for (const std::string& file : options_.files) {
    if (!status.ok()) break;
    status = importers::ReadFile(file, standard_in_, options_.format,
                                 options_.read, *this, progress_);
  }
  // What was read before an error counts.
  const absl::Status handed = HandOver();
  if (status.ok()) status = handed;
  requests_.deletions.clear();
  for (const auto& [key, position] : deleted_) {
    requests_.deletions.push_back(key);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  status_ = status;
  ended_ = true;
  changed_.notify_all();
}

absl::Status ImportInput::HandOver() {
  if (filling_.empty()) return absl::OkStatus();
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] {
    return cancelled_ || (waiting_.size() < kMostWaiting &&
                          waiting_bytes_ < kMostBytesWaiting);
  });
  if (cancelled_) return absl::CancelledError("the import has ended");
  waiting_bytes_ += filling_.bytes;
  waiting_.push_back(std::exchange(filling_, Portion()));
  changed_.notify_all();
  return absl::OkStatus();
}

ExternalKey ImportInput::FillKey(Message& row) const {
  std::string source = TextField(row, "source");
  if (source.empty() && !options_.read.source.empty()) {
    source = options_.read.source;
    SetTextField(row, "source", source);
  }
  return {std::move(source), TextField(row, "external_id")};
}

void ImportInput::NoteKey(const ExternalKey& key) {
  deleted_.erase(key);
  const auto full = requests_.full_loads.find(key.first);
  if (full == requests_.full_loads.end()) return;
  full->second.insert(ImportRequests::Hash(key.second));
}

absl::Status ImportInput::Accept(importers::Record record) {
  const ExternalKey key = FillKey(*record.row);
  if (record.action == importers::Record::Action::kDelete) {
    deleted_.emplace(key, deleted_.size());
    return absl::OkStatus();
  }
  NoteKey(key);
  return Append(std::move(record));
}

absl::Status ImportInput::Append(importers::Record record) {
  // Tag and length of a row in the request.
  constexpr size_t kOverhead = 5;
  const size_t bytes = record.row->ByteSizeLong() + kOverhead;
  if (bytes > kMostBytes) {
    importers::Violations wrong;
    importers::AddViolation("", "a row may have at most 1 MiB", wrong);
    return Reject({std::move(record.origin), std::move(wrong), nullptr, ""});
  }
  if (filling_.bytes + bytes > kMostBytes ||
      filling_.batch.rows.size() == kMostRows) {
    absl::Status status = HandOver();
    if (!status.ok()) return status;
  }
  filling_.bytes += bytes;
  filling_.batch.bytes += bytes;
  filling_.batch.rows.push_back(std::move(record.row));
  filling_.batch.origins.push_back(std::move(record.origin));
  filling_.batch.repairs.push_back(std::move(record.repairs));
  return absl::OkStatus();
}

absl::Status ImportInput::Reject(importers::Rejection rejection) {
  ExternalKey key;
  if (rejection.row != nullptr) key = FillKey(*rejection.row);
  if (key.second.empty()) {
    ++requests_.rejected_without_key;
  } else {
    NoteKey(key);
  }
  filling_.bytes += rejection.text.size() + sizeof rejection;
  filling_.rejections.push_back(std::move(rejection));
  return filling_.bytes < kMostBytes ? absl::OkStatus() : HandOver();
}

absl::Status ImportInput::FullLoad(absl::string_view source) {
  requests_
      .full_loads[source.empty() ? options_.read.source : std::string(source)];
  return absl::OkStatus();
}

absl::Status ImportInput::Skip(const importers::Origin& origin,
                               absl::string_view why) {
  filling_.bytes += sizeof(Skipped) + why.size();
  filling_.skipped.push_back({origin, std::string(why)});
  return filling_.bytes < kMostBytes ? absl::OkStatus() : HandOver();
}

absl::StatusOr<ImportBatch> ImportInput::Next() {
  while (true) {
    Portion portion;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) {
        if (!status_.ok()) return status_;
        return ImportBatch();
      }
      portion = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_bytes_ -= portion.bytes;
    }
    changed_.notify_all();
    for (const auto& rejection : portion.rejections) {
      callbacks_.reject(rejection);
    }
    for (const Skipped& skipped : portion.skipped) {
      callbacks_.skip(skipped.origin, skipped.why);
    }
    if (!portion.batch.rows.empty()) return std::move(portion.batch);
  }
}

}  // namespace heimweg::cli
