// ProfileFeed: one stream of WatchProfiles: the pseudonymous cores as they
// are, then every change of them.
//
// The snapshot is read message by message from whatever state the store is in,
// and what changed since the first message follows it, so that the receiver
// ends up with one state of the store and no old state is held open for it.
#ifndef HEIMWEG_SERVICES_PROFILES_PROFILE_FEED_H_
#define HEIMWEG_SERVICES_PROFILES_PROFILE_FEED_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/offers/token.h"
#include "services/profiles/profile_records.h"
#include "services/server/source.h"
#include "storage/change_log.h"
#include "storage/engine.h"
#include "storage/store.h"

namespace heimweg::profiles {

// Thread-compatible.
class ProfileFeed final : public server::Source<v1::WatchProfilesResponse> {
 public:
  // The position of a resume token; nullopt if this store gave no such token.
  static std::optional<offers::WatchPosition> ParseToken(
      absl::string_view store_id, absl::string_view token);

  // Feeds from `position` on; nullopt: from a snapshot. Calls `wake` after
  // every commit. `records` and `store` outlive this.
  ProfileFeed(const ProfileRecords& records, storage::Store& store,
              std::optional<offers::WatchPosition> position, server::Wake wake);

  // OUT_OF_RANGE if the change log does not reach back to the position.
  absl::StatusOr<server::Pull> Next(
      v1::WatchProfilesResponse* message) override;

 private:
  // Both fill the message, move the position on and return whether the
  // receiver has reached the reader's state with it.
  absl::StatusOr<bool> AddSnapshot(const storage::Reader& reader,
                                   v1::WatchProfilesResponse& message);
  absl::StatusOr<bool> AddChanges(const storage::Reader& reader,
                                  v1::WatchProfilesResponse& message);

  // False if there is no room for it in the message.
  bool Add(v1::ProfileChange change, v1::WatchProfilesResponse& message);

  const ProfileRecords& records_;
  storage::Store& store_;
  std::optional<offers::WatchPosition> position_;  // Set by the first Next.
  std::optional<uint64_t> told_;  // Revision of the last complete message.
  size_t bytes_ = 0;              // Of the changes in the present message.
  storage::Store::Subscription committed_;
};

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PROFILE_FEED_H_
