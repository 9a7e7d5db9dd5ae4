// heimwegd is killed in the middle of imports: every row that was acknowledged
// is there after the restart, whole, and the import goes on where it stopped.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"

namespace heimweg::testing {
namespace {

constexpr int kKills = 20;
constexpr int kBatch = 100;
constexpr char kNetwork[] = "networks/generated";

void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(60));
}

// Sends batch after batch until the stream breaks; returns how many rows were
// acknowledged, through `names` as what, and counts the batches as they come.
int ImportUntilItBreaks(Heimwegd& process, const SampleWorld& world, int from,
                        std::map<int, std::string>& names,
                        std::atomic<int>& batches) {
  const auto stub = jobs::v1::JobService::NewStub(process.Channel());
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stream = stub->ImportJobs(&context);
  while (true) {
    jobs::v1::ImportJobsRequest request;
    request.set_parent(kNetwork);
    for (int i = from; i < from + kBatch; ++i) {
      *request.add_jobs() = world.generator().MakeJob(i);
    }
    jobs::v1::ImportJobsResponse response;
    if (!stream->Write(request) || !stream->Read(&response)) break;
    for (const auto& result : response.results()) {
      EXPECT_NE(result.outcome(), type::v1::ImportRowResult::OUTCOME_REJECTED);
      names[from++] = result.name();
    }
    ++batches;
    batches.notify_one();
  }
  context.TryCancel();
  stream->Finish();
  return from;
}

void ExpectWhole(jobs::v1::JobService::Stub& stub, const SampleWorld& world,
                 const std::map<int, std::string>& names) {
  for (const auto& [i, name] : names) {
    jobs::v1::GetJobRequest request;
    request.set_name(name);
    grpc::ClientContext context;
    SetDeadline(context);
    jobs::v1::Job job;
    const grpc::Status status = stub.GetJob(&context, request, &job);
    ASSERT_TRUE(status.ok()) << name << ": " << status.error_message();
    const jobs::v1::Job sent = world.generator().MakeJob(i);
    EXPECT_EQ(job.title(), sent.title());
    EXPECT_EQ(job.external_id(), sent.external_id());
    EXPECT_EQ(job.required_skills_size(), sent.required_skills_size());
    EXPECT_EQ(job.salary().maximum_cents(), sent.salary().maximum_cents());
  }
}

// Number of jobs by external id, from the listing.
std::map<std::string, int> CountListed(jobs::v1::JobService::Stub& stub) {
  std::map<std::string, int> counts;
  jobs::v1::ListJobsRequest request;
  request.set_parent(kNetwork);
  request.set_page_size(1000);
  request.mutable_filter()->set_include_expired(true);
  do {
    grpc::ClientContext context;
    SetDeadline(context);
    jobs::v1::ListJobsResponse page;
    const grpc::Status status = stub.ListJobs(&context, request, &page);
    EXPECT_TRUE(status.ok()) << status.error_message();
    if (!status.ok()) break;
    for (const jobs::v1::Job& job : page.jobs()) ++counts[job.external_id()];
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return counts;
}

TEST(Kill, LosesNoAcknowledgedRowAndHalvesNone) {
  const SampleWorld world;
  std::vector<std::string> flags = world.Flags("stores");
  flags.emplace_back("--target=jobs");
  Heimwegd process(flags);
  std::map<int, std::string> names;
  int next = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    // After some batches, but anywhere between two of them.
    std::atomic<int> batches = 0;
    std::thread killer([&process, &batches, kill] {
      for (int seen = 0; seen < kill % 4; seen = batches) batches.wait(seen);
      std::this_thread::sleep_for(std::chrono::milliseconds(3 * kill));
      process.Kill();
    });
    next = ImportUntilItBreaks(process, world, next, names, batches);
    killer.join();
    process.Restart();
  }
  ASSERT_GE(next, kKills * kBatch);  // 0 to 3 batches before each kill.
  const auto stub = jobs::v1::JobService::NewStub(process.Channel());
  ExpectWhole(*stub, world, names);

  const std::map<std::string, int> listed = CountListed(*stub);
  EXPECT_GE(listed.size(), names.size());
  // A batch that was written but not acknowledged was sent again: no doubles.
  EXPECT_LE(listed.size(), names.size() + kBatch);
  EXPECT_TRUE(std::all_of(listed.begin(), listed.end(),
                          [](const auto& one) { return one.second == 1; }));
  RecordProperty("acknowledged_rows", static_cast<int>(names.size()));
}

}  // namespace
}  // namespace heimweg::testing
