// ProfileBook's reads: each of one snapshot of the store, on the caller's
// thread.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/feeds/token.h"
#include "services/offers/common_rules.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/profiles/consents.h"
#include "services/profiles/once.h"
#include "services/profiles/profile_book.h"
#include "services/profiles/profile_feed.h"
#include "services/profiles/profile_name.h"
#include "services/profiles/profile_records.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"
#include "services/server/source.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::profiles::v1::Profile;
using ::heimweg::server::FieldChecks;

// Profiles in the order of their ids, as many as fit into a page.
class Page {
 public:
  Page(size_t size, std::string after) : size_(size), last_(std::move(after)) {}

  // False if there is no room any more.
  bool Add(std::string id, Profile profile) {
    if (profiles_.size() == size_ || bytes_ >= offers::kMostPageBytes) {
      more_ = true;
      return false;
    }
    bytes_ += profile.ByteSizeLong();
    last_ = std::move(id);
    profiles_.push_back(std::move(profile));
    return true;
  }

  std::vector<Profile>& profiles() { return profiles_; }
  bool more() const { return more_; }
  const std::string& last() const { return last_; }

 private:
  const size_t size_;
  size_t bytes_ = 0;
  bool more_ = false;
  std::string last_;
  std::vector<Profile> profiles_;
};

bool IsNetwork(absl::string_view name) {
  const auto network = offers::ParseNetwork(name);
  return network.has_value() && *network != offers::kAnyNetwork;
}

}  // namespace

absl::Status ProfileBook::Get(const server::Call& /*call*/,
                              const v1::GetProfileRequest& request,
                              Profile* response) const {
  FieldChecks checks;
  const auto id = CheckProfileName("name", request.name(), checks);
  checks.Known("view", request.view(), v1::ProfileView_IsValid);
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  return Answer(request.view() == v1::PROFILE_VIEW_FULL
                    ? records_.Whole(**reader, *id)
                    : records_.Core(**reader, *id),
                response);
}

absl::Status ProfileBook::List(const server::Call& /*call*/,
                               const v1::ListProfilesRequest& request,
                               v1::ListProfilesResponse* response) const {
  const std::string& network = request.consented_network();
  const std::string query = offers::QueryOf(request);
  FieldChecks checks;
  const int size = offers::CheckPageSize(request.page_size(), checks);
  checks.Known("view", request.view(), v1::ProfileView_IsValid);
  if (!network.empty() && !IsNetwork(network)) {
    checks.Add("consented_network", "must be networks/{network}");
  }
  const auto after = request.page_token().empty()
                         ? std::string()
                         : feeds::ParsePageToken(query, request.page_token());
  if (!after.has_value()) {
    checks.Add("page_token", "must be of the same request");
  }
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  std::vector<std::string> terms;
  if (!network.empty()) terms = VisibleTo(network);
  Page page(size, *after);
  absl::Status status =
      records_.Visit(**reader, terms, *after, [&](Profile core) {
        if (!network.empty() && !MaySee(core, network, clock_())) return true;
        std::string id = *ParseProfileName(core.name());
        return page.Add(std::move(id), std::move(core));
      });
  if (status.ok() && request.view() == v1::PROFILE_VIEW_FULL) {
    status = records_.AddPersonalParts(**reader, page.profiles());
  }
  if (!status.ok()) return status;
  for (Profile& profile : page.profiles()) {
    response->mutable_profiles()->Add(std::move(profile));
  }
  if (page.more()) {
    response->set_next_page_token(feeds::PageToken(query, page.last()));
  }
  return absl::OkStatus();
}

absl::Status ProfileBook::Export(const server::Call& /*call*/,
                                 const v1::ExportProfileRequest& request,
                                 v1::ExportProfileResponse* response) const {
  FieldChecks checks;
  const auto id = CheckProfileName("name", request.name(), checks);
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  *response->mutable_export_time() = offers::ToTimestamp(clock_());
  return Answer(records_.Whole(**reader, *id), response->mutable_profile());
}

absl::StatusOr<std::unique_ptr<server::Source<v1::WatchProfilesResponse>>>
ProfileBook::Watch(const server::Call& /*call*/,
                   const v1::WatchProfilesRequest& request,
                   server::Wake wake) const {
  std::optional<feeds::WatchPosition> position;
  if (!request.resume_token().empty()) {
    position = feeds::ParseWatchToken(store_.id(), ProfileTopic::kScope,
                                      request.resume_token());
    if (!position.has_value()) {
      return server::InvalidFields(
          {{"resume_token", "must be one that this service gave"}});
    }
  }
  return std::make_unique<ProfileFeed>(ProfileTopic(records_), store_,
                                       std::move(position), std::move(wake));
}

}  // namespace heimweg::profiles
