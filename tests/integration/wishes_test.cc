// Standing wishes over real servers: what fits is pushed, and across kill -9
// nothing is lost and what is pushed again is recognised.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"

namespace heimweg::testing {
namespace {

using jobs::v1::JobService;
using matching::v1::MatchService;
using matching::v1::StoredMatch;
using matching::v1::WatchMatchesRequest;
using matching::v1::WatchMatchesResponse;
using profiles::v1::ProfileService;
using ::testing::SizeIs;

constexpr int kKills = 8;
constexpr int kJobsBetweenKills = 6;

void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(20));
}

template <typename Method, typename Request, typename Response>
grpc::Status Call(const Method& method, const Request& request,
                  Response* response) {
  grpc::ClientContext context;
  SetDeadline(context);
  return method(&context, request, response);
}

// A nurse without a place who consented to all networks.
void CreateProfile(const Heimwegd& process, const std::string& id) {
  const auto stub = ProfileService::NewStub(process.Channel());
  profiles::v1::CreateProfileRequest create;
  create.set_profile_id(id);
  auto& adult = *create.mutable_profile()->add_adults();
  adult.set_id("a");
  adult.set_seeks_job(true);
  adult.add_occupations()->set_kldb_code("81302");
  auto& settings = *create.mutable_profile()->mutable_notifications();
  settings.set_enabled(true);
  settings.set_threshold_millionths(500'000);
  settings.set_daily_budget(100);
  profiles::v1::Profile profile;
  const auto created = Call(
      [&](auto* context, const auto& request, auto* response) {
        return stub->CreateProfile(context, request, response);
      },
      create, &profile);
  ASSERT_TRUE(created.ok()) << created.error_message();
  profiles::v1::GrantConsentRequest grant;
  grant.set_name(profile.name());
  grant.mutable_consent()->set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
  grant.mutable_consent()->set_network("networks/-");
  const auto granted = Call(
      [&](auto* context, const auto& request, auto* response) {
        return stub->GrantConsent(context, request, response);
      },
      grant, &profile);
  ASSERT_TRUE(granted.ok()) << granted.error_message();
}

// The name of the job, or nothing if it was not acknowledged.
std::string CreateJob(const Heimwegd& process, const SampleWorld& world,
                      int number) {
  const auto stub = JobService::NewStub(process.Channel());
  jobs::v1::CreateJobRequest create;
  create.set_parent("networks/n");
  create.set_job_id(absl::StrCat("j", number));
  jobs::v1::Job& job = *create.mutable_job();
  job.set_title(absl::StrCat("Pflegefachkraft ", number, " von ", number));
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  *job.mutable_place() = world.generator().MakeJob(number).place();
  job.mutable_employer()->set_display_name(absl::StrCat("Haus ", number));
  job.add_occupations()->set_kldb_code("81302");
  jobs::v1::Job created;
  const auto status = Call(
      [&](auto* context, const auto& request, auto* response) {
        return stub->CreateJob(context, request, response);
      },
      create, &created);
  return status.ok() ? created.name() : "";
}

// What a receiver of one watch has: it drops what it has already.
struct Receiver {
  std::string token;
  std::map<std::string, StoredMatch> matches;  // by name
  int repeated = 0;

  // Follows the watch until `enough`; false if the stream broke before.
  bool Follow(const Heimwegd& process, const std::string& parent,
              const std::function<bool()>& enough) {
    const auto stub = MatchService::NewStub(process.Channel());
    grpc::ClientContext context;
    SetDeadline(context);
    WatchMatchesRequest request;
    request.set_parent(parent);
    request.set_resume_token(token);
    const auto stream = stub->WatchMatches(&context, request);
    WatchMatchesResponse response;
    bool done = enough();
    while (!done && stream->Read(&response)) {
      for (const auto& change : response.changes()) Take(change.match());
      token = response.resume_token();
      done = enough();
    }
    context.TryCancel();
    stream->Finish();
    return done;
  }

  void Take(const StoredMatch& match) {
    const auto known = matches.find(match.name());
    if (known != matches.end() &&
        known->second.revision() == match.revision()) {
      // The same name with the same revision is the same message.
      EXPECT_EQ(known->second.SerializeAsString(), match.SerializeAsString());
      ++repeated;
      return;
    }
    matches[match.name()] = match;
  }

  std::set<std::string> Offers() const {
    std::set<std::string> offers;
    for (const auto& [name, match] : matches) {
      EXPECT_TRUE(offers.insert(match.match().offer()).second);
    }
    return offers;
  }
  bool HasAll(const std::set<std::string>& offers) const {
    const std::set<std::string> mine = Offers();
    return std::includes(mine.begin(), mine.end(), offers.begin(),
                         offers.end());
  }
};

std::vector<std::string> AllTargets(const SampleWorld& world) {
  std::vector<std::string> flags = world.Flags("stores");
  flags.emplace_back("--target=all");
  return flags;
}

TEST(Wishes, WhatFitsIsPushedAndActedOn) {
  const SampleWorld world;
  Heimwegd process(AllTargets(world));
  CreateProfile(process, "p");
  const std::string job = CreateJob(process, world, 1);
  ASSERT_FALSE(job.empty());
  Receiver one;
  ASSERT_TRUE(one.Follow(process, "profiles/p",
                         [&] { return one.matches.size() == 1; }));
  const StoredMatch match = one.matches.begin()->second;
  EXPECT_EQ(match.match().offer(), job);

  matching::v1::ActOnMatchRequest act;
  act.set_name(match.name());
  act.set_etag(match.etag());
  act.set_action(matching::v1::MATCH_ACTION_SAVE);
  act.set_request_id("01234567-89ab-cdef-0123-456789abcdef");
  const auto stub = MatchService::NewStub(process.Channel());
  StoredMatch saved;
  const auto save = [&](auto* context, const auto& request, auto* response) {
    return stub->ActOnMatch(context, request, response);
  };
  const auto status = Call(save, act, &saved);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(saved.state(), matching::v1::MATCH_STATE_SAVED);
  EXPECT_GT(saved.revision(), match.revision());
  StoredMatch again;  // The repetition is harmless although the etag is old.
  EXPECT_TRUE(Call(save, act, &again).ok());
  EXPECT_EQ(again.SerializeAsString(), saved.SerializeAsString());
  act.clear_request_id();
  EXPECT_EQ(Call(save, act, &again).error_code(), grpc::StatusCode::ABORTED);

  // All that the caller created, on one stream.
  Receiver all;
  ASSERT_TRUE(all.Follow(process, "profiles/-",
                         [&] { return all.matches.size() == 1; }));
  EXPECT_EQ(all.matches.begin()->second.SerializeAsString(),
            saved.SerializeAsString());
}

TEST(Wishes, KillsLoseNothingAndWhatIsPushedAgainIsRecognised) {
  const SampleWorld world;
  Heimwegd process(AllTargets(world));
  CreateProfile(process, "p");
  Receiver receiver;  // resumes
  std::set<std::string> acknowledged;
  int number = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    for (int i = 0; i < kJobsBetweenKills; ++i) {
      const std::string name = CreateJob(process, world, number++);
      if (!name.empty()) acknowledged.insert(name);
    }
    // Anywhere between "nothing of it is matched" and "all of it".
    const size_t wanted =
        receiver.matches.size() + static_cast<size_t>(kill % 3);
    receiver.Follow(process, "profiles/p",
                    [&] { return receiver.matches.size() >= wanted; });
    process.Kill();
    process.Restart();
  }
  ASSERT_TRUE(receiver.Follow(process, "profiles/p",
                              [&] { return receiver.HasAll(acknowledged); }));
  EXPECT_THAT(acknowledged, SizeIs(kKills * kJobsBetweenKills));
  EXPECT_THAT(receiver.matches, SizeIs(acknowledged.size()));

  // From a snapshot all of it comes again, as it was.
  receiver.token.clear();
  ASSERT_TRUE(receiver.Follow(process, "profiles/p", [&] {
    return receiver.repeated >= static_cast<int>(acknowledged.size());
  }));
  EXPECT_THAT(receiver.matches, SizeIs(acknowledged.size()));
  RecordProperty("matches", static_cast<int>(receiver.matches.size()));
}

}  // namespace
}  // namespace heimweg::testing
