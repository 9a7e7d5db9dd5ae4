// OpenCall: a gRPC call from its arrival to its answer: who asks, until when,
// counted, timed and logged. Used by the edge's adaptors only.
#ifndef HEIMWEG_SERVICES_SERVER_OPEN_CALL_H_
#define HEIMWEG_SERVICES_SERVER_OPEN_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "services/server/call.h"
#include "services/server/log.h"
#include "services/server/metrics.h"

namespace heimweg::server {

// Thread-compatible.
class OpenCall {
 public:
  // `method` as "heimweg.jobs.v1.JobService/GetJob", a literal. All pointers
  // and references outlive this.
  OpenCall(grpc::CallbackServerContext* context, const char* method,
           std::string request_id, Metrics& metrics, Log& log);
  OpenCall(const OpenCall&) = delete;
  OpenCall& operator=(const OpenCall&) = delete;

  const Call& call() const { return call_; }

  // Replaces the question to the context whether the client has gone.
  void set_cancelled(std::function<bool()> cancelled) {
    call_.cancelled = std::move(cancelled);
  }

  // OK, or why the call needs no work any more: DEADLINE_EXCEEDED, CANCELLED.
  absl::Status StillWanted() const;

  // Counts and logs the answer, adds the trailing metadata and returns what to
  // finish the call with. Once, while the call's context lives.
  grpc::Status Answer(const absl::Status& status);

 private:
  grpc::CallbackServerContext* const context_;
  const char* const method_;
  const std::chrono::steady_clock::time_point arrival_;
  Metrics::Method& metrics_;
  Log& log_;
  Call call_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_OPEN_CALL_H_
