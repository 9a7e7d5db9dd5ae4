// Region: generated offers and households, and how the benches bring them into
// a running heimwegd: through its public API, as a network would.
#ifndef HEIMWEG_TESTS_BENCH_REGION_H_
#define HEIMWEG_TESTS_BENCH_REGION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "heimweg/jobs/v1/job_service.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::bench {

// Rows of one request of an import.
inline constexpr int kImportRows = 256;
inline constexpr char kParent[] = "networks/generated";

// No call waits longer than this.
void SetDeadline(grpc::ClientContext& context,
                 absl::Duration limit = absl::Seconds(60));

// What a bench says of the regions that it measures.
struct RegionFlags {
  std::vector<int64_t> offers = {};  // Of all kinds, of each region.
  std::string gazetteer = {};        // A file.
  std::string data = {};  // A folder for stores; empty: a temporary one.
};
// Adds --offers, --gazetteer and --data, which write to `flags`.
void AddRegionFlags(CLI::App& app, RegionFlags& flags);

// Calls `measure` for each size of region with an existing folder for its
// stores, which stays only below --data.
void ForEachRegion(
    const RegionFlags& flags,
    const std::function<void(int64_t offers, const std::string& folder)>&
        measure);

// Makes offers around `now`, cut to a day, so that they are valid when they are
// ranked at the server's clock. The gazetteer is the file's; the bench fails if
// it cannot be read.
std::unique_ptr<generator::Generator> MakeGenerator(
    const std::string& gazetteer_file, absl::Time now);

// Sends prepared requests through one stream, with some under way. Returns the
// number of rows that were stored; the bench fails if one is rejected.
int64_t ImportJobs(const std::shared_ptr<grpc::Channel>& channel,
                   const std::vector<jobs::v1::ImportJobsRequest>& requests);

// Requests of the jobs [from, to).
std::vector<jobs::v1::ImportJobsRequest> JobRequests(
    const generator::Generator& generator, int64_t from, int64_t to);

// What the index holds, once every store was read to its end.
matching::v1::GetIndexStatusResponse WaitUntilReady(
    const std::shared_ptr<grpc::Channel>& channel);
// The same once at least `offers` are indexed.
matching::v1::GetIndexStatusResponse WaitUntilOffers(
    const std::shared_ptr<grpc::Channel>& channel, int64_t offers);
int64_t OffersOf(const matching::v1::GetIndexStatusResponse& status);

// Imports the first `offers` offers and creates the first `profiles` profiles,
// unless they are there, and waits until all are indexed.
matching::v1::GetIndexStatusResponse Fill(
    const std::shared_ptr<grpc::Channel>& channel,
    const generator::Generator& generator, int64_t offers, int64_t profiles);

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_REGION_H_
