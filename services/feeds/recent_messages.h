// RecentMessages: the last messages of the feeds of a store, so that those who
// follow it at the same pace are told the same by one reading of it.
#ifndef HEIMWEG_SERVICES_FEEDS_RECENT_MESSAGES_H_
#define HEIMWEG_SERVICES_FEEDS_RECENT_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "storage/mutex.h"

namespace heimweg::feeds {

// Holds at most kMost messages, and none unless there are two feeds.
// Thread-safe.
template <typename Message>
class RecentMessages {
  using Key = std::pair<std::string, uint64_t>;  // scope, from

 public:
  static constexpr size_t kMost = 4;

  // A feed counts as long as it holds one of these; `messages` outlives it.
  class Membership {
   public:
    explicit Membership(RecentMessages* messages) : messages_(messages) {
      if (messages_ != nullptr) messages_->Count(+1);
    }
    ~Membership() {
      if (messages_ != nullptr) messages_->Count(-1);
    }
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;

    RecentMessages* get() const { return messages_; }

   private:
    RecentMessages* const messages_;
  };

  // The right to make a message, for which others wait until this goes.
  class Turn {
   public:
    Turn() = default;
    ~Turn() {
      if (messages_ != nullptr) messages_->End(key_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    friend class RecentMessages;
    RecentMessages* messages_ = nullptr;
    Key key_;
  };

  // A message that nobody changes any more and up to which revision it is.
  struct Told {
    uint64_t to = 0;
    std::shared_ptr<const Message> message;
  };

  // What was told of this scope from this revision on. nullopt: nothing is
  // known of it, and `turn` has the caller's right to make it, if there is
  // another feed. While another one makes it, this waits: that takes no longer
  // than making it.
  std::optional<Told> Find(absl::string_view scope, uint64_t from, Turn& turn) {
    const storage::MutexLock lock(mutex_);
    if (feeds_ < 2) return std::nullopt;
    Key key(scope, from);
    while (true) {
      for (const auto& [told_key, told] : told_) {
        if (told_key == key) return told;
      }
      if (!making_.contains(key)) break;
      made_.Wait(mutex_);
    }
    making_.insert(key);
    turn.messages_ = this;
    turn.key_ = std::move(key);
    return std::nullopt;
  }

  // What the one whose turn it is has made. One that leads no further is not
  // kept: who stands there already would be told it again and again.
  void Add(const Turn& turn, Told told) {
    if (turn.messages_ == nullptr || told.to <= turn.key_.second) return;
    const storage::MutexLock lock(mutex_);
    if (feeds_ < 2) return;
    told_.emplace_back(turn.key_, std::move(told));
    if (told_.size() > kMost) told_.pop_front();
  }

 private:
  void End(const Key& key) {
    const storage::MutexLock lock(mutex_);
    making_.erase(key);
    made_.NotifyAll();
  }

  void Count(int change) {
    const storage::MutexLock lock(mutex_);
    feeds_ += change;
    if (feeds_ < 2) told_.clear();
  }

  mutable storage::Mutex mutex_;
  storage::CondVar made_;
  int feeds_ ABSL_GUARDED_BY(mutex_) = 0;
  std::set<Key> making_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::pair<Key, Told>> told_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::feeds

#endif  // HEIMWEG_SERVICES_FEEDS_RECENT_MESSAGES_H_
