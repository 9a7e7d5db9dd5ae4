// heimweg profile create|put|get|list|update|erase|export|grant-consent|
// revoke-consent.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/filter_flags.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/profile_export.h"
#include "clients/cli/profile_options.h"
#include "clients/cli/program.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using profiles::v1::Profile;
using profiles::v1::ProfileService;
using Stub = ProfileService::Stub;

// Makes one call of the profile service.
template <typename Method, typename Request, typename Response>
absl::Status Call(Session& session, Method method, const Request& request,
                  Response& response) {
  const auto stub = ProfileService::NewStub(session.Channel(Area::kProfiles));
  return session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
    return (stub.get()->*method)(&context, request, &response);
  });
}

template <typename Response, typename Method, typename Request>
absl::StatusOr<ExitCode> CallAndPrint(Session& session, Method method,
                                      const Request& request) {
  Response response;
  const absl::Status status = Call(session, method, request, response);
  if (!status.ok()) return status;
  PrintMessage(response, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Create(const ProfileOptions& options,
                                Session& session) {
  profiles::v1::CreateProfileRequest request;
  const absl::Status status =
      ReadJson(options.file, session.console().in, *request.mutable_profile());
  if (!status.ok()) return status;
  request.set_profile_id(
      LastId(options.name.empty() ? request.profile().name() : options.name));
  request.set_request_id(options.RequestId(session));
  return CallAndPrint<Profile>(session, &Stub::CreateProfile, request);
}

absl::StatusOr<profiles::v1::UpdateProfileRequest> ReadUpdate(
    const ProfileOptions& options, Session& session) {
  profiles::v1::UpdateProfileRequest request;
  const absl::Status status =
      ReadJson(options.file, session.console().in, *request.mutable_profile());
  if (!status.ok()) return status;
  const auto name = ProfileName(options.name.empty() ? request.profile().name()
                                                     : options.name);
  if (!name.ok()) return name.status();
  request.mutable_profile()->set_name(*name);
  request.set_request_id(options.RequestId(session));
  return request;
}

absl::StatusOr<ExitCode> Update(const ProfileOptions& options,
                                Session& session) {
  auto request = ReadUpdate(options, session);
  if (!request.ok()) return request.status();
  for (const std::string& path : MaskPaths(options.mask)) {
    request->mutable_update_mask()->add_paths(path);
  }
  return CallAndPrint<Profile>(session, &Stub::UpdateProfile, *request);
}

// Replaces the profile, or creates it if there is none yet.
absl::StatusOr<ExitCode> Put(const ProfileOptions& options, Session& session) {
  auto update = ReadUpdate(options, session);
  if (!update.ok()) return update.status();
  update->mutable_update_mask()->add_paths("*");
  Profile stored;
  absl::Status status = Call(session, &Stub::UpdateProfile, *update, stored);
  const bool is_new = status.code() == absl::StatusCode::kNotFound;
  if (is_new) {
    profiles::v1::CreateProfileRequest create;
    create.set_profile_id(LastId(update->profile().name()));
    *create.mutable_profile() = update->profile();
    create.set_request_id(session.console().new_request_id());
    status = Call(session, &Stub::CreateProfile, create, stored);
  }
  if (!status.ok()) return status;
  if (session.json()) {
    PrintMessage(stored, session);
  } else {
    session.console().out << (is_new ? "Created " : "Replaced ")
                          << stored.name() << "\n";
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Get(const ProfileOptions& options, Session& session) {
  const auto name = ProfileName(options.name);
  if (!name.ok()) return name.status();
  profiles::v1::GetProfileRequest request;
  request.set_name(*name);
  request.set_view(options.view());
  return CallAndPrint<Profile>(session, &Stub::GetProfile, request);
}

absl::StatusOr<ExitCode> Erase(const ProfileOptions& options,
                               Session& session) {
  const auto name = ProfileName(options.name);
  if (!name.ok()) return name.status();
  if (!options.yes) {
    session.console().err << "heimweg: " << *name
                          << " and everything that is held about it "
                          << "would be erased for good; --yes does it\n";
    return ExitCode::kUsage;
  }
  profiles::v1::EraseProfileRequest request;
  request.set_name(*name);
  request.set_request_id(options.RequestId(session));
  return CallAndPrint<profiles::v1::ErasureReceipt>(
      session, &Stub::EraseProfile, request);
}

absl::StatusOr<ExitCode> Export(const ProfileOptions& options,
                                Session& session) {
  const auto name = ProfileName(options.name);
  if (!name.ok()) return name.status();
  const auto exported = ExportedProfile(*name, session);
  if (!exported.ok()) return exported.status();
  session.console().out << *exported << "\n";
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> GrantConsent(const ProfileOptions& options,
                                      Session& session) {
  const auto name = ProfileName(options.name);
  if (!name.ok()) return name.status();
  const auto network = NetworkName(options.network);
  if (!network.ok()) return network.status();
  profiles::v1::GrantConsentRequest request;
  request.set_name(*name);
  request.set_request_id(options.RequestId(session));
  auto& consent = *request.mutable_consent();
  consent.set_network(*network);
  consent.set_text_version(options.text_version);
  consent.set_purpose(static_cast<profiles::v1::ConsentPurpose>(
      FindByShortName(*profiles::v1::ConsentPurpose_descriptor(),
                      options.purpose)
          ->number()));
  if (options.expires != absl::InfiniteFuture()) {
    consent.mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(options.expires));
  }
  return CallAndPrint<Profile>(session, &Stub::GrantConsent, request);
}

absl::StatusOr<ExitCode> RevokeConsent(const ProfileOptions& options,
                                       Session& session) {
  const auto name = ProfileName(options.name);
  if (!name.ok()) return name.status();
  profiles::v1::RevokeConsentRequest request;
  request.set_name(*name);
  request.set_consent_id(options.consent);
  request.set_request_id(options.RequestId(session));
  return CallAndPrint<Profile>(session, &Stub::RevokeConsent, request);
}

std::string Anchors(const Profile& profile) {
  std::string anchors;
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    const auto& place = anchor.place();
    const std::string& municipality = place.resolved().municipality().empty()
                                          ? place.municipality()
                                          : place.resolved().municipality();
    absl::StrAppend(&anchors, anchors.empty() ? "" : ", ",
                    municipality.empty() ? place.postal_code() : municipality);
  }
  return anchors;
}

void PrintPage(const profiles::v1::ListProfilesResponse& page,
               Session& session) {
  const Language language = session.language();
  Table table;
  table.AddColumn("Name");
  table.AddColumn(In(language, "Adults", "Erwachsene"), Table::Align::kRight);
  table.AddColumn(In(language, "Children", "Kinder"), Table::Align::kRight);
  table.AddColumn(In(language, "Consents", "Einwilligungen"),
                  Table::Align::kRight);
  table.AddColumn(In(language, "Anchors", "Anker"), Table::Align::kLeft, true);
  for (const Profile& profile : page.profiles()) {
    if (session.json()) PrintMessage(profile, session);
    table.AddRow({profile.name(), absl::StrCat(profile.adults_size()),
                  absl::StrCat(profile.children_size()),
                  absl::StrCat(profile.consents_size()), Anchors(profile)});
  }
  if (!session.json() && !table.empty()) PrintTable(table, session);
}

absl::StatusOr<ExitCode> List(const ProfileOptions& options, Session& session) {
  profiles::v1::ListProfilesRequest request;
  request.set_page_size(options.page_size);
  request.set_page_token(options.page_token);
  request.set_view(options.view());
  if (!options.network.empty()) {
    const auto network = NetworkName(options.network);
    if (!network.ok()) return network.status();
    request.set_consented_network(*network);
  }
  do {
    profiles::v1::ListProfilesResponse page;
    const absl::Status status =
        Call(session, &Stub::ListProfiles, request, page);
    if (!status.ok()) return status;
    PrintPage(page, session);
    request.set_page_token(page.next_page_token());
  } while (options.all && !request.page_token().empty() &&
           session.console().out);
  if (!request.page_token().empty()) {
    session.console().err << "There are more: --all, or --page-token "
                          << request.page_token() << "\n";
  }
  return ExitCode::kOk;
}

}  // namespace

void AddProfileCommands(CLI::App& root, Program& program) {
  AddProfileVerbs(root, program,
                  {.create = Create,
                   .put = Put,
                   .get = Get,
                   .list = List,
                   .update = Update,
                   .erase = Erase,
                   .export_all = Export,
                   .grant_consent = GrantConsent,
                   .revoke_consent = RevokeConsent});
}

}  // namespace heimweg::cli
