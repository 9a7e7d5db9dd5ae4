// changes_bench: RankOffers of a whole heimwegd while offers change at a steady
// rate, beside itself while nothing changes, in turns.
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
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "tests/bench/load.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"

namespace heimweg::bench {
namespace {

using matching::v1::RankOffersRequest;

struct Flags {
  RegionFlags region = {.offers = {100'000}};
  int64_t changes = 1'000;
  int64_t profiles = 200;
  int clients = 1;
  int rounds = 5;
  double seconds = 4;
};

// Changes `per_second` jobs by imports of a tenth of a second's share each, as
// long as it lives. What comes too late is not made up for.
class Changes {
 public:
  Changes(const ServerProcess& heimwegd, const generator::Generator& generator,
          int64_t jobs, int64_t per_second)
      : generator_(generator),
        jobs_(jobs),
        step_(std::max<int64_t>(per_second / kSteps, 1)),
        channel_(heimwegd.Connect()),
        started_(absl::Now()),
        thread_([this] { Run(); }) {}
  ~Changes() { Stop(); }
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  // Changes a second that were acknowledged.
  double Stop() {
    if (thread_.joinable()) {
      ended_ = true;
      thread_.join();
      seconds_ = absl::ToDoubleSeconds(absl::Now() - started_);
    }
    return static_cast<double>(changed_) / seconds_;
  }

 private:
  static constexpr int64_t kSteps = 10;

  void Run() {
    for (int64_t step = 1; !ended_; ++step) {
      const int64_t first = changed_ % std::max<int64_t>(jobs_ - step_, 1);
      auto requests = JobRequests(generator_, first, first + step_);
      for (jobs::v1::ImportJobsRequest& request : requests) {
        for (jobs::v1::Job& job : *request.mutable_jobs()) {
          job.set_title(absl::StrCat(job.title(), " ", step));
        }
      }
      changed_ += ImportJobs(channel_, requests);
      const absl::Time next =
          started_ + absl::Milliseconds(1'000 / kSteps) * step;
      absl::SleepFor(next - absl::Now());
    }
  }

  const generator::Generator& generator_;
  const int64_t jobs_;
  const int64_t step_;
  const std::shared_ptr<grpc::Channel> channel_;
  const absl::Time started_;
  std::atomic<bool> ended_ = false;
  int64_t changed_ = 0;
  double seconds_ = 1;
  std::thread thread_;
};

void Measure(const Flags& flags, const generator::Generator& generator,
             int64_t offers, const std::string& data, Table& table) {
  const ServerProcess heimwegd(HeimwegdCommand(flags.region.gazetteer, data));
  Fill(heimwegd.Connect(), generator, offers, flags.profiles);
  const CallOne rank = [&](auto& stub, auto& context, int64_t i) {
    RankOffersRequest request;
    request.set_profile(generator.MakeProfile(i % flags.profiles).name());
    request.set_kind(type::v1::OFFER_KIND_JOB);
    matching::v1::RankOffersResponse response;
    return stub.RankOffers(&context, request, &response);
  };
  const int64_t jobs = generator::SplitOffers(offers).jobs;
  const absl::Duration time = absl::Seconds(flags.seconds);
  Turns quiet, changing;
  std::vector<double> rates;
  for (int round = 0; round < flags.rounds; ++round) {
    quiet.Add(RunLoad(heimwegd, flags.clients, time, rank));
    Changes changes(heimwegd, generator, jobs, flags.changes);
    changing.Add(RunLoad(heimwegd, flags.clients, time, rank));
    rates.push_back(changes.Stop());
  }
  const double quiet_p99 = Quantile(quiet.wall_us, 0.99);
  const double changing_p99 = Quantile(changing.wall_us, 0.99);
  table.Row({absl::StrCat(offers), Shown(Median(rates)),
             Shown(Quantile(quiet.wall_us, 0.5)), Shown(quiet_p99),
             Shown(Quantile(changing.wall_us, 0.5)), Shown(changing_p99),
             Shown(changing_p99 / quiet_p99)});
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures RankOffers while offers change.");
  AddRegionFlags(app, flags.region);
  app.get_option("--offers")
      ->check(CLI::Range(int64_t{1'000}, int64_t{100'000'000}));
  app.add_option("--changes", flags.changes, "Changes a second")
      ->check(CLI::Range(int64_t{10}, int64_t{2'560}));
  app.add_option("--profiles", flags.profiles, "Households that ask")
      ->check(CLI::Range(int64_t{1}, int64_t{10'000}));
  app.add_option("--clients", flags.clients, "Client threads that ask")
      ->check(CLI::Range(1, 16));
  app.add_option("--rounds", flags.rounds, "Rounds of each")
      ->check(CLI::Range(1, 100));
  app.add_option("--seconds", flags.seconds, "Length of a round")
      ->check(CLI::Range(0.5, 600.0));
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.region.gazetteer, absl::Now());
  Table table(absl::StrCat("RankOffers (jobs, top 20, ", flags.clients,
                           " at a time) while jobs change, rounds in turn"),
              {"offers", "changes/s", "quiet p50 us", "quiet p99 us",
               "changing p50 us", "changing p99 us", "p99 : quiet p99"});
  ForEachRegion(flags.region, [&](int64_t offers, const std::string& folder) {
    Measure(flags, *generator, offers, folder, table);
  });
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
