// freshness_bench: how long after its acknowledged write an offer is rankable:
// a whole heimwegd is asked to explain the new offer until it knows it.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"

namespace heimweg::bench {
namespace {

using jobs::v1::Job;
using jobs::v1::JobService;
using matching::v1::MatchingService;

constexpr absl::Duration kGiveUp = absl::Seconds(30);
// Well behind the offers that fill the index.
constexpr int64_t kFirstNew = 1'000'000'000;

struct Flags {
  RegionFlags region = {.offers = {0, 100'000}};
  int64_t writes = 200;
};

// The name of the job, once it is stored durably.
std::string Write(JobService::Stub& stub, const Job& job) {
  grpc::ClientContext context;
  SetDeadline(context);
  jobs::v1::CreateJobRequest request;
  request.set_parent(kParent);
  *request.mutable_job() = job;
  Job created;
  const grpc::Status status = stub.CreateJob(&context, request, &created);
  if (!status.ok()) Fail(absl::StrCat("CreateJob: ", status.error_message()));
  return created.name();
}

void Delete(JobService::Stub& stub, const std::string& name) {
  grpc::ClientContext context;
  SetDeadline(context);
  jobs::v1::DeleteJobRequest request;
  request.set_name(name);
  google::protobuf::Empty nothing;
  const grpc::Status status = stub.DeleteJob(&context, request, &nothing);
  if (!status.ok()) Fail(absl::StrCat("DeleteJob: ", status.error_message()));
}

void WaitUntilRankable(MatchingService::Stub& stub, const std::string& profile,
                       const std::string& offer) {
  const absl::Time give_up = absl::Now() + kGiveUp;
  matching::v1::ExplainMatchRequest request;
  request.set_profile(profile);
  request.set_offer(offer);
  while (absl::Now() < give_up) {
    grpc::ClientContext context;
    SetDeadline(context);
    matching::v1::ExplainMatchResponse response;
    const grpc::Status status = stub.ExplainMatch(&context, request, &response);
    if (status.ok()) return;
    if (status.error_code() != grpc::StatusCode::NOT_FOUND) {
      Fail(absl::StrCat("ExplainMatch: ", status.error_message()));
    }
  }
  Fail("a stored offer did not become rankable");
}

void Measure(const Flags& flags, const generator::Generator& generator,
             int64_t offers, const std::string& data, Table& table) {
  const ServerProcess heimwegd(HeimwegdCommand(flags.region.gazetteer, data));
  const auto channel = heimwegd.Connect();
  Fill(channel, generator, offers, 1);
  const auto jobs = JobService::NewStub(channel);
  const auto matching = MatchingService::NewStub(channel);
  const std::string profile = generator.MakeProfile(0).name();
  std::vector<double> write_ms, fresh_ms;
  std::vector<std::string> names;
  for (int64_t i = 0; i < flags.writes; ++i) {
    const Job job = generator.MakeJob(kFirstNew + i);
    const absl::Time start = absl::Now();
    names.push_back(Write(*jobs, job));
    const absl::Time written = absl::Now();
    WaitUntilRankable(*matching, profile, names.back());
    write_ms.push_back(absl::ToDoubleMilliseconds(written - start));
    fresh_ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - written));
  }
  for (const std::string& name : names) Delete(*jobs, name);
  table.Row({absl::StrCat(offers), absl::StrCat(flags.writes),
             Shown(Quantile(write_ms, 0.5)), Shown(Quantile(write_ms, 0.99)),
             Shown(Quantile(fresh_ms, 0.5)), Shown(Quantile(fresh_ms, 0.99)),
             Shown(Quantile(fresh_ms, 1))});
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures the time from a write to its ranking.");
  AddRegionFlags(app, flags.region);
  app.add_option("--writes", flags.writes, "Offers written, one by one")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000}));
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.region.gazetteer, absl::Now());
  Table table("From the acknowledged write of an offer until it is rankable",
              {"offers", "writes", "write p50 ms", "write p99 ms",
               "rankable p50 ms", "rankable p99 ms", "worst ms"});
  ForEachRegion(flags.region, [&](int64_t offers, const std::string& folder) {
    Measure(flags, *generator, offers, folder, table);
  });
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
