#include "services/profiles/profile_book.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/households/places.h"
#include "services/households/violations.h"
#include "services/occupations/occupation_inference.h"
#include "services/offers/common_rules.h"
#include "services/offers/field_mask.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/places/gazetteer.h"
#include "services/profiles/consents.h"
#include "services/profiles/once.h"
#include "services/profiles/profile_name.h"
#include "services/profiles/profile_records.h"
#include "services/profiles/violations.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"
#include "storage/store.h"
#include "storage/transaction.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::offers::RequestKey;
using ::heimweg::profiles::v1::Adult;
using ::heimweg::profiles::v1::Anchor;
using ::heimweg::profiles::v1::ErasureReceipt;
using ::heimweg::profiles::v1::Profile;
using ::heimweg::server::FieldChecks;
using ::heimweg::storage::Transaction;

// What only the service changes.
constexpr std::array<absl::string_view, 6> kFixedFields = {
    "name", "etag", "create_time", "update_time", "creator", "consents"};

constexpr absl::string_view kConsentHint =
    "is output only; use GrantConsent and RevokeConsent";

bool SameConsents(const Profile& a, const Profile& b) {
  Profile a_only;
  Profile b_only;
  *a_only.mutable_consents() = a.consents();
  *b_only.mutable_consents() = b.consents();
  return a_only.SerializeAsString() == b_only.SerializeAsString();
}

// The anchors as clients give them.
std::string AnchorsOf(const Profile& profile) {
  Profile anchors;
  *anchors.mutable_anchors() = profile.anchors();
  for (Anchor& anchor : *anchors.mutable_anchors()) {
    anchor.mutable_place()->clear_resolved();
  }
  return anchors.SerializeAsString();
}

std::vector<server::Violation> UpdateViolations(
    const v1::UpdateProfileRequest& request) {
  FieldChecks checks;
  CheckProfileName("profile.name", request.profile().name(), checks);
  checks.AddAll(offers::MaskViolations(*Profile::descriptor(),
                                       request.update_mask(), kFixedFields));
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "consents") checks.Add("profile.consents", kConsentHint);
  }
  offers::CheckRequestId(request.request_id(), checks);
  return std::move(checks).Take();
}

}  // namespace

ProfileBook::ProfileBook(storage::Store& store,
                         places::GazetteerSource gazetteer,
                         ProfileBookOptions options)
    : store_(store),
      gazetteer_(std::move(gazetteer)),
      clock_(std::move(options.clock)),
      catalog_(std::move(options.catalog)),
      ids_(options.id_seed) {}

void ProfileBook::Create(const server::Call& call,
                         const v1::CreateProfileRequest& request,
                         Profile* response, Done done) {
  Profile profile = request.profile();
  FieldChecks checks;
  if (!request.has_profile()) checks.Add("profile", "is required");
  if (profile.consents_size() > 0) {
    checks.Add("profile.consents", kConsentHint);
  }
  const absl::Time now = clock_();
  checks.AddAll(Prepare(now, Profile(), profile));
  std::string id = request.profile_id();
  if (id.empty()) id = ids_.NewId(now);
  if (!offers::IsResourceId(id)) {
    checks.Add("profile_id", "must be 1 to 63 of a-z, 0-9 and hyphen");
  }
  offers::CheckRequestId(request.request_id(), checks);
  if (!checks.ok()) {
    return done(server::InvalidFields(std::move(checks).Take()));
  }
  profile.set_creator(CreatorName(call.caller));
  store_.Commit(
      [this, id = std::move(id), profile = std::move(profile),
       key = offers::KeyOf(call, "CreateProfile", request),
       response](Transaction& txn) -> absl::Status {
        auto known = FindRepeated(txn, key);
        if (!known.ok()) return known.status();
        if (known->has_value()) {
          return Answer(records_.Core(txn, **known), response);
        }
        absl::Status inserted = Answer(Insert(txn, id, profile), response);
        return inserted.ok() ? Remember(txn, key, id) : inserted;
      },
      std::move(done));
}

absl::StatusOr<Profile> ProfileBook::Insert(Transaction& txn,
                                            absl::string_view id,
                                            Profile profile) const {
  auto taken = records_.FindCore(txn, id);
  if (!taken.ok()) return taken.status();
  if (taken->has_value()) {
    return absl::AlreadyExistsError(
        absl::StrCat(ProfileName(id), " exists already"));
  }
  *profile.mutable_create_time() = offers::ToTimestamp(txn.now());
  *profile.mutable_update_time() = profile.create_time();
  return records_.Put(txn, id, std::move(profile));
}

void ProfileBook::Update(const server::Call& call,
                         const v1::UpdateProfileRequest& request,
                         Profile* response, Done done) {
  const auto violations = UpdateViolations(request);
  if (!violations.empty()) return done(server::InvalidFields(violations));
  Commit(
      *ParseProfileName(request.profile().name()),
      offers::KeyOf(call, "UpdateProfile", request),
      [this, &request](absl::Time now, Profile& whole) {
        return ApplyUpdate(request, now, whole);
      },
      response, std::move(done));
}

absl::Status ProfileBook::ApplyUpdate(const v1::UpdateProfileRequest& request,
                                      absl::Time now, Profile& whole) const {
  const Profile& given = request.profile();
  if (!given.etag().empty() && given.etag() != whole.etag()) {
    return absl::AbortedError(absl::StrCat(
        whole.name(), " has changed since it was read; read it again"));
  }
  FieldChecks checks;
  // Only a mask says that what was sent along is not meant.
  const auto& paths = request.update_mask().paths();
  const bool names_fields = !paths.empty() && paths[0] != "*";
  if (!names_fields && given.consents_size() > 0 &&
      !SameConsents(given, whole)) {
    checks.Add("profile.consents", kConsentHint);
  }
  Profile changed = whole;
  offers::ReplaceFields(request.update_mask(), kFixedFields, given, changed);
  checks.AddAll(Prepare(now, whole, changed));
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  whole = std::move(changed);
  return absl::OkStatus();
}

std::vector<server::Violation> ProfileBook::Prepare(absl::Time now,
                                                    const Profile& stored,
                                                    Profile& profile) const {
  const auto catalog = catalog_();
  for (Adult& adult : *profile.mutable_adults()) {
    occupations::InferWished(*catalog, *adult.mutable_occupations());
  }
  FieldChecks checks;
  checks.AddAll(households::Violations(profile, now));
  auto unknown = households::ResolvePlaces(*gazetteer_(), &profile);
  if (AnchorsOf(profile) != AnchorsOf(stored)) {
    checks.AddAll(std::move(unknown));
  } else if (!unknown.empty()) {
    // A newer gazetteer does not find them any more, which hinders no change.
    *profile.mutable_anchors() = stored.anchors();
  }
  checks.AddAll(PersonalViolations(profile.personal()));
  return server::Below("profile", std::move(checks).Take());
}

void ProfileBook::Erase(const server::Call& call,
                        const v1::EraseProfileRequest& request,
                        ErasureReceipt* response, Done done) {
  FieldChecks checks;
  const auto id = CheckProfileName("name", request.name(), checks);
  offers::CheckRequestId(request.request_id(), checks);
  if (!checks.ok()) {
    return done(server::InvalidFields(std::move(checks).Take()));
  }
  store_.Commit(
      [this, id = *id, receipt_id = ids_.NewId(clock_()),
       key = offers::KeyOf(call, "EraseProfile", request),
       response](Transaction& txn) -> absl::Status {
        auto known = FindRepeated(txn, key);
        if (!known.ok()) return known.status();
        if (known->has_value()) {
          return Answer(records_.Receipt(txn, **known), response);
        }
        ErasureReceipt receipt;
        receipt.set_receipt_id(receipt_id);
        *receipt.mutable_erase_time() = offers::ToTimestamp(txn.now());
        absl::Status erased =
            Answer(records_.Erase(txn, id, std::move(receipt)), response);
        return erased.ok() ? Remember(txn, key, receipt_id) : erased;
      },
      std::move(done));
}

void ProfileBook::Commit(std::string id, RequestKey key, Change change,
                         Profile* response, Done done) {
  store_.Commit(
      [this, id = std::move(id), key = std::move(key),
       change = std::move(change), response](Transaction& txn) -> absl::Status {
        auto known = FindRepeated(txn, key);
        if (!known.ok()) return known.status();
        if (known->has_value()) {
          return Answer(records_.Core(txn, **known), response);
        }
        absl::StatusOr<Profile> whole = records_.Whole(txn, id);
        if (!whole.ok()) return whole.status();
        absl::Status changed = change(txn.now(), *whole);
        if (!changed.ok()) return changed;
        *whole->mutable_update_time() = offers::ToTimestamp(txn.now());
        absl::Status put =
            Answer(records_.Put(txn, id, *std::move(whole)), response);
        return put.ok() ? Remember(txn, key, id) : put;
      },
      std::move(done));
}

}  // namespace heimweg::profiles
