// ChangeFeed: one stream of a Watch: the rows of a table as they are, then
// every change of them.
//
// The snapshot is read message by message from whatever state the store is in,
// and what changed since the first message follows it. A receiver that has
// applied all of them therefore holds one state of the store exactly, no old
// state is held open for a slow one, and it may resume at every token.
#ifndef HEIMWEG_SERVICES_FEEDS_CHANGE_FEED_H_
#define HEIMWEG_SERVICES_FEEDS_CHANGE_FEED_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "services/feeds/recent_messages.h"
#include "services/feeds/token.h"
#include "services/server/source.h"
#include "storage/change_log.h"
#include "storage/engine.h"
#include "storage/store.h"

namespace heimweg::feeds {

// What the contract promises of one message.
inline constexpr int kMostChanges = 256;
inline constexpr size_t kMostBytes = 1 << 20;

// A Topic says what is fed. Its changes are nullopt where a row is none of the
// receiver's business.
//
//   using Message                     with repeated changes, complete, revision
//                                     and resume_token
//   using Change                      an element of changes
//   static bool kTellsEveryRevision   whether the receiver is told of commits
//                                     that changed nothing of the topic
//   uint32_t table() const            whose changes these are
//   std::string prefix() const        of the ids that may be in the feed
//   std::string scope() const         tells topics of one store apart in tokens
//   Visit(reader, after_id, visit)    visits the rows after `after_id` in the
//                                     order of their ids as bool visit(id,
//                                     optional<Change>), false to stop
//   States(reader, ids)               StatusOr<vector<optional<Change>>>: what
//                                     these rows are now, deleted ones as well
//
// Thread-compatible.
template <typename Topic>
class ChangeFeed final : public server::Source<typename Topic::Message> {
 public:
  using Message = typename Topic::Message;
  using Change = typename Topic::Change;

  // Feeds from `position` on; without one, from a snapshot. Calls `wake` after
  // every commit. The store must outlive this, and so must `recent`, which
  // feeds of topics that differ in nothing but their scope may share; null: it
  // shares nothing.
  ChangeFeed(Topic topic, storage::Store& store,
             std::optional<WatchPosition> position, server::Wake wake,
             RecentMessages<Message>* recent = nullptr)
      : topic_(std::move(topic)),
        prefix_(topic_.prefix()),
        store_(store),
        position_(std::move(position)),
        recent_(recent),
        committed_(store.Subscribe(
            [wake = std::move(wake)](uint64_t /*revision*/) { wake(); })) {}

  // OUT_OF_RANGE if the change log does not reach back to the position.
  absl::StatusOr<server::Pull> NextShared(
      std::shared_ptr<const Message>& message) override {
    typename RecentMessages<Message>::Turn turn;
    message = Repeat(turn);
    if (message != nullptr) return server::Pull::kMessage;
    auto made = std::make_shared<Message>();
    absl::StatusOr<server::Pull> pulled = Make(*made);
    message = std::move(made);
    if (recent_.get() != nullptr && pulled.ok() &&
        *pulled == server::Pull::kMessage) {
      recent_.get()->Add(turn, {position_->revision, message});
    }
    return pulled;
  }

  absl::StatusOr<server::Pull> Next(Message* message) override {
    std::shared_ptr<const Message> shared;
    absl::StatusOr<server::Pull> pulled = NextShared(shared);
    if (pulled.ok() && *pulled == server::Pull::kMessage) *message = *shared;
    return pulled;
  }

 private:
  // Rows of the change log that are read at once, and how often one message
  // reads on if none of them concerns the receiver.
  static constexpr size_t kLogRows = 1'024;
  static constexpr int kMostLogReads = 16;

  // Room for the token and the other fields of a message; at most, of the
  // framing of one change.
  static constexpr size_t kOverhead = 1'024;
  static constexpr size_t kFraming = 8;

  // The next message, from the store.
  absl::StatusOr<server::Pull> Make(Message& message) {
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    const uint64_t revision = (*reader)->revision();
    if (!position_.has_value()) position_ = {revision, std::string()};
    bytes_ = 0;
    auto complete = position_->snapshot_after.has_value()
                        ? AddSnapshot(**reader, message)
                        : AddChanges(**reader, message);
    if (!complete.ok()) return complete.status();
    if (*complete && message.changes().empty() && HasTold(revision)) {
      return server::Pull::kNothingYet;
    }
    told_ = *complete ? std::optional(revision) : std::nullopt;
    message.set_complete(*complete);
    message.set_revision(revision);
    message.set_resume_token(
        WatchToken(store_.id(), topic_.scope(), *position_));
    return server::Pull::kMessage;
  }

  // What another feed was told of changes from the same position on; null if
  // there was none of late. It is as if this one had read as soon as that.
  std::shared_ptr<const Message> Repeat(
      typename RecentMessages<Message>::Turn& turn) {
    if (recent_.get() == nullptr || !position_.has_value() ||
        position_->snapshot_after.has_value()) {
      return nullptr;
    }
    const auto found =
        recent_.get()->Find(topic_.scope(), position_->revision, turn);
    if (!found.has_value()) return nullptr;
    position_->revision = found->to;
    told_ = found->message->complete()
                ? std::optional(found->message->revision())
                : std::nullopt;
    return found->message;
  }

  bool HasTold(uint64_t revision) const {
    return told_.has_value() &&
           (told_ == revision || !Topic::kTellsEveryRevision);
  }

  // Both move the position on and return whether the receiver has now reached
  // the reader's state.
  absl::StatusOr<bool> AddSnapshot(const storage::Reader& reader,
                                   Message& message) {
    bool whole = true;
    // The visit begins behind what this was when it began.
    const std::string after = *position_->snapshot_after;
    absl::Status visited = topic_.Visit(
        reader, after, [&](std::string id, std::optional<Change> change) {
          whole = !change.has_value() || Add(*change, message);
          if (whole) position_->snapshot_after = std::move(id);
          return whole;
        });
    if (!visited.ok()) return visited;
    if (!whole) return false;
    position_->snapshot_after.reset();
    return position_->revision == reader.revision();
  }

  absl::StatusOr<bool> AddChanges(const storage::Reader& reader,
                                  Message& message) {
    for (int reads = 0; reads < kMostLogReads; ++reads) {
      auto logged = storage::Changes(reader, position_->revision, kLogRows);
      if (!logged.ok()) return logged.status();
      auto used = AddStates(reader, *logged, message);
      if (!used.ok()) return used.status();
      if (*used == logged->size() && logged->size() < kLogRows) {
        position_->revision = reader.revision();
        return true;
      }
      if (*used > 0) position_->revision = (*logged)[*used - 1].revision;
      if (!message.changes().empty()) return false;
    }
    return false;
  }

  // Adds what the rows in `logged` are now, each once, until the message is
  // full. Returns how many of `logged` are dealt with.
  absl::StatusOr<size_t> AddStates(const storage::Reader& reader,
                                   const std::vector<storage::Change>& logged,
                                   Message& message) {
    std::vector<std::string> ids;
    std::vector<size_t> first;  // Where each id stands in `logged`.
    const size_t end = CollectIds(logged, ids, first);
    auto states = topic_.States(reader, ids);
    if (!states.ok()) return states.status();
    for (size_t i = 0; i < ids.size(); ++i) {
      std::optional<Change>& state = (*states)[i];
      if (state.has_value() && !Add(*state, message)) {
        return first[i];
      }
    }
    return end;
  }

  // The ids of the topic in `logged`, each once, as many as fit into a message.
  // Returns how many of `logged` they cover.
  size_t CollectIds(const std::vector<storage::Change>& logged,
                    std::vector<std::string>& ids,
                    std::vector<size_t>& first) const {
    absl::flat_hash_set<std::string> seen;
    for (size_t i = 0; i < logged.size(); ++i) {
      const storage::Change& change = logged[i];
      if (change.table != topic_.table() ||
          !absl::StartsWith(change.id, prefix_) || seen.contains(change.id)) {
        continue;
      }
      if (ids.size() == kMostChanges) return i;
      seen.insert(change.id);
      ids.push_back(change.id);
      first.push_back(i);
    }
    return logged.size();
  }

  // Moves the change into the message; false if there is no room for it. One
  // that is greater than a message may be goes alone.
  bool Add(Change& change, Message& message) {
    bytes_ += change.ByteSizeLong() + kFraming;
    if (message.changes_size() == kMostChanges ||
        (message.changes_size() > 0 && bytes_ > kMostBytes - kOverhead)) {
      return false;
    }
    message.add_changes()->Swap(&change);
    return true;
  }

  const Topic topic_;
  const std::string prefix_;
  storage::Store& store_;
  std::optional<WatchPosition> position_;  // nullopt before the first message
  std::optional<uint64_t> told_;  // revision up to which the last was complete
  size_t bytes_ = 0;              // of the changes in the present message
  const typename RecentMessages<Message>::Membership recent_;
  storage::Store::Subscription committed_;
};

}  // namespace heimweg::feeds

#endif  // HEIMWEG_SERVICES_FEEDS_CHANGE_FEED_H_
