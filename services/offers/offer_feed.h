// OfferFeed: one stream of Watch: the offers as they are, then every change.
//
// The snapshot is read page by page from whatever state the store is in, and
// the changes since the first page are sent behind it. A receiver that has
// applied all of them therefore holds one state of the store exactly, no old
// state is held open for a slow one, and it may resume at every token.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_FEED_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_FEED_H_

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
#include "services/offers/offer_kind.h"
#include "services/offers/offer_tables.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/offers/token.h"
#include "services/server/source.h"
#include "storage/change_log.h"
#include "storage/store.h"

namespace heimweg::offers {

// Thread-compatible.
template <OfferKind Kind>
class OfferFeed : public server::Source<typename Kind::WatchResponse> {
 public:
  using Message = typename Kind::WatchResponse;

  // Feeds the offers of `network` from `position` on; without one, from a
  // snapshot. Calls `wake` after every commit. All references must outlive
  // this.
  OfferFeed(const OfferTables<Kind>& tables, storage::Store& store,
            std::string network, std::optional<WatchPosition> position,
            server::Wake wake)
      : tables_(tables),
        store_(store),
        network_(std::move(network)),
        position_(std::move(position)),
        committed_(store.Subscribe(
            [wake = std::move(wake)](uint64_t /*revision*/) { wake(); })) {}

  // OUT_OF_RANGE if the change log does not reach back to the position.
  absl::StatusOr<server::Pull> Next(Message* message) override {
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    if (!position_.has_value()) {
      position_ = WatchPosition{(*reader)->revision(), std::string()};
    }
    auto complete = position_->snapshot_after.has_value()
                        ? AddSnapshot(**reader, *message)
                        : AddChanges(**reader, *message);
    if (!complete.ok()) return complete.status();
    const uint64_t revision = (*reader)->revision();
    if (*complete && message->changes().empty() && told_ == revision) {
      return server::Pull::kNothingYet;
    }
    if (*complete) told_ = revision;
    message->set_complete(*complete);
    message->set_revision(revision);
    message->set_resume_token(WatchToken(store_.id(), network_, *position_));
    return server::Pull::kMessage;
  }

 private:
  using Row = typename OfferTables<Kind>::Row;

  // Rows of the change log that are read at once, and how often one message
  // reads on if none of them concerns this network.
  static constexpr size_t kLogRows = 1'024;
  static constexpr int kMostLogReads = 16;

  // Bytes of a change beside the record: name, etag, framing; also of a token.
  static constexpr size_t kOverhead = 256;

  // Both return whether the receiver has now reached the reader's state.
  absl::StatusOr<bool> AddSnapshot(const storage::Reader& reader,
                                   Message& message) {
    const storage::TableScan scan = {.id_prefix = KeyPrefix(network_),
                                     .term = std::nullopt,
                                     .after_id = *position_->snapshot_after,
                                     .limit = 0};
    size_t bytes = 0;
    bool whole = true;
    absl::Status visited = tables_.rows().Visit(reader, scan, [&](Row row) {
      if (IsFull(message, bytes, row)) {
        whole = false;
        return false;
      }
      *position_->snapshot_after = row.id;
      Add(std::move(row), message);
      return true;
    });
    if (!visited.ok()) return visited;
    if (!whole) return false;
    position_->snapshot_after.reset();
    return position_->revision == reader.revision();
  }

  absl::StatusOr<bool> AddChanges(const storage::Reader& reader,
                                  Message& message) {
    for (int reads = 0; reads < kMostLogReads; ++reads) {
      auto changes = storage::Changes(reader, position_->revision, kLogRows);
      if (!changes.ok()) return changes.status();
      auto used = AddStates(reader, *changes, message);
      if (!used.ok()) return used.status();
      if (*used == changes->size() && changes->size() < kLogRows) {
        position_->revision = reader.revision();
        return true;
      }
      if (*used > 0) position_->revision = (*changes)[*used - 1].revision;
      if (!message.changes().empty()) return false;
    }
    return false;
  }

  // Adds the present states of the offers in `changes`, each once, until the
  // message is full. Returns how many of `changes` are dealt with.
  absl::StatusOr<size_t> AddStates(const storage::Reader& reader,
                                   const std::vector<storage::Change>& changes,
                                   Message& message) const {
    std::vector<std::string> keys;
    std::vector<size_t> first;  // Where each key stands in `changes`.
    const size_t end = CollectKeys(changes, keys, first);
    auto rows = tables_.rows().MultiGet(reader, keys);
    if (!rows.ok()) return rows.status();
    size_t bytes = 0;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!(*rows)[i].has_value()) {
        message.add_changes()->set_deleted_name(
            OfferName(Kind::kCollection, keys[i]));
        bytes += kOverhead;
        continue;
      }
      if (IsFull(message, bytes, *(*rows)[i])) return first[i];
      Add(*std::move((*rows)[i]), message);
    }
    return end;
  }

  // The keys of this network's offers in `changes`, each once, as many as fit
  // into a message. Returns how many of `changes` they cover.
  size_t CollectKeys(const std::vector<storage::Change>& changes,
                     std::vector<std::string>& keys,
                     std::vector<size_t>& first) const {
    const std::string prefix = KeyPrefix(network_);
    absl::flat_hash_set<std::string> seen;
    for (size_t i = 0; i < changes.size(); ++i) {
      const storage::Change& change = changes[i];
      if (change.table != tables_.rows().number() ||
          !absl::StartsWith(change.id, prefix) || seen.contains(change.id)) {
        continue;
      }
      if (keys.size() == kMostPerMessage) return i;
      seen.insert(change.id);
      keys.push_back(change.id);
      first.push_back(i);
    }
    return changes.size();
  }

  // Whether `row` has no room in the message any more; otherwise counts it.
  static bool IsFull(const Message& message, size_t& bytes, const Row& row) {
    const size_t size = row.record.ByteSizeLong() + kOverhead;
    if (message.changes_size() == kMostPerMessage ||
        (message.changes_size() > 0 &&
         bytes + size > kMostMessageBytes - kOverhead)) {
      return true;
    }
    bytes += size;
    return false;
  }

  static void Add(Row row, Message& message) {
    Kind::OfferOf(*message.add_changes()) =
        OfferTables<Kind>::PublicView(std::move(row));
  }

  const OfferTables<Kind>& tables_;
  storage::Store& store_;
  const std::string network_;
  std::optional<WatchPosition> position_;  // nullopt before the first message.
  std::optional<uint64_t> told_;  // Revision of the last complete message.
  storage::Store::Subscription committed_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_FEED_H_
