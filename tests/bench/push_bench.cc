// push_bench: how long after its acknowledged write an offer's match reaches a
// watcher of a whole heimwegd that holds many standing wishes. The best are
// told first, and the watched household, which asks for no more than any score,
// is the last of all to whom the offer is told at once: no other waits longer.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

using generator::Generator;
using profiles::v1::Profile;
using profiles::v1::ProfileService;

constexpr int64_t kFirstPushed = 1'000'000'000;
// More writers than the commit thread needs for a group.
constexpr int kWriters = 32;
constexpr absl::Duration kWatchLimit = absl::Hours(1);

struct PushFlags {
  std::vector<int64_t> wishes = {0, 100'000};
  std::vector<std::string> kinds = {"job", "home"};
  int64_t writes = 99;
  int64_t every_ms = 1'000;
  std::string gazetteer;
};

// Stores the household with a consent, without which nobody is matched.
void CreateWish(ProfileService::Stub& stub, const std::string& id,
                const Profile& profile) {
  profiles::v1::CreateProfileRequest create;
  create.set_profile_id(id);
  *create.mutable_profile() = profile;
  Profile stored;
  grpc::ClientContext context;
  SetDeadline(context);
  grpc::Status status = stub.CreateProfile(&context, create, &stored);
  if (!status.ok()) {
    Fail(absl::StrCat("CreateProfile: ", status.error_message()));
  }
  profiles::v1::GrantConsentRequest grant;
  grant.set_name(stored.name());
  grant.mutable_consent()->set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
  grant.mutable_consent()->set_network("networks/-");
  grpc::ClientContext again;
  SetDeadline(again);
  status = stub.GrantConsent(&again, grant, &stored);
  if (!status.ok()) {
    Fail(absl::StrCat("GrantConsent: ", status.error_message()));
  }
}

// Generated households that are told of what is worth 0.6 to both sides.
void CreateWishes(const ServerProcess& heimwegd, const Generator& generator,
                  int64_t count) {
  std::atomic<int64_t> next = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&] {
      const auto stub = ProfileService::NewStub(heimwegd.Connect());
      for (int64_t i = next++; i < count; i = next++) {
        Profile profile = generator.MakeProfile(i);
        profile.mutable_notifications()->set_enabled(true);
        profile.mutable_notifications()->clear_threshold_millionths();
        CreateWish(*stub, absl::StrCat("w", i), profile);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
}

// Is told of everything; at most as often as the greatest daily budget lets.
Profile Watched() {
  Profile profile;
  auto& adult = *profile.add_adults();
  adult.set_id("a");
  adult.set_seeks_job(true);
  auto& settings = *profile.mutable_notifications();
  settings.set_enabled(true);
  settings.set_threshold_millionths(0);
  settings.set_daily_budget(100);
  return profile;
}

// Store what the generator makes, without what could exclude it or make it a
// likely duplicate. They return its name.
std::string WriteJob(const std::shared_ptr<grpc::Channel>& channel,
                     const Generator& generator, int64_t i) {
  jobs::v1::CreateJobRequest create;
  create.set_parent(kParent);
  jobs::v1::Job& job = *create.mutable_job();
  job = generator.MakeJob(kFirstPushed + i);
  job.clear_name();
  job.clear_validity();
  job.clear_external_id();
  job.clear_languages();
  job.clear_driving_licences();
  job.set_title(absl::StrCat(job.title(), " ", i));
  job.mutable_employer()->set_display_name(absl::StrCat("Haus ", i));
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  jobs::v1::Job created;
  grpc::ClientContext context;
  SetDeadline(context);
  const auto status = jobs::v1::JobService::NewStub(channel)->CreateJob(
      &context, create, &created);
  if (!status.ok()) Fail(absl::StrCat("CreateJob: ", status.error_message()));
  return created.name();
}

std::string WriteHome(const std::shared_ptr<grpc::Channel>& channel,
                      const Generator& generator, int64_t i) {
  housing::v1::CreateHomeRequest create;
  create.set_parent(kParent);
  housing::v1::Home& home = *create.mutable_home();
  home = generator.MakeHome(kFirstPushed + i);
  home.clear_name();
  home.clear_validity();
  home.clear_external_id();
  home.clear_min_occupants();
  home.clear_wbs_required();
  home.set_title(absl::StrCat(home.title(), " ", i));
  home.set_state(type::v1::OFFER_STATE_PUBLISHED);
  housing::v1::Home created;
  grpc::ClientContext context;
  SetDeadline(context);
  const auto status = housing::v1::HomeService::NewStub(channel)->CreateHome(
      &context, create, &created);
  if (!status.ok()) Fail(absl::StrCat("CreateHome: ", status.error_message()));
  return created.name();
}

struct Kind {
  const char* name;
  std::string (*write)(const std::shared_ptr<grpc::Channel>&, const Generator&,
                       int64_t);
};

// One write after the other, each until its match was pushed, and no more often
// than the flags say.
std::vector<double> PushTimes(const ServerProcess& heimwegd,
                              const Generator& generator, const Kind& kind,
                              const std::string& watched,
                              const PushFlags& flags) {
  const auto channel = heimwegd.Connect();
  const auto matches = matching::v1::MatchService::NewStub(channel);
  grpc::ClientContext watching;
  SetDeadline(watching, kWatchLimit);
  matching::v1::WatchMatchesRequest request;
  request.set_parent(absl::StrCat("profiles/", watched));
  const auto stream = matches->WatchMatches(&watching, request);
  std::vector<double> ms;
  // The first write waits until the index knows the wishes; it is not counted.
  absl::Time next = absl::Now();
  for (int64_t i = 0; i <= flags.writes; ++i) {
    absl::SleepFor(next - absl::Now());
    next = absl::Now() + absl::Milliseconds(flags.every_ms);
    const std::string name = kind.write(channel, generator, i);
    const absl::Time written = absl::Now();
    matching::v1::WatchMatchesResponse response;
    bool told = false;
    while (!told && stream->Read(&response)) {
      for (const auto& change : response.changes()) {
        told = told || change.match().match().offer() == name;
      }
    }
    if (!told) Fail("a match was not pushed");
    if (i > 0) ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - written));
  }
  watching.TryCancel();
  stream->Finish();
  return ms;
}

// Matches that were stored for everybody.
int64_t CountMatches(const ServerProcess& heimwegd, int64_t wishes) {
  const auto stub = matching::v1::MatchService::NewStub(heimwegd.Connect());
  constexpr int64_t kSample = 200;
  int64_t found = 0;
  const int64_t sample = std::min(wishes, kSample);
  for (int64_t i = 0; i < sample; ++i) {
    matching::v1::ListMatchesRequest request;
    request.set_parent(absl::StrCat("profiles/w", i * wishes / sample));
    request.set_page_size(1'000);
    matching::v1::ListMatchesResponse response;
    grpc::ClientContext context;
    SetDeadline(context);
    if (!stub->ListMatches(&context, request, &response).ok()) {
      Fail("ListMatches failed");
    }
    found += response.matches_size();
  }
  return sample == 0 ? 0 : found * wishes / sample;
}

void MeasurePush(const Generator& generator, const PushFlags& flags,
                 int64_t wishes, const Kind& kind, Table& table) {
  const testing::TempDir temporary;
  const ServerProcess heimwegd(
      HeimwegdCommand(flags.gazetteer, temporary.path() + "/stores"));
  WaitUntilReady(heimwegd.Connect());
  CreateWishes(heimwegd, generator, wishes);
  CreateWish(*ProfileService::NewStub(heimwegd.Connect()), "watched",
             Watched());
  const std::vector<double> ms =
      PushTimes(heimwegd, generator, kind, "watched", flags);
  const auto writes = static_cast<double>(flags.writes + 1);
  table.Row(
      {absl::StrCat(wishes), kind.name, absl::StrCat(flags.writes),
       Shown(static_cast<double>(CountMatches(heimwegd, wishes)) / writes),
       Shown(Quantile(ms, 0.5)), Shown(Quantile(ms, 0.99)),
       Shown(Quantile(ms, 1))});
}

int Main(int argc, char** argv) {
  PushFlags flags;
  CLI::App app("Measures the time from a write to the push of its match.");
  app.add_option("--wishes", flags.wishes, "Standing wishes, by commas")
      ->delimiter(',')
      ->check(CLI::Range(int64_t{0}, int64_t{1'000'000}));
  app.add_option("--kinds", flags.kinds, "Kinds of offers, by commas")
      ->delimiter(',')
      ->check(CLI::IsMember({"job", "home"}));
  app.add_option("--writes", flags.writes, "Offers written, one by one")
      ->check(CLI::Range(int64_t{1}, int64_t{99}));
  app.add_option("--every-ms", flags.every_ms,
                 "No write sooner after the one before; 0: as soon as its "
                 "match was pushed")
      ->check(CLI::Range(int64_t{0}, int64_t{60'000}));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.gazetteer, absl::Now());
  Table table(
      "From the acknowledged write of an offer until its match is "
      "pushed",
      {"wishes", "kind", "writes", "matches a write (sample)", "p50 ms",
       "p99 ms", "worst ms"});
  for (const int64_t wishes : flags.wishes) {
    for (const std::string& name : flags.kinds) {
      const Kind kind =
          name == "job" ? Kind{"job", WriteJob} : Kind{"home", WriteHome};
      MeasurePush(*generator, flags, wishes, kind, table);
    }
  }
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
