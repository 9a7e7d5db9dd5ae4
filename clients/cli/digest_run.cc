#include "clients/cli/digest_run.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using digest::Delivery;
using digest::LinkAction;
using matching::v1::Match;
using profiles::v1::Profile;
using profiles::v1::ProfileService;

constexpr int kPage = 200;
constexpr absl::Duration kProgressEvery = absl::Seconds(1);

Language LanguageOf(const Profile& profile, Language otherwise) {
  const std::string& code = profile.personal().language_code();
  return code.empty() ? otherwise : LanguageOfLocale(code);
}

}  // namespace

bool HasConsent(const Profile& profile, profiles::v1::ConsentPurpose purpose,
                const std::string& network, absl::Time now) {
  return std::any_of(
      profile.consents().begin(), profile.consents().end(),
      [&](const profiles::v1::Consent& consent) {
        return consent.purpose() == purpose &&
               (consent.network() == network ||
                consent.network() == "networks/-") &&
               (!consent.has_expire_time() ||
                consent.expire_time().seconds() > absl::ToUnixSeconds(now));
      });
}

DigestRun::DigestRun(const DigestOptions& options, std::string network,
                     absl::Time now, Session& session, const DigestNews& news,
                     DigestDelivery& delivery)
    : options_(options),
      network_(std::move(network)),
      now_(now),
      session_(session),
      news_(news),
      delivery_(delivery),
      next_progress_(session.console().now() + kProgressEvery) {}

absl::Status DigestRun::ForEachProfile(Visit visit) {
  const auto stub = ProfileService::NewStub(session_.Channel(Area::kProfiles));
  profiles::v1::ListProfilesRequest request;
  request.set_page_size(kPage);
  do {
    profiles::v1::ListProfilesResponse page;
    absl::Status status =
        session_.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
          return stub->ListProfiles(&context, request, &page);
        });
    if (!status.ok()) return status;
    for (const Profile& profile : page.profiles()) {
      ++counts_.looked_at;
      status = visit(profile);
      if (!status.ok()) return status;
      ShowProgress();
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status DigestRun::TellReturnees() {
  Names living;
  absl::Status status = ForEachProfile([&](const Profile& profile) {
    living.insert(profile.name());
    return TellHousehold(profile);
  });
  if (!status.ok()) return status;
  return delivery_.ForgetAllBut(living);
}

absl::StatusOr<bool> DigestRun::MayBeTold(const Profile& core) {
  if (!HasConsent(core, profiles::v1::CONSENT_PURPOSE_DIGEST, network_, now_)) {
    ++counts_.without_consent;
    return false;
  }
  if (!core.notifications().enabled()) {
    ++counts_.not_wanted;
    return false;
  }
  const absl::StatusOr<bool> enough = delivery_.ToldEnough(core.name(), now_);
  if (!enough.ok()) return enough.status();
  counts_.told_enough += *enough ? 1 : 0;
  return !*enough;
}

absl::Status DigestRun::TellHousehold(const Profile& core) {
  const absl::StatusOr<bool> may = MayBeTold(core);
  if (!may.ok() || !*may) return may.status();
  const absl::StatusOr<Names> known = delivery_.Known(core.name());
  if (!known.ok()) return known.status();
  const absl::StatusOr<std::vector<NewMatches>> found = news_.Find(
      core, DigestReader::kReturnee, known->size(),
      [&](const std::string& offer) { return known->contains(offer); });
  if (absl::IsNotFound(found.status())) {  // erased meanwhile
    ++counts_.without_consent;
    return absl::OkStatus();
  }
  if (!found.ok()) return found.status();
  if (found->empty()) {
    ++counts_.nothing_new;
    return absl::OkStatus();
  }
  // The personal part is read for those alone who get a mail.
  const auto addressee = Addressee(core.name());
  if (!addressee.ok()) return addressee.status();
  if (!addressee->has_value()) {
    ++counts_.without_consent;
    return absl::OkStatus();
  }
  return Write(**addressee, *found);
}

absl::Status DigestRun::Write(const Profile& addressee,
                              const std::vector<NewMatches>& found) {
  digest::Digest digest;
  digest.language = LanguageOf(addressee, session_.language());
  digest.recipient_name = addressee.personal().display_name();
  digest.sender_name = options_.sender;
  digest.sections =
      news_.InWords(found, addressee.name(), digest.language, true);
  digest.unsubscribe_url =
      news_.Link("unsubscribe",
                 {LinkAction::Verb::kUnsubscribe, addressee.name(), network_});
  std::vector<std::string> offers;
  for (const NewMatches& part : found) {
    for (const Match& match : part.matches) offers.push_back(match.offer());
  }
  return Count(delivery_.Deliver(addressee.name(), addressee.personal().email(),
                                 digest, offers, now_));
}

absl::Status DigestRun::Count(const absl::StatusOr<Delivery>& delivery) {
  if (absl::IsInvalidArgument(delivery.status())) {
    ++counts_.without_address;
    return absl::OkStatus();
  }
  if (!delivery.ok()) return delivery.status();
  switch (*delivery) {
    case Delivery::kTaken:
      ++counts_.told;
      break;
    case Delivery::kRefused:
      ++counts_.refused;
      break;
    case Delivery::kDeferred:
      ++counts_.deferred;
      break;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Profile>> DigestRun::Addressee(
    const std::string& name) {
  profiles::v1::GetProfileRequest request;
  request.set_name(name);
  request.set_view(profiles::v1::PROFILE_VIEW_FULL);
  const auto stub = ProfileService::NewStub(session_.Channel(Area::kProfiles));
  Profile profile;
  const absl::Status status =
      session_.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
        return stub->GetProfile(&context, request, &profile);
      });
  if (absl::IsNotFound(status)) return std::nullopt;
  if (!status.ok()) return status;
  if (!HasConsent(profile, profiles::v1::CONSENT_PURPOSE_DIGEST, network_,
                  now_) ||
      !profile.notifications().enabled()) {
    return std::nullopt;
  }
  return profile;
}

absl::Status DigestRun::TellCounsellors() {
  const absl::StatusOr<bool> enough = delivery_.ToldEnough(network_, now_);
  if (!enough.ok()) return enough.status();
  if (*enough) {
    ++counts_.told_enough;
    return absl::OkStatus();
  }
  const absl::StatusOr<Names> known = delivery_.Known(network_);
  if (!known.ok()) return known.status();
  digest::Digest digest;
  digest.language = session_.language();
  digest.sender_name = options_.sender;
  std::vector<std::string> keys;
  absl::Status status = ForEachProfile([&](const Profile& profile) {
    return AddToMail(profile, *known, digest, keys);
  });
  if (!status.ok() || keys.empty()) return status;
  const absl::StatusOr<Delivery> delivery =
      delivery_.Deliver(network_, options_.to, digest, keys, now_);
  if (!delivery.ok()) return delivery.status();
  if (*delivery != Delivery::kTaken) {
    ++(*delivery == Delivery::kRefused ? counts_.refused : counts_.deferred);
    counts_.told = 0;
  }
  return absl::OkStatus();
}

absl::Status DigestRun::AddToMail(const Profile& profile, const Names& known,
                                  digest::Digest& digest,
                                  std::vector<std::string>& keys) {
  if (!HasConsent(profile, profiles::v1::CONSENT_PURPOSE_MATCHING, network_,
                  now_)) {
    ++counts_.without_consent;
    return absl::OkStatus();
  }
  const auto key = [&](const std::string& offer) {
    return absl::StrCat(profile.name(), " ", offer);
  };
  const absl::StatusOr<std::vector<NewMatches>> found = news_.Find(
      profile, DigestReader::kCounsellor, known.size(),
      [&](const std::string& offer) { return known.contains(key(offer)); });
  if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
  if (!found.ok() || found->empty()) {
    ++counts_.nothing_new;
    return absl::OkStatus();
  }
  ++counts_.told;
  for (digest::DigestSection& section :
       news_.InWords(*found, profile.name(), digest.language, false)) {
    section.heading = absl::StrCat(profile.name(), ": ", section.heading);
    digest.sections.push_back(std::move(section));
  }
  for (const NewMatches& part : *found) {
    for (const Match& match : part.matches) keys.push_back(key(match.offer()));
  }
  return absl::OkStatus();
}

void DigestRun::ShowProgress() {
  const Console& console = session_.console();
  if (!options_.progress && !console.err_is_terminal) return;
  if (console.now() < next_progress_) return;
  next_progress_ = console.now() + kProgressEvery;
  console.err << counts_.looked_at << " households, " << counts_.told << " told"
              << std::endl;
}

}  // namespace heimweg::cli
