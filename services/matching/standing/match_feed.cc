#include "services/matching/standing/match_feed.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/matching/standing/match_token.h"
#include "storage/change_log.h"

namespace heimweg::matching {
namespace {

using server::Pull;
using storage::Reader;

constexpr int kMostChanges = 256;
// Of 1 MiB, with room for the other fields.
constexpr size_t kMostBytes = (1 << 20) - 1'024;
constexpr size_t kFraming = 8;
// Rows of the change log that are read for one message.
constexpr size_t kLogRows = 1'024;

std::string Purpose(absl::string_view store_id, const MatchScope& scope) {
  return absl::StrCat("watch\n", store_id, "\n", scope.Text());
}

}  // namespace

std::optional<MatchFeed::Position> MatchFeed::ParseToken(
    absl::string_view store_id, const MatchScope& scope,
    absl::string_view token) {
  const auto text = OpenToken(Purpose(store_id, scope), token);
  if (!text) return std::nullopt;
  const std::vector<std::string> parts =
      absl::StrSplit(*text, absl::MaxSplits(' ', 1));
  Position position;
  if (!absl::SimpleAtoi(parts[0], &position.revision)) return std::nullopt;
  if (parts.size() > 1) position.snapshot_after = parts[1];
  return position;
}

std::string MatchFeed::Token() const {
  return SealToken(
      Purpose(store_.id(), scope_),
      position_->snapshot_after
          ? absl::StrCat(position_->revision, " ", *position_->snapshot_after)
          : absl::StrCat(position_->revision));
}

MatchFeed::MatchFeed(const MatchRecords& records, storage::Store& store,
                     MatchScope scope, std::optional<Position> position,
                     server::Wake wake)
    : records_(records),
      store_(store),
      scope_(std::move(scope)),
      position_(std::move(position)),
      committed_(store.Subscribe(
          [wake = std::move(wake)](uint64_t /*revision*/) { wake(); })) {}

absl::StatusOr<Pull> MatchFeed::Next(v1::WatchMatchesResponse* message) {
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  if (!position_) position_ = Position{(*reader)->revision(), std::string()};
  bytes_ = 0;
  auto complete = position_->snapshot_after ? AddSnapshot(**reader, *message)
                                            : AddChanges(**reader, *message);
  if (!complete.ok()) return complete.status();
  if (*complete) {
    // Most commits are none of this receiver's business.
    if (told_ && message->changes().empty()) return Pull::kNothingYet;
    told_ = true;
  } else {
    told_ = false;
  }
  message->set_complete(*complete);
  message->set_revision((*reader)->revision());
  message->set_resume_token(Token());
  return Pull::kMessage;
}

absl::StatusOr<bool> MatchFeed::AddSnapshot(const Reader& reader,
                                            v1::WatchMatchesResponse& message) {
  bool whole = true;
  absl::Status visited = records_.matches.Visit(
      reader, scope_.Scan(*position_->snapshot_after),
      [&](storage::Row<v1::StoredMatch> row) {
        std::string key = row.id;
        if (row.record.released()) {
          v1::MatchChange change;
          *change.mutable_match() = MatchOfRow(std::move(row));
          whole = Add(std::move(change), message);
        }
        if (whole) position_->snapshot_after = std::move(key);
        return whole;
      });
  if (!visited.ok()) return visited;
  if (!whole) return false;
  position_->snapshot_after.reset();
  return position_->revision == reader.revision();
}

absl::StatusOr<bool> MatchFeed::AddChanges(const Reader& reader,
                                           v1::WatchMatchesResponse& message) {
  const auto changes = storage::Changes(reader, position_->revision, kLogRows);
  if (!changes.ok()) return changes.status();
  absl::flat_hash_set<std::string> seen;
  for (const storage::Change& logged : *changes) {
    if (logged.table == records_.matches.number() && scope_.HasKey(logged.id) &&
        seen.insert(logged.id).second) {
      auto row = records_.matches.Find(reader, logged.id);
      if (!row.ok()) return row.status();
      v1::MatchChange change;
      if (!row->has_value()) {
        change.set_deleted_name(NameOfKey(logged.id, "matches"));
      } else if ((*row)->record.released() &&
                 scope_.Has(logged.id, (*row)->record)) {
        *change.mutable_match() = MatchOfRow(**std::move(row));
      }
      if (change.change_case() != v1::MatchChange::CHANGE_NOT_SET &&
          !Add(std::move(change), message)) {
        return false;
      }
    }
    position_->revision = logged.revision;
  }
  if (changes->size() == kLogRows) return false;
  position_->revision = reader.revision();
  return true;
}

bool MatchFeed::Add(v1::MatchChange change, v1::WatchMatchesResponse& message) {
  bytes_ += change.ByteSizeLong() + kFraming;
  if (message.changes_size() == kMostChanges ||
      (message.changes_size() > 0 && bytes_ > kMostBytes)) {
    return false;
  }
  message.mutable_changes()->Add(std::move(change));
  return true;
}

}  // namespace heimweg::matching
