#include "services/profiles/profile_feed.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/offers/request_checks.h"
#include "services/offers/token.h"
#include "services/profiles/profile_name.h"
#include "services/profiles/profile_records.h"
#include "services/server/source.h"
#include "storage/change_log.h"
#include "storage/engine.h"
#include "storage/store.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::profiles::v1::Profile;
using ::heimweg::profiles::v1::ProfileChange;
using ::heimweg::profiles::v1::WatchProfilesResponse;

// People belong to no network, so that one feed has all of them.
constexpr absl::string_view kNoNetwork = "";

// Rows of the change log that are read for one message. Fewer profiles than
// that are in it if they changed more than once.
constexpr size_t kLogRows = 1'024;

// At most, of one change.
constexpr size_t kFraming = 8;

// Room for the token and the other fields of a message.
constexpr size_t kOverhead = 1'024;

}  // namespace

std::optional<offers::WatchPosition> ProfileFeed::ParseToken(
    absl::string_view store_id, absl::string_view token) {
  return offers::ParseWatchToken(store_id, kNoNetwork, token);
}

ProfileFeed::ProfileFeed(const ProfileRecords& records, storage::Store& store,
                         std::optional<offers::WatchPosition> position,
                         server::Wake wake)
    : records_(records),
      store_(store),
      position_(std::move(position)),
      committed_(store.Subscribe(
          [wake = std::move(wake)](uint64_t /*revision*/) { wake(); })) {}

absl::StatusOr<server::Pull> ProfileFeed::Next(WatchProfilesResponse* message) {
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  const uint64_t revision = (*reader)->revision();
  if (!position_.has_value()) {
    position_ = offers::WatchPosition{.revision = revision,
                                      .snapshot_after = std::string()};
  }
  bytes_ = 0;
  auto complete = position_->snapshot_after.has_value()
                      ? AddSnapshot(**reader, *message)
                      : AddChanges(**reader, *message);
  if (!complete.ok()) return complete.status();
  if (*complete) {
    if (told_ == revision) return server::Pull::kNothingYet;
    told_ = revision;
  }
  message->set_complete(*complete);
  message->set_revision(revision);
  message->set_resume_token(
      offers::WatchToken(store_.id(), kNoNetwork, *position_));
  return server::Pull::kMessage;
}

absl::StatusOr<bool> ProfileFeed::AddSnapshot(const storage::Reader& reader,
                                              WatchProfilesResponse& message) {
  bool whole = true;
  // The visit begins behind what this had when it began.
  const std::string after = *position_->snapshot_after;
  absl::Status visited = records_.Visit(reader, {}, after, [&](Profile core) {
    std::string id = *ParseProfileName(core.name());
    ProfileChange change;
    *change.mutable_profile() = std::move(core);
    whole = Add(std::move(change), message);
    if (whole) position_->snapshot_after = std::move(id);
    return whole;
  });
  if (!visited.ok()) return visited;
  if (!whole) return false;
  position_->snapshot_after.reset();
  return position_->revision == reader.revision();
}

absl::StatusOr<bool> ProfileFeed::AddChanges(const storage::Reader& reader,
                                             WatchProfilesResponse& message) {
  auto changes = storage::Changes(reader, position_->revision, kLogRows);
  if (!changes.ok()) return changes.status();
  absl::flat_hash_set<std::string> seen;
  for (const storage::Change& logged : *changes) {
    if (logged.table == records_.core_table() &&
        seen.insert(logged.id).second) {
      auto core = records_.FindCore(reader, logged.id);
      if (!core.ok()) return core.status();
      ProfileChange change;
      if (core->has_value()) {
        *change.mutable_profile() = **std::move(core);
      } else {
        change.set_deleted_name(ProfileName(logged.id));
      }
      if (!Add(std::move(change), message)) return false;
    }
    position_->revision = logged.revision;
  }
  if (changes->size() == kLogRows) return false;
  position_->revision = reader.revision();
  return true;
}

bool ProfileFeed::Add(ProfileChange change, WatchProfilesResponse& message) {
  bytes_ += change.ByteSizeLong() + kFraming;
  // A profile that is greater than a message may be goes alone.
  if (message.changes_size() == offers::kMostPerMessage ||
      (message.changes_size() > 0 &&
       bytes_ > offers::kMostMessageBytes - kOverhead)) {
    return false;
  }
  message.mutable_changes()->Add(std::move(change));
  return true;
}

}  // namespace heimweg::profiles
