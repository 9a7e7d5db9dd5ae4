// echo_server: a whole server process around EchoService, put together as
// heimwegd is, for tests of processes and for overload_bench.
#include <iostream>
#include <memory>
#include <thread>
#include <utility>

#include "services/server/config.h"
#include "services/server/testing/echo_service.h"

namespace heimweg::server::testing {
namespace {

int Main(int argc, char** argv) {
  PrepareProcess();
  Options options;
  Config config("Answers what it is told.", "echo_server");
  AddOptions(config, options);
  if (const auto exit_code = config.Parse(argc, argv); exit_code.has_value()) {
    return *exit_code;
  }
  Log log(options.log_level);
  Metrics metrics;
  Edge edge(options.edge, metrics, log);
  EchoEdge echo(edge);
  auto server = Server::Start(options.server, {{kEchoName, &echo}}, edge, log);
  if (!server.ok()) {
    std::cerr << "echo_server: " << server.status().message() << std::endl;
    return 1;
  }
  if (!options.metrics_listen.empty()) {
    const absl::Status exposed = metrics.Expose(options.metrics_listen);
    if (!exposed.ok()) {
      std::cerr << "echo_server: " << exposed.message() << std::endl;
      return 1;
    }
  }
  std::cout << (*server)->address() << std::endl;
  return (*server)->Run();
}

}  // namespace
}  // namespace heimweg::server::testing

int main(int argc, char** argv) {
  return heimweg::server::testing::Main(argc, argv);
}
