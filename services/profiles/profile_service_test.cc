// Every method of ProfileService over a real connection. What they do in
// detail is tested with ProfileBook.
#include "services/profiles/profile_service.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/profiles/testing/profile_world.h"
#include "services/server/errors.h"
#include "services/server/status.h"
#include "services/server/testing/test_server.h"

namespace heimweg::profiles {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ProfileServiceTest : public ::testing::Test {
 protected:
  ProfileServiceTest() {
    server_.Start({{"heimweg.profiles.v1.ProfileService", &service_}});
    stub_ = v1::ProfileService::NewStub(server_.channel());
  }
  ~ProfileServiceTest() override {
    stub_.reset();
    server_.Stop();
  }

  static std::unique_ptr<grpc::ClientContext> Context() {
    auto context = std::make_unique<grpc::ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(30));
    return context;
  }

  void Create(const std::string& id) {
    v1::CreateProfileRequest request;
    request.set_profile_id(id);
    *request.mutable_profile() = Parse<v1::Profile>(
        "adults { id: 'a' } personal { display_name: 'MARKER' }");
    v1::Profile profile;
    const grpc::Status status =
        stub_->CreateProfile(Context().get(), request, &profile);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(profile.name(), "profiles/" + id);
  }

  grpc::Status Get(const std::string& name, v1::ProfileView view,
                   v1::Profile* profile) {
    v1::GetProfileRequest request;
    request.set_name(name);
    request.set_view(view);
    return stub_->GetProfile(Context().get(), request, profile);
  }

  ProfileWorld world_;
  server::testing::TestServer server_;
  ProfileService service_{server_.edge(), world_.book()};
  std::unique_ptr<v1::ProfileService::Stub> stub_;
};

TEST_F(ProfileServiceTest, CreatesGetsListsAndChanges) {
  Create("p1");

  v1::UpdateProfileRequest update;
  update.mutable_profile()->set_name("profiles/p1");
  update.mutable_profile()->add_pets(v1::PET_CAT);
  v1::Profile profile;
  ASSERT_TRUE(stub_->UpdateProfile(Context().get(), update, &profile).ok());
  EXPECT_THAT(profile.pets(), ElementsAre(v1::PET_CAT));

  v1::Profile full;
  ASSERT_TRUE(Get("profiles/p1", v1::PROFILE_VIEW_FULL, &full).ok());
  EXPECT_EQ(full.personal().display_name(), "MARKER");
  EXPECT_EQ(full.etag(), profile.etag());

  v1::ListProfilesResponse page;
  ASSERT_TRUE(
      stub_->ListProfiles(Context().get(), v1::ListProfilesRequest(), &page)
          .ok());
  EXPECT_THAT(page.profiles(), SizeIs(1));
}

TEST_F(ProfileServiceTest, GrantsAndRevokesConsents) {
  Create("p1");
  auto grant = Parse<v1::GrantConsentRequest>(
      "name: 'profiles/p1' consent { purpose: CONSENT_PURPOSE_MATCHING"
      " network: 'networks/a' }");
  v1::Profile profile;
  ASSERT_TRUE(stub_->GrantConsent(Context().get(), grant, &profile).ok());
  ASSERT_THAT(profile.consents(), SizeIs(1));

  v1::RevokeConsentRequest revoke;
  revoke.set_name("profiles/p1");
  revoke.set_consent_id(profile.consents(0).id());
  v1::Profile revoked;
  ASSERT_TRUE(stub_->RevokeConsent(Context().get(), revoke, &revoked).ok());
  EXPECT_THAT(revoked.consents(), SizeIs(0));
}

TEST_F(ProfileServiceTest, ExportsAndErases) {
  Create("p1");
  v1::ExportProfileRequest request;
  request.set_name("profiles/p1");
  v1::ExportProfileResponse exported;
  ASSERT_TRUE(stub_->ExportProfile(Context().get(), request, &exported).ok());
  EXPECT_EQ(exported.profile().personal().display_name(), "MARKER");

  v1::EraseProfileRequest erase;
  erase.set_name("profiles/p1");
  v1::ErasureReceipt receipt;
  ASSERT_TRUE(stub_->EraseProfile(Context().get(), erase, &receipt).ok());
  EXPECT_EQ(receipt.erased_records().at("personal_part"), 1);
  v1::Profile gone;
  EXPECT_EQ(Get("profiles/p1", v1::PROFILE_VIEW_CORE, &gone).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(ProfileServiceTest, WatchesTheSnapshotAndWhatFollows) {
  Create("p1");
  const auto context = Context();
  const auto stream =
      stub_->WatchProfiles(context.get(), v1::WatchProfilesRequest());
  v1::WatchProfilesResponse snapshot;
  ASSERT_TRUE(stream->Read(&snapshot));
  ASSERT_THAT(snapshot.changes(), SizeIs(1));
  EXPECT_TRUE(snapshot.complete());
  EXPECT_THAT(snapshot.SerializeAsString(), Not(HasSubstr("MARKER")));

  Create("p2");
  v1::WatchProfilesResponse change;
  ASSERT_TRUE(stream->Read(&change));
  ASSERT_THAT(change.changes(), SizeIs(1));
  EXPECT_EQ(change.changes(0).profile().name(), "profiles/p2");
  context->TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ProfileServiceTest, SendsEveryWrongFieldToTheClient) {
  v1::CreateProfileRequest request;
  *request.mutable_profile() =
      Parse<v1::Profile>("adults { id: 'A' } weights { price: 11 }");
  v1::Profile profile;
  const absl::Status refused = server::FromGrpc(
      stub_->CreateProfile(Context().get(), request, &profile));
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(
      server::ViolationsOf(refused),
      ElementsAre(Field(&server::Violation::field, "profile.adults[0].id"),
                  Field(&server::Violation::field, "profile.weights.price")));
}

TEST_F(ProfileServiceTest, RefusesAWatchWithAForeignToken) {
  const auto context = Context();
  v1::WatchProfilesRequest request;
  request.set_resume_token("x");
  const auto stream = stub_->WatchProfiles(context.get(), request);
  v1::WatchProfilesResponse message;
  EXPECT_FALSE(stream->Read(&message));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(ProfileServiceTest, LogsNothingOfWhoThePeopleAre) {
  Create("p1");
  v1::Profile profile;
  ASSERT_TRUE(Get("profiles/p1", v1::PROFILE_VIEW_FULL, &profile).ok());
  stub_.reset();
  const auto lines = server_.StopAndReadLog();
  EXPECT_THAT(lines, Not(SizeIs(0)));
  for (const std::string& line : lines) {
    EXPECT_THAT(line, Not(HasSubstr("MARKER")));
  }
}

}  // namespace
}  // namespace heimweg::profiles
