#include "tests/integration/sample_world.h"

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "heimweg/contacts/v1/contact_service.grpc.pb.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/places/sample_places.h"

namespace heimweg::testing {
namespace {

constexpr uint64_t kSeed = 7;
constexpr int kBatch = 200;
constexpr char kNetwork[] = "networks/generated";
constexpr std::chrono::seconds kCallLimit(60);
constexpr int64_t kEvaluationSeconds = 1'796'000'000;  // 2026-11-30

void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + kCallLimit);
}

// Streams `count` rows made by `add(i, request)` through an open import.
// Returns the last revision.
template <typename Stream, typename Request, typename Response, typename Add>
uint64_t ImportRows(Stream& stream, int count, Add add, Request request,
                    Response response) {
  uint64_t revision = 0;
  for (int from = 0; from < count; from += kBatch) {
    request.Clear();
    request.set_parent(kNetwork);
    for (int i = from; i < std::min(count, from + kBatch); ++i) {
      add(i, request);
    }
    EXPECT_TRUE(stream.Write(request));
    EXPECT_TRUE(stream.Read(&response));
    for (const auto& result : response.results()) {
      EXPECT_EQ(result.outcome(), type::v1::ImportRowResult::OUTCOME_CREATED)
          << result.ShortDebugString();
    }
    revision = response.revision();
  }
  stream.WritesDone();
  EXPECT_TRUE(stream.Finish().ok());
  return revision;
}

uint64_t ImportJobs(const Channels& channels, const generator::Generator& from,
                    int count) {
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stub = jobs::v1::JobService::NewStub(channels.jobs);
  const auto stream = stub->ImportJobs(&context);
  return ImportRows(
      *stream, count,
      [&](int i, auto& request) { *request.add_jobs() = from.MakeJob(i); },
      jobs::v1::ImportJobsRequest(), jobs::v1::ImportJobsResponse());
}

uint64_t ImportHomes(const Channels& channels, const generator::Generator& from,
                     int count) {
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stub = housing::v1::HomeService::NewStub(channels.housing);
  const auto stream = stub->ImportHomes(&context);
  return ImportRows(
      *stream, count,
      [&](int i, auto& request) { *request.add_homes() = from.MakeHome(i); },
      housing::v1::ImportHomesRequest(), housing::v1::ImportHomesResponse());
}

uint64_t ImportContacts(const Channels& channels,
                        const generator::Generator& from, int count) {
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stub = contacts::v1::ContactService::NewStub(channels.contacts);
  const auto stream = stub->ImportContacts(&context);
  return ImportRows(
      *stream, count,
      [&](int i, auto& request) {
        *request.add_contacts() = from.MakeContact(i);
      },
      contacts::v1::ImportContactsRequest(),
      contacts::v1::ImportContactsResponse());
}

std::string ProfileId(const profiles::v1::Profile& profile) {
  return profile.name().substr(profile.name().find('/') + 1);
}

void CreateProfiles(const Channels& channels, const generator::Generator& from,
                    int count) {
  const auto stub = profiles::v1::ProfileService::NewStub(channels.profiles);
  for (int i = 0; i < count; ++i) {
    profiles::v1::CreateProfileRequest request;
    *request.mutable_profile() = from.MakeProfile(i);
    request.set_profile_id(ProfileId(request.profile()));
    grpc::ClientContext context;
    SetDeadline(context);
    profiles::v1::Profile created;
    const grpc::Status status =
        stub->CreateProfile(&context, request, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
}

bool HasReached(const matching::v1::GetIndexStatusResponse& status,
                const Revisions& revisions, int profiles) {
  const auto reached = [&status](const char* store, uint64_t revision) {
    return std::any_of(status.revisions().begin(), status.revisions().end(),
                       [&](const matching::v1::StoreRevision& one) {
                         return one.store() == store &&
                                one.revision() >= revision;
                       });
  };
  return status.ready() && status.profiles() >= profiles &&
         reached("jobs", revisions.jobs) && reached("homes", revisions.homes) &&
         reached("contacts", revisions.contacts);
}

}  // namespace

Channels AllAt(const std::shared_ptr<grpc::Channel>& channel) {
  return {channel, channel, channel, channel, channel};
}

SampleWorld::SampleWorld() {
  const auto gazetteer = places::Gazetteer::Make(places::SampleTables());
  EXPECT_TRUE(gazetteer.ok() && gazetteer->Write(gazetteer_file()).ok());
  generator_ = std::make_unique<generator::Generator>(&*gazetteer, kSeed);
}

std::string SampleWorld::gazetteer_file() const {
  return folder_.path() + "/gazetteer.tsv";
}

std::vector<std::string> SampleWorld::Flags(const std::string& data) const {
  return {"--gazetteer=" + gazetteer_file(),
          "--data=" + folder_.path() + "/" + data};
}

Revisions SampleWorld::Fill(const Channels& channels, int offers,
                            int profiles) const {
  const generator::OfferCounts counts = generator::SplitOffers(offers);
  Revisions revisions;
  revisions.jobs =
      ImportJobs(channels, *generator_, static_cast<int>(counts.jobs));
  revisions.homes =
      ImportHomes(channels, *generator_, static_cast<int>(counts.homes));
  revisions.contacts =
      ImportContacts(channels, *generator_, static_cast<int>(counts.contacts));
  CreateProfiles(channels, *generator_, profiles);
  return revisions;
}

void SampleWorld::WaitUntilIndexed(
    const std::shared_ptr<grpc::Channel>& matching, const Revisions& revisions,
    int profiles) {
  const auto stub = matching::v1::MatchingService::NewStub(matching);
  const auto give_up = std::chrono::steady_clock::now() + kCallLimit;
  matching::v1::GetIndexStatusResponse status;
  do {
    ASSERT_LT(std::chrono::steady_clock::now(), give_up)
        << status.ShortDebugString();
    grpc::ClientContext context;
    SetDeadline(context);
    context.set_wait_for_ready(true);
    status.Clear();
    if (!stub->GetIndexStatus(&context, {}, &status).ok()) continue;
  } while (!HasReached(status, revisions, profiles));
}

namespace {

std::string PackageBytes(const std::string& profile,
                         matching::v1::MatchingService::Stub& stub) {
  matching::v1::RankPackagesRequest request;
  request.set_profile(profile);
  request.mutable_evaluation_time()->set_seconds(kEvaluationSeconds);
  grpc::ClientContext context;
  SetDeadline(context);
  matching::v1::RankPackagesResponse response;
  const grpc::Status status = stub.RankPackages(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.revisions_size(), 4);
  return response.SerializeAsString();
}

}  // namespace

std::vector<std::string> RankingBytes(
    const SampleWorld& world, const std::shared_ptr<grpc::Channel>& matching,
    int profiles) {
  const auto stub = matching::v1::MatchingService::NewStub(matching);
  std::vector<std::string> bytes;
  for (int i = 0; i < profiles; ++i) {
    for (const auto kind : {type::v1::OFFER_KIND_JOB, type::v1::OFFER_KIND_HOME,
                            type::v1::OFFER_KIND_CONTACT}) {
      matching::v1::RankOffersRequest request;
      request.set_profile(world.generator().MakeProfile(i).name());
      request.set_kind(kind);
      request.set_view(matching::v1::MATCH_VIEW_FULL);
      request.set_include_facets(true);
      request.set_include_exclusions(true);
      request.set_include_relaxations(true);
      request.mutable_evaluation_time()->set_seconds(kEvaluationSeconds);
      grpc::ClientContext context;
      SetDeadline(context);
      matching::v1::RankOffersResponse response;
      const grpc::Status status =
          stub->RankOffers(&context, request, &response);
      EXPECT_TRUE(status.ok() ||
                  status.error_code() == grpc::StatusCode::FAILED_PRECONDITION)
          << status.error_message();
      bytes.push_back(response.SerializeAsString());
    }
    bytes.push_back(
        PackageBytes(world.generator().MakeProfile(i).name(), *stub));
  }
  return bytes;
}

}  // namespace heimweg::testing
