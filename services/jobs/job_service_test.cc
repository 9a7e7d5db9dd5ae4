// Every method of JobService over a real connection. What they do in detail is
// tested with OfferBook.
#include "services/jobs/job_service.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "services/places/sample_places.h"
#include "services/server/errors.h"
#include "services/server/status.h"
#include "services/server/testing/test_server.h"
#include "storage/test_store.h"

namespace heimweg::jobs {
namespace {

using ::testing::SizeIs;
using v1::Job;

class JobServiceTest : public ::testing::Test {
 protected:
  JobServiceTest() {
    server_.Start({{"heimweg.jobs.v1.JobService", &service_}});
    stub_ = v1::JobService::NewStub(server_.channel());
  }
  ~JobServiceTest() override {
    stub_.reset();
    server_.Stop();
  }

  static std::unique_ptr<grpc::ClientContext> Context() {
    auto context = std::make_unique<grpc::ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(30));
    return context;
  }

  static Job AJob() {
    Job job;
    job.set_title("Pflegefachkraft");
    job.mutable_place()->set_postal_code("04924");
    return job;
  }

  Job Create(const std::string& id) {
    v1::CreateJobRequest request;
    request.set_parent("networks/sun");
    request.set_job_id(id);
    *request.mutable_job() = AJob();
    Job job;
    const grpc::Status status =
        stub_->CreateJob(Context().get(), request, &job);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return job;
  }

  const places::Gazetteer gazetteer_ =
      *places::Gazetteer::Make(places::SampleTables());
  storage::TestStore store_;
  JobBook book_{*store_,
                gazetteer_,
                {.clock = store_.clock().AsFunction(), .id_seed = 1}};
  server::testing::TestServer server_;
  JobService service_{book_, server_.edge()};
  std::unique_ptr<v1::JobService::Stub> stub_;
};

TEST_F(JobServiceTest, CreatesGetsChangesAndDeletes) {
  const Job created = Create("a");
  EXPECT_EQ(created.name(), "networks/sun/jobs/a");

  v1::GetJobRequest get;
  get.set_name(created.name());
  Job job;
  ASSERT_TRUE(stub_->GetJob(Context().get(), get, &job).ok());
  EXPECT_EQ(job.SerializeAsString(), created.SerializeAsString());

  v1::UpdateJobRequest update;
  update.mutable_job()->set_name(created.name());
  update.mutable_job()->set_title("new");
  ASSERT_TRUE(stub_->UpdateJob(Context().get(), update, &job).ok());
  EXPECT_EQ(job.title(), "new");

  v1::DeleteJobRequest erase;
  erase.set_name(created.name());
  google::protobuf::Empty nothing;
  ASSERT_TRUE(stub_->DeleteJob(Context().get(), erase, &nothing).ok());
  EXPECT_EQ(stub_->GetJob(Context().get(), get, &job).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(JobServiceTest, ListsAndGetsSeveral) {
  Create("a");
  Create("b");
  v1::ListJobsRequest list;
  list.set_parent("networks/-");
  v1::ListJobsResponse page;
  ASSERT_TRUE(stub_->ListJobs(Context().get(), list, &page).ok());
  EXPECT_THAT(page.jobs(), SizeIs(2));

  v1::BatchGetJobsRequest get;
  get.set_parent("networks/sun");
  get.add_names("networks/sun/jobs/b");
  v1::BatchGetJobsResponse got;
  ASSERT_TRUE(stub_->BatchGetJobs(Context().get(), get, &got).ok());
  EXPECT_THAT(got.jobs(), SizeIs(1));
}

TEST_F(JobServiceTest, SendsTheWrongFieldsAsDetails) {
  v1::CreateJobRequest request;
  Job job;
  const grpc::Status status = stub_->CreateJob(Context().get(), request, &job);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(server::ViolationsOf(server::FromGrpc(status)), SizeIs(3));
}

TEST_F(JobServiceTest, ImportsInOrderWithoutWaitingForAnswers) {
  constexpr int kRequests = 20;
  constexpr int kRows = 50;
  auto context = Context();
  auto stream = stub_->ImportJobs(context.get());
  for (int i = 0; i < kRequests; ++i) {
    v1::ImportJobsRequest request;
    if (i == 0) request.set_parent("networks/sun");
    for (int row = 0; row < kRows; ++row) {
      Job& job = *request.add_jobs();
      job = AJob();
      job.set_source("csv");
      job.set_external_id(std::to_string(i * kRows + row));
    }
    ASSERT_TRUE(stream->Write(request));
  }
  ASSERT_TRUE(stream->WritesDone());
  int64_t rows = 0;
  v1::ImportJobsResponse response;
  while (stream->Read(&response)) {
    ASSERT_THAT(response.results(), SizeIs(kRows));
    EXPECT_EQ(response.results(0).row(), rows);
    EXPECT_EQ(response.results(0).outcome(),
              type::v1::ImportRowResult::OUTCOME_CREATED);
    rows += kRows;
    EXPECT_EQ(response.next_row(), rows);
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(rows, kRequests * kRows);
}

TEST_F(JobServiceTest, AnImportEndsWithItsFirstError) {
  auto context = Context();
  auto stream = stub_->ImportJobs(context.get());
  ASSERT_TRUE(stream->Write(v1::ImportJobsRequest()));
  v1::ImportJobsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(JobServiceTest, WatchesTheSnapshotAndWhatFollows) {
  Create("a");
  auto context = Context();
  v1::WatchJobsRequest request;
  request.set_parent("networks/sun");
  auto stream = stub_->WatchJobs(context.get(), request);
  v1::WatchJobsResponse message;
  ASSERT_TRUE(stream->Read(&message));
  ASSERT_THAT(message.changes(), SizeIs(1));
  EXPECT_TRUE(message.complete());
  const Job created = Create("b");
  ASSERT_TRUE(stream->Read(&message));
  ASSERT_THAT(message.changes(), SizeIs(1));
  EXPECT_EQ(message.changes(0).job().SerializeAsString(),
            created.SerializeAsString());

  auto again = Context();
  request.set_resume_token(message.resume_token());
  auto resumed = stub_->WatchJobs(again.get(), request);
  ASSERT_TRUE(resumed->Read(&message));
  EXPECT_THAT(message.changes(), SizeIs(0));
  EXPECT_TRUE(message.complete());
  context->TryCancel();
  again->TryCancel();
}

TEST_F(JobServiceTest, AWatchOfNothingIsRefused) {
  auto context = Context();
  v1::WatchJobsRequest request;
  request.set_parent("networks/sun");
  request.set_resume_token("x");
  auto stream = stub_->WatchJobs(context.get(), request);
  v1::WatchJobsResponse message;
  EXPECT_FALSE(stream->Read(&message));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace heimweg::jobs
