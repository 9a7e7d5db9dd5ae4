#include "storage/store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "storage/commit_ending.h"

namespace heimweg::storage {
namespace {

// Log rows dropped by one commit: more than it adds, so that the log shrinks to
// what is kept, and few enough not to be felt.
constexpr size_t kTrimAtLeast = 64;

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Store::Open(
    std::unique_ptr<Engine> engine, StoreOptions options) {
  if (options.queue_limit == 0 || options.group_edits == 0) {
    return absl::InvalidArgumentError(
        "queue_limit and group_edits must be at least 1");
  }
  auto snapshot = engine->Snapshot();
  if (!snapshot.ok()) return snapshot.status();
  return std::unique_ptr<Store>(
      new Store(std::move(engine), std::move(options)));
}

Store::Store(std::unique_ptr<Engine> engine, StoreOptions options)
    : engine_(std::move(engine)), options_(std::move(options)) {
  commit_thread_ = std::thread([this] { Run(); });
}

Store::~Store() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
    work_.NotifyAll();
  }
  commit_thread_.join();
}

absl::StatusOr<std::unique_ptr<const Reader>> Store::Read() const {
  auto snapshot = engine_->Snapshot();
  if (!snapshot.ok()) return snapshot.status();
  return std::unique_ptr<const Reader>(*std::move(snapshot));
}

void Store::Commit(Edit edit, Done done) {
  {
    MutexLock lock(mutex_);
    if (queue_.size() < options_.queue_limit) {
      queue_.push_back({std::move(edit), std::move(done), absl::OkStatus()});
      if (queue_.size() == 1) work_.NotifyOne();
      return;
    }
  }
  done(absl::UnavailableError(absl::StrCat(
      options_.queue_limit, " changes wait to be stored; try again later")));
}

absl::Status Store::CommitAndWait(Edit edit) {
  CommitEnding ending;
  Commit(std::move(edit), ending.AsDone());
  return ending.Wait();
}

void Store::Run() {
  while (true) {
    std::vector<Pending> waiting = TakeWaiting();
    if (waiting.empty()) return;
    absl::Span<Pending> left = absl::MakeSpan(waiting);
    while (!left.empty()) left.remove_prefix(CommitSome(left));
  }
}

// Empty when the store closes and nothing waits any more.
std::vector<Store::Pending> Store::TakeWaiting() {
  std::vector<Pending> waiting;
  MutexLock lock(mutex_);
  while (queue_.empty() && !closing_) work_.Wait(mutex_);
  const size_t count = std::min(queue_.size(), options_.group_edits);
  waiting.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    waiting.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return waiting;
}

// Commits the first edits, as many as fit into one group, and returns how many.
size_t Store::CommitSome(absl::Span<Pending> edits) {
  Committed committed = TryCommit(edits);
  while (absl::IsAborted(committed.status)) committed = TryCommit(edits);
  for (Pending& pending : edits.first(committed.edits)) {
    pending.done(committed.status.ok() ? std::move(pending.status)
                                       : committed.status);
  }
  if (committed.status.ok() && committed.revision > committed.base_revision) {
    Notify(committed.revision);
  }
  return committed.edits;
}

Store::Committed Store::TryCommit(absl::Span<Pending> edits) {
  Committed committed;
  auto snapshot = engine_->Snapshot();
  if (!snapshot.ok()) {
    committed.edits = edits.size();
    committed.status = snapshot.status();
    return committed;
  }
  const absl::Time now = options_.clock();
  Overlay state(**snapshot);
  while (committed.edits < edits.size() &&
         state.bytes() <= options_.group_bytes) {
    Pending& pending = edits[committed.edits++];
    Transaction txn(state, now);
    pending.status = pending.edit(txn);
    if (pending.status.ok()) state.Absorb(std::move(txn));
  }
  committed.base_revision = (*snapshot)->revision();
  committed.revision = committed.base_revision;
  if (state.writes().empty()) return committed;
  committed.status = Trim(state, now, committed.edits);
  if (!committed.status.ok()) return committed;

  Batch batch;
  batch.base_revision = committed.base_revision;
  batch.revision = std::max(state.revision(), committed.base_revision + 1);
  batch.writes = std::move(state).TakeWrites();
  committed.revision = batch.revision;
  committed.status = engine_->Commit(batch);
  return committed;
}

absl::Status Store::Trim(Overlay& state, absl::Time now, size_t edits) const {
  Transaction txn(state, now);
  absl::Status status =
      TrimLog(txn, options_.log_retention, std::max(kTrimAtLeast, 2 * edits));
  if (status.ok()) state.Absorb(std::move(txn));
  return status;
}

Store::Subscription Store::Subscribe(Watcher watcher) {
  MutexLock lock(watchers_mutex_);
  const uint64_t number = next_watcher_++;
  watchers_.emplace(number, std::move(watcher));
  return Subscription(this, number);
}

void Store::Unsubscribe(uint64_t number) {
  MutexLock lock(watchers_mutex_);
  watchers_.erase(number);
}

void Store::Notify(uint64_t revision) {
  MutexLock lock(watchers_mutex_);
  for (const auto& [number, watcher] : watchers_) watcher(revision);
}

Store::Subscription& Store::Subscription::operator=(
    Subscription&& other) noexcept {
  if (this == &other) return *this;
  if (store_ != nullptr) store_->Unsubscribe(number_);
  store_ = std::exchange(other.store_, nullptr);
  number_ = other.number_;
  return *this;
}

Store::Subscription::~Subscription() {
  if (store_ != nullptr) store_->Unsubscribe(number_);
}

}  // namespace heimweg::storage
