// ProfileBook: the stored profiles and what may be done with them, free of
// gRPC. A profile is its pseudonymous core and its personal part
// (profile_records.h); erasing it leaves nothing but a receipt.
#ifndef HEIMWEG_SERVICES_PROFILES_PROFILE_BOOK_H_
#define HEIMWEG_SERVICES_PROFILES_PROFILE_BOOK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/id_source.h"
#include "services/offers/request_checks.h"
#include "services/places/gazetteer_source.h"
#include "services/profiles/profile_records.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "services/server/source.h"
#include "storage/store.h"
#include "storage/transaction.h"

namespace heimweg::profiles {

struct ProfileBookOptions {
  // Tells the time of reads; that of writes is the store's.
  std::function<absl::Time()> clock = absl::Now;
  // What titles are resolved with.
  occupations::CatalogSource catalog = occupations::BuiltInCatalog();
  // Of the ids that the service chooses.
  uint64_t id_seed = 0;
};

// The methods are those of heimweg.profiles.v1.ProfileService, whose comments
// say what they mean and which errors they have. All but Export and the reads
// with the full view answer with the core alone.
// What changes something calls `done` when the change is durable; until then
// the call, the request and the response must live. Thread-safe.
class ProfileBook {
 public:
  using Done = std::function<void(absl::Status)>;

  // `store` outlives this.
  ProfileBook(storage::Store& store, places::GazetteerSource gazetteer,
              ProfileBookOptions options = {});

  void Create(const server::Call& call, const v1::CreateProfileRequest& request,
              v1::Profile* response, Done done);
  void Update(const server::Call& call, const v1::UpdateProfileRequest& request,
              v1::Profile* response, Done done);
  void Erase(const server::Call& call, const v1::EraseProfileRequest& request,
             v1::ErasureReceipt* response, Done done);
  void GrantConsent(const server::Call& call,
                    const v1::GrantConsentRequest& request,
                    v1::Profile* response, Done done);
  void RevokeConsent(const server::Call& call,
                     const v1::RevokeConsentRequest& request,
                     v1::Profile* response, Done done);

  absl::Status Get(const server::Call& call,
                   const v1::GetProfileRequest& request,
                   v1::Profile* response) const;
  absl::Status List(const server::Call& call,
                    const v1::ListProfilesRequest& request,
                    v1::ListProfilesResponse* response) const;
  absl::Status Export(const server::Call& call,
                      const v1::ExportProfileRequest& request,
                      v1::ExportProfileResponse* response) const;

  // The source must not outlive this.
  absl::StatusOr<std::unique_ptr<server::Source<v1::WatchProfilesResponse>>>
  Watch(const server::Call& call, const v1::WatchProfilesRequest& request,
        server::Wake wake) const;

 private:
  // Makes the whole profile what is to be stored from what is stored.
  using Change = std::function<absl::Status(absl::Time now, v1::Profile&)>;

  // Commits the change of the profile `id` and answers with its core.
  void Commit(std::string id, offers::RequestKey key, Change change,
              v1::Profile* response, Done done);

  // ALREADY_EXISTS if the id is taken.
  absl::StatusOr<v1::Profile> Insert(storage::Transaction& txn,
                                     absl::string_view id,
                                     v1::Profile profile) const;

  // Finds the anchors' places and clears what only the service sets. All that
  // is wrong with the profile, with paths from the request. Places that
  // `stored` has, too, stay as they were found if they are not found any more.
  std::vector<server::Violation> Prepare(absl::Time now,
                                         const v1::Profile& stored,
                                         v1::Profile& profile) const;
  absl::Status ApplyUpdate(const v1::UpdateProfileRequest& request,
                           absl::Time now, v1::Profile& whole) const;

  storage::Store& store_;
  const places::GazetteerSource gazetteer_;
  const std::function<absl::Time()> clock_;
  const occupations::CatalogSource catalog_;
  const ProfileRecords records_;
  offers::IdSource ids_;
};

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PROFILE_BOOK_H_
