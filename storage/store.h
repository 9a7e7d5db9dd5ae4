// Store: the records of one service with their index rows and change log on
// an engine. All writing goes through one commit thread, which groups what
// waits and syncs once; a change is stored, indexed and logged, or none of
// these. Typed access is by Table (table.h).
#ifndef HEIMWEG_STORAGE_STORE_H_
#define HEIMWEG_STORAGE_STORE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/change_log.h"
#include "storage/engine.h"
#include "storage/mutex.h"
#include "storage/transaction.h"

namespace heimweg::storage {

struct StoreOptions {
  // Tells the time of commits, log rows and remembered requests. Called from
  // the commit thread.
  std::function<absl::Time()> clock = absl::Now;

  // How many edits may wait; further ones are refused. At least 1.
  size_t queue_limit = 10'000;

  // How many edits, and about how many bytes of writes, share one sync.
  size_t group_edits = 1'000;
  size_t group_bytes = 8 << 20;

  LogRetention log_retention = {};
};

// Thread-safe.
class Store {
 public:
  // Computes one change. It runs on the commit thread: it must be quick and
  // must not wait. Its error drops what it wrote. It runs again if another
  // process wrote to the same database meanwhile, so it changes nothing but
  // the transaction and results of its own that the next run overwrites.
  using Edit = std::function<absl::Status(Transaction&)>;

  // Runs on the commit thread: it must be quick and must not wait.
  using Done = std::function<void(absl::Status)>;

  // Gets the revision that is now committed. On the commit thread, as Done.
  using Watcher = std::function<void(uint64_t revision)>;

  // Ends a subscription when it is destroyed; then the watcher is not running
  // and never runs again. Must not outlive the store, nor be destroyed by the
  // watcher itself. Movable; a default-made one is empty.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&& other) noexcept
        : store_(std::exchange(other.store_, nullptr)),
          number_(other.number_) {}
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription();

   private:
    friend class Store;
    Subscription(Store* store, uint64_t number)
        : store_(store), number_(number) {}

    Store* store_ = nullptr;
    uint64_t number_ = 0;
  };

  // Starts the commit thread. Errors are those of Engine::Snapshot.
  static absl::StatusOr<std::unique_ptr<Store>> Open(
      std::unique_ptr<Engine> engine, StoreOptions options = {});

  // Commits what waits, calls each Done, ends the commit thread, closes the
  // engine. No reader of the store may be left.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Engine::id: belongs into every resume token beside the revision.
  std::string id() const { return engine_->id(); }

  // The state after the last commit: if a Done got OK, its edit is in there.
  absl::StatusOr<std::unique_ptr<const Reader>> Read() const;

  // Queues the edit and returns. Edits run in the order of Commit calls. `done`
  // is called once: with OK when the edit is durable, with the edit's own
  // error, or with the engine's error (see Engine::Commit); with UNAVAILABLE
  // and before Commit returns, on the caller's thread, if the queue is full.
  // An edit that returns OK without writing is done when all edits before it
  // are durable.
  void Commit(Edit edit, Done done) ABSL_LOCKS_EXCLUDED(mutex_);

  // Commit, and waits for its end. Never from an Edit, Done or Watcher.
  absl::Status CommitAndWait(Edit edit) ABSL_LOCKS_EXCLUDED(mutex_);

  // `watcher` is called after each commit, in the order of revisions, when
  // readers already see it and the Done calls were made. A watcher must not
  // subscribe.
  Subscription Subscribe(Watcher watcher) ABSL_LOCKS_EXCLUDED(watchers_mutex_);

  // Engine::Health.
  absl::Status Health() const { return engine_->Health(); }

 private:
  struct Pending {
    Edit edit;
    Done done;
    absl::Status status;  // The edit's own, then what Done gets.
  };
  // What one commit did: the first `edits` of those it was given ran.
  struct Committed {
    size_t edits = 0;
    uint64_t base_revision = 0;
    uint64_t revision = 0;
    absl::Status status;  // The engine's.
  };

  Store(std::unique_ptr<Engine> engine, StoreOptions options);

  void Run();
  std::vector<Pending> TakeWaiting() ABSL_LOCKS_EXCLUDED(mutex_);
  size_t CommitSome(absl::Span<Pending> edits);
  Committed TryCommit(absl::Span<Pending> edits);
  absl::Status Trim(Overlay& state, absl::Time now, size_t edits) const;
  void Notify(uint64_t revision) ABSL_LOCKS_EXCLUDED(watchers_mutex_);
  void Unsubscribe(uint64_t number) ABSL_LOCKS_EXCLUDED(watchers_mutex_);

  const std::unique_ptr<Engine> engine_;
  const StoreOptions options_;

  Mutex mutex_;
  CondVar work_;
  std::deque<Pending> queue_ ABSL_GUARDED_BY(mutex_);
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;

  // Held while watchers run, so that Unsubscribe waits for them.
  Mutex watchers_mutex_;
  uint64_t next_watcher_ ABSL_GUARDED_BY(watchers_mutex_) = 1;
  std::map<uint64_t, Watcher> watchers_ ABSL_GUARDED_BY(watchers_mutex_);

  std::thread commit_thread_;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_STORE_H_
