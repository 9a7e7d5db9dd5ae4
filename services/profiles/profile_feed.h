// ProfileFeed: one stream of WatchProfiles (feeds/change_feed.h), of the
// pseudonymous cores.
#ifndef HEIMWEG_SERVICES_PROFILES_PROFILE_FEED_H_
#define HEIMWEG_SERVICES_PROFILES_PROFILE_FEED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/feeds/change_feed.h"
#include "services/profiles/profile_records.h"
#include "storage/engine.h"

namespace heimweg::profiles {

class ProfileTopic {
 public:
  using Message = v1::WatchProfilesResponse;
  using Change = v1::ProfileChange;
  static constexpr bool kTellsEveryRevision = true;

  // People belong to no network, so that one scope has all of them.
  static constexpr absl::string_view kScope = "";

  // `records` must outlive this.
  explicit ProfileTopic(const ProfileRecords& records) : records_(records) {}

  uint32_t table() const { return records_.core_table(); }
  std::string prefix() const { return ""; }
  absl::string_view scope() const { return kScope; }
  absl::Status Visit(
      const storage::Reader& reader, absl::string_view after_id,
      absl::FunctionRef<bool(std::string, std::optional<Change>)> visit) const;
  absl::StatusOr<std::vector<std::optional<Change>>> States(
      const storage::Reader& reader, const std::vector<std::string>& ids) const;

 private:
  const ProfileRecords& records_;
};

using ProfileFeed = feeds::ChangeFeed<ProfileTopic>;

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PROFILE_FEED_H_
