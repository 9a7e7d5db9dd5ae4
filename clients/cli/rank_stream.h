// RankStream: the results of RankProfiles one by one, over broken connections.
#ifndef HEIMWEG_CLIENTS_CLI_RANK_STREAM_H_
#define HEIMWEG_CLIENTS_CLI_RANK_STREAM_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "clients/cli/stream_call.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {

// Thread-compatible, but for Cancel. The session outlives it.
class RankStream {
 public:
  RankStream(matching::v1::RankProfilesRequest request, Session& session)
      : request_(std::move(request)), session_(session) {}
  RankStream(const RankStream&) = delete;
  RankStream& operator=(const RankStream&) = delete;

  // The next profile's result; nothing at the end. After UNAVAILABLE it goes on
  // behind the last one, as Retries allows, and once there was a message for
  // more than two minutes: a server that starts again fills its index first.
  // CANCELLED after Ctrl-C or Cancel; DEADLINE_EXCEEDED if the server was
  // silent for the session's timeout.
  absl::StatusOr<std::optional<matching::v1::ProfileRanking>> Next();

  // How many profiles there are, from the first message on.
  int64_t total() const { return total_; }

  // From any thread: Next ends soon.
  void Cancel() { cancelled_ = true; }

 private:
  using Call = StreamCall<matching::v1::RankProfilesResponse>;

  // Whether Ctrl-C or Cancel came.
  bool IsUnwanted() const;
  void Start();
  // Reads a message; OK and none if the stream ended well.
  absl::Status Read();

  matching::v1::RankProfilesRequest request_;
  Session& session_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<int64_t> total_ = 0;
  Retries retries_;
  std::unique_ptr<matching::v1::MatchingService::Stub> stub_;
  std::unique_ptr<Call> call_;
  matching::v1::RankProfilesResponse message_;
  int next_ = 0;  // within the message
  bool ended_ = false;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_RANK_STREAM_H_
