#include "tests/bench/load.h"

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"

namespace heimweg::bench {

LoadCost RunLoad(const ServerProcess& server, int clients, absl::Duration time,
                 const CallOne& call) {
  // Connections are made before the clock runs.
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int client = 0; client < clients; ++client) {
    channels.push_back(server.Connect());
    if (!channels.back()->WaitForConnected(
            absl::ToChronoTime(absl::Now() + absl::Seconds(10)))) {
      Fail("the server does not take connections");
    }
  }
  std::atomic<int64_t> next = 0;
  std::vector<std::vector<double>> wall_us(channels.size());
  const absl::Duration cpu_before = server.Cpu();
  const absl::Time start = absl::Now();
  std::vector<std::thread> threads;
  for (size_t client = 0; client < channels.size(); ++client) {
    threads.emplace_back([&, client] {
      const auto stub =
          matching::v1::MatchingService::NewStub(channels[client]);
      while (true) {
        const absl::Time before = absl::Now();
        if (before - start >= time) break;
        grpc::ClientContext context;
        SetDeadline(context);
        const grpc::Status status = call(*stub, context, next++);
        if (!status.ok()) {
          Fail(absl::StrCat("a call failed: ", status.error_message()));
        }
        wall_us[client].push_back(
            absl::ToDoubleMicroseconds(absl::Now() - before));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const absl::Duration took = absl::Now() - start;
  const absl::Duration cpu = server.Cpu() - cpu_before;
  LoadCost cost;
  for (const std::vector<double>& one : wall_us) {
    cost.wall_us.insert(cost.wall_us.end(), one.begin(), one.end());
  }
  cost.calls = static_cast<int64_t>(cost.wall_us.size());
  const auto calls = static_cast<double>(cost.calls);
  cost.server_cpu_us = absl::ToDoubleMicroseconds(cpu) / calls;
  cost.calls_per_second = calls / absl::ToDoubleSeconds(took);
  return cost;
}

}  // namespace heimweg::bench
