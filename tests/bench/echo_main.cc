// bench_echo: the bare cost of an RPC, to compare RankOffers with: the same
// gRPC, the callback API, an answer of the same bytes, and nothing of ours
// between. It copies a ready answer, which gRPC then serializes; with --raw it
// sends the answer's bytes as they are.
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::bench {
namespace {

using matching::v1::MatchingService;
using matching::v1::RankOffersRequest;
using matching::v1::RankOffersResponse;

grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

// Thread-safe.
class MessageEcho : public MatchingService::WithCallbackMethod_RankOffers<
                        MatchingService::Service> {
 public:
  explicit MessageEcho(const std::string& answer) {
    answer_.ParseFromString(answer);
  }
  grpc::ServerUnaryReactor* RankOffers(grpc::CallbackServerContext* context,
                                       const RankOffersRequest* /*request*/,
                                       RankOffersResponse* response) override {
    *response = answer_;
    return Finish(context);
  }

 private:
  RankOffersResponse answer_;
};

// Thread-safe.
class BytesEcho : public MatchingService::WithRawCallbackMethod_RankOffers<
                      MatchingService::Service> {
 public:
  explicit BytesEcho(const std::string& answer) {
    const grpc::Slice slice(answer);
    answer_ = grpc::ByteBuffer(&slice, 1);
  }
  grpc::ServerUnaryReactor* RankOffers(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* /*request*/,
                                       grpc::ByteBuffer* response) override {
    *response = answer_;
    return Finish(context);
  }

 private:
  grpc::ByteBuffer answer_;
};

int Main(int argc, char** argv) {
  std::string path;
  bool raw = false;
  CLI::App app("Answers RankOffers with the same bytes each time.");
  app.add_option("--answer", path, "File of a serialized RankOffersResponse")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_flag("--raw", raw, "Send the bytes as they are");
  CLI11_PARSE(app, argc, argv);
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  MessageEcho message_echo(bytes.str());
  BytesEcho bytes_echo(bytes.str());
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  if (raw) {
    builder.RegisterService(&bytes_echo);
  } else {
    builder.RegisterService(&message_echo);
  }
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::fprintf(stderr, "bench_echo: listening on 127.0.0.1:%d\n", port);
  server->Wait();
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
