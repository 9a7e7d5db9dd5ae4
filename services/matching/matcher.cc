#include "services/matching/matcher.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/households/places.h"
#include "services/households/violations.h"
#include "services/matching/field_writer.h"
#include "services/matching/package_wish.h"
#include "services/matching/packages.h"
#include "services/matching/rank.h"
#include "services/matching/returnees.h"
#include "services/matching/wish.h"
#include "services/matching/wish_rules.h"
#include "services/occupations/occupation_inference.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {
namespace {

using profiles::v1::Profile;
using server::FieldChecks;

constexpr absl::Duration kFillingRetry = absl::Seconds(1);

absl::Status NotReady() {
  return server::Unavailable("the index is being filled", kFillingRetry);
}

// The household that is asked for, stored or inline, and the violations of the
// inline one.
template <typename Request>
absl::StatusOr<std::shared_ptr<const Profile>> Household(
    const Request& request, const Snapshot& snapshot,
    const places::Gazetteer& gazetteer, absl::Time now, FieldChecks& checks) {
  if (request.subject_case() == Request::kProfile) {
    std::shared_ptr<const Profile> stored =
        snapshot.profiles->Find(request.profile());
    if (stored == nullptr) {
      return absl::NotFoundError("there is no such profile");
    }
    return stored;
  }
  auto found = std::make_shared<Profile>(request.inline_profile());
  if (request.subject_case() != Request::kInlineProfile) {
    checks.Add("profile", "profile or inline_profile is required");
    return found;
  }
  const auto& catalog = snapshot.jobs->terms->taxonomy->catalog();
  for (profiles::v1::Adult& adult : *found->mutable_adults()) {
    occupations::InferWished(catalog, *adult.mutable_occupations());
  }
  FieldChecks below = checks.In("inline_profile");
  below.AddAll(households::Violations(*found, now));
  below.AddAll(households::ResolvePlaces(gazetteer, found.get()));
  return found;
}

// A request compiled, or every field of it that is wrong.
template <typename Request>
absl::StatusOr<Wish> WishOf(const Request& request, const Snapshot& snapshot,
                            const places::Gazetteer& gazetteer, absl::Time now,
                            FieldChecks checks) {
  auto household = Household(request, snapshot, gazetteer, now, checks);
  if (!household.ok()) return household.status();
  return CompileWish(QuestionOf(request), **household, now, std::move(checks));
}

// The same for packages.
template <typename Request>
absl::StatusOr<PackageWish> PackageWishOf(const Request& request,
                                          const Snapshot& snapshot,
                                          const places::Gazetteer& gazetteer,
                                          absl::Time now, FieldChecks checks) {
  auto household = Household(request, snapshot, gazetteer, now, checks);
  if (!household.ok()) return household.status();
  return CompilePackageWish(PackageQuestionOf(request), **household, now,
                            std::move(checks));
}

// What a stored household said that counts for offers of this kind.
template <typename Request>
void AddFeedback(const Request& request, const Snapshot& snapshot,
                 type::v1::OfferKind kind,
                 google::protobuf::RepeatedPtrField<v1::Feedback>& feedback) {
  if (request.subject_case() != Request::kProfile) return;
  for (v1::Feedback& one : snapshot.profiles->FeedbackOf(request.profile())) {
    if (KindOfName(one.offer()) == kind) *feedback.Add() = std::move(one);
  }
}

// The name of a district or municipality; empty if it is not known.
std::string RegionName(const places::Gazetteer& gazetteer,
                       const std::string& ags) {
  if (const auto* district = gazetteer.FindDistrict(ags)) {
    return district->name;
  }
  const auto* municipality = gazetteer.FindMunicipality(ags);
  return municipality == nullptr ? "" : municipality->name;
}

void AddRevision(const char* store, const std::optional<uint64_t>& revision,
                 v1::GetIndexStatusResponse& response) {
  v1::StoreRevision& added = *response.add_revisions();
  added.set_store(store);
  added.set_revision(revision.value_or(0));
}

template <typename Columns>
void AddKind(type::v1::OfferKind kind, const ShelfView<Columns>& view,
             v1::GetIndexStatusResponse& response) {
  const MemoryUse use = view.Memory();
  v1::IndexedKind& added = *response.add_kinds();
  added.set_kind(kind);
  added.set_offers(use.offers);
  added.set_scoring_bytes(use.scoring_bytes);
  added.set_card_bytes(use.card_bytes);
}

}  // namespace

absl::Status Matcher::RankOffers(const server::Call& call,
                                 const v1::RankOffersRequest& request,
                                 server::AnswerBytes* answer) const {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) return NotReady();
  FieldChecks checks;
  const RankOptions options = RankOptionsOf(request, checks);
  const absl::StatusOr<Wish> wish =
      WishOf(request, snapshot, *gazetteer_(), clock_(), std::move(checks));
  if (!wish.ok()) return wish.status();
  FieldWriter ranking(static_cast<size_t>(options.limit) * kUsualMatchBytes);
  absl::Status ranked = WriteRanking(
      snapshot, *wish, options, [&call] { return call.IsCancelled(); },
      ranking);
  if (!ranked.ok()) return ranked;
  v1::RankOffersResponse end;
  AddFeedback(request, snapshot, request.kind(), *end.mutable_feedback());
  ranking.FieldsOf(end);
  answer->parts.push_back(ranking.Take());
  return absl::OkStatus();
}

absl::Status Matcher::ExplainMatch(const server::Call& /*call*/,
                                   const v1::ExplainMatchRequest& request,
                                   v1::ExplainMatchResponse* response) const {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) return NotReady();
  FieldChecks checks;
  if (KindOfName(request.offer()) == type::v1::OFFER_KIND_UNSPECIFIED) {
    checks.Add("offer",
               "must be networks/{network}/jobs/{job}, …/homes/{home} or "
               "…/contacts/{contact}");
  }
  const absl::StatusOr<Wish> wish =
      WishOf(request, snapshot, *gazetteer_(), clock_(), std::move(checks));
  if (!wish.ok()) return wish.status();
  absl::StatusOr<v1::ExplainMatchResponse> explanation =
      Explain(snapshot, *wish, request.offer());
  if (!explanation.ok()) return explanation.status();
  *response = *std::move(explanation);
  AddFeedback(request, snapshot, KindOfName(request.offer()),
              *response->mutable_feedback());
  return absl::OkStatus();
}

absl::Status Matcher::RankPackages(const server::Call& call,
                                   const v1::RankPackagesRequest& request,
                                   v1::RankPackagesResponse* response) const {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) return NotReady();
  FieldChecks checks;
  const int32_t limit = PackageLimitOf(request.limit(), checks);
  const absl::StatusOr<PackageWish> wish = PackageWishOf(
      request, snapshot, *gazetteer_(), clock_(), std::move(checks));
  if (!wish.ok()) return wish.status();
  absl::StatusOr<v1::RankPackagesResponse> ranking = matching::RankPackages(
      snapshot, *wish, limit, [&call] { return call.IsCancelled(); });
  if (!ranking.ok()) return ranking.status();
  *response = *std::move(ranking);
  return absl::OkStatus();
}

absl::Status Matcher::RankRegions(const server::Call& call,
                                  const v1::RankRegionsRequest& request,
                                  v1::RankRegionsResponse* response) const {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) return NotReady();
  FieldChecks checks;
  const int32_t limit = PackageLimitOf(request.limit(), checks);
  checks.Expect(v1::RegionLevel_IsValid(request.level()), "level",
                "must be a district or a municipality");
  const absl::StatusOr<PackageWish> wish = PackageWishOf(
      request, snapshot, *gazetteer_(), clock_(), std::move(checks));
  if (!wish.ok()) return wish.status();
  absl::StatusOr<v1::RankRegionsResponse> ranking =
      matching::RankRegions(snapshot, *wish, request.level(), limit,
                            [&call] { return call.IsCancelled(); });
  if (!ranking.ok()) return ranking.status();
  const std::shared_ptr<const places::Gazetteer> gazetteer = gazetteer_();
  for (v1::RankedRegion& region : *ranking->mutable_regions()) {
    region.set_display_name(RegionName(*gazetteer, region.ags()));
  }
  *response = *std::move(ranking);
  return absl::OkStatus();
}

absl::Status Matcher::RankReturnees(const server::Call& call,
                                    const v1::RankReturneesRequest& request,
                                    v1::RankReturneesResponse* response) const {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) return NotReady();
  FieldChecks checks;
  const ReturneesQuestion question =
      ReturneesQuestionOf(request, clock_(), checks);
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  absl::StatusOr<v1::RankReturneesResponse> ranking = matching::RankReturnees(
      snapshot, question, [&call] { return call.IsCancelled(); });
  if (!ranking.ok()) return ranking.status();
  *response = *std::move(ranking);
  return absl::OkStatus();
}

absl::Status Matcher::GetIndexStatus(
    v1::GetIndexStatusResponse* response) const {
  const Snapshot snapshot = index_.snapshot();
  AddRevision("jobs", snapshot.jobs->revision, *response);
  AddRevision("homes", snapshot.homes->revision, *response);
  AddRevision("contacts", snapshot.contacts->revision, *response);
  AddRevision("profiles", snapshot.profiles->revision, *response);
  AddKind(type::v1::OFFER_KIND_JOB, *snapshot.jobs, *response);
  AddKind(type::v1::OFFER_KIND_HOME, *snapshot.homes, *response);
  AddKind(type::v1::OFFER_KIND_CONTACT, *snapshot.contacts, *response);
  response->set_profiles(snapshot.profiles->size());
  response->set_ready(snapshot.ready());
  return absl::OkStatus();
}

}  // namespace heimweg::matching
