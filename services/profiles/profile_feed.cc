#include "services/profiles/profile_feed.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/profiles/profile_name.h"
#include "services/profiles/profile_records.h"
#include "storage/engine.h"

namespace heimweg::profiles {

absl::Status ProfileTopic::Visit(
    const storage::Reader& reader, absl::string_view after_id,
    absl::FunctionRef<bool(std::string, std::optional<Change>)> visit) const {
  return records_.Visit(reader, {}, after_id, [&](v1::Profile core) {
    std::string id = *ParseProfileName(core.name());
    Change change;
    *change.mutable_profile() = std::move(core);
    return visit(std::move(id), std::move(change));
  });
}

absl::StatusOr<std::vector<std::optional<ProfileTopic::Change>>>
ProfileTopic::States(const storage::Reader& reader,
                     const std::vector<std::string>& ids) const {
  std::vector<std::optional<Change>> states(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    auto core = records_.FindCore(reader, ids[i]);
    if (!core.ok()) return core.status();
    Change& change = states[i].emplace();
    if (core->has_value()) {
      *change.mutable_profile() = **std::move(core);
    } else {
      change.set_deleted_name(ProfileName(ids[i]));
    }
  }
  return states;
}

}  // namespace heimweg::profiles
