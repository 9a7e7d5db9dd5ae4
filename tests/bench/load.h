// Load: a closed loop of unary calls from some threads, and what it cost.
#ifndef HEIMWEG_TESTS_BENCH_LOAD_H_
#define HEIMWEG_TESTS_BENCH_LOAD_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "tests/bench/server_process.h"

namespace heimweg::bench {

struct LoadCost {
  int64_t calls = 0;
  double server_cpu_us = 0;  // Of each call.
  double calls_per_second = 0;
  std::vector<double> wall_us;  // Of each call, as its client saw it.
};

// Rounds of a load that takes turns with others.
struct Turns {
  std::vector<double> cpu_us;  // Of each round.
  std::vector<double> rate;
  std::vector<double> wall_us;  // Of each call.

  void Add(const LoadCost& cost) {
    cpu_us.push_back(cost.server_cpu_us);
    rate.push_back(cost.calls_per_second);
    wall_us.insert(wall_us.end(), cost.wall_us.begin(), cost.wall_us.end());
  }
};

// Makes call number `i` (0, 1, …) with a stub.
using CallOne =
    std::function<grpc::Status(matching::v1::MatchingService::Stub& stub,
                               grpc::ClientContext& context, int64_t i)>;

// Calls from `clients` threads, each with a connection of its own, for `time`.
// The bench fails if a call does.
LoadCost RunLoad(const ServerProcess& server, int clients, absl::Duration time,
                 const CallOne& call);

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_LOAD_H_
