// ProfileRecords: how profiles lie in their store.
//
//   table        logged  id          record
//   1 profile    yes     profile id  the core, without name and etag
//   2 personal   no      profile id  the personal part (parts.h), if there is
//                                    one
//   3 receipt    no      receipt id  what an erasure left behind
//
// A change of the personal part rewrites the core too, so that the core's
// revision is the etag of the whole profile and the log tells of it.
#ifndef HEIMWEG_SERVICES_PROFILES_PROFILE_RECORDS_H_
#define HEIMWEG_SERVICES_PROFILES_PROFILE_RECORDS_H_

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
#include "storage/engine.h"
#include "storage/table.h"
#include "storage/transaction.h"

namespace heimweg::profiles {

// Ids are those of profiles. Errors beside those that are named: those of
// storage::Reader. Thread-safe.
class ProfileRecords {
 public:
  using Profile = heimweg::profiles::v1::Profile;
  using ErasureReceipt = heimweg::profiles::v1::ErasureReceipt;

  ProfileRecords();

  // The number of the table whose changes are the change feed.
  uint32_t core_table() const { return cores_.number(); }

  // The core with its name and etag. NOT_FOUND if there is none.
  absl::StatusOr<Profile> Core(const storage::Reader& reader,
                               absl::string_view id) const;
  // nullopt if there is none.
  absl::StatusOr<std::optional<Profile>> FindCore(const storage::Reader& reader,
                                                  absl::string_view id) const;

  // The core and the personal part. NOT_FOUND if there is none.
  absl::StatusOr<Profile> Whole(const storage::Reader& reader,
                                absl::string_view id) const;

  // Adds the personal part to cores that Core or Visit gave.
  absl::Status AddPersonalParts(const storage::Reader& reader,
                                std::vector<Profile>& cores) const;

  // Visits cores after `after_id` in the order of their ids, those with any of
  // the `terms` (consents.h), or all if there are no terms. `visit` returns
  // false to stop.
  absl::Status Visit(const storage::Reader& reader,
                     const std::vector<std::string>& terms,
                     absl::string_view after_id,
                     absl::FunctionRef<bool(Profile)> visit) const;

  // Creates or replaces the profile; returns its core.
  absl::StatusOr<Profile> Put(storage::Transaction& txn, absl::string_view id,
                              Profile whole) const;

  // Erases all rows of the profile, puts the receipt, which gets its counts
  // and its revision here, and returns it. NOT_FOUND if there is no profile.
  absl::StatusOr<ErasureReceipt> Erase(storage::Transaction& txn,
                                       absl::string_view id,
                                       ErasureReceipt receipt) const;

  // NOT_FOUND if there is none.
  absl::StatusOr<ErasureReceipt> Receipt(const storage::Reader& reader,
                                         absl::string_view receipt_id) const;

 private:
  absl::Status PutPersonal(storage::Transaction& txn, absl::string_view id,
                           const Profile& personal) const;
  absl::Status VisitTerms(const storage::Reader& reader,
                          const std::vector<std::string>& terms,
                          absl::string_view after_id,
                          absl::FunctionRef<bool(Profile)> visit) const;

  const storage::Table<Profile> cores_;
  const storage::Table<Profile> personal_parts_;
  const storage::Table<ErasureReceipt> receipts_;
};

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PROFILE_RECORDS_H_
