// MatchBook: the stored matches and what may be done with them, free of gRPC.
// The methods are those of heimweg.matching.v1.MatchService, whose comments say
// what they mean and which errors they have.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_BOOK_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_BOOK_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "heimweg/matching/v1/match_service.pb.h"
#include "services/matching/standing/match_records.h"
#include "services/server/call.h"
#include "services/server/source.h"
#include "storage/store.h"

namespace heimweg::matching {

// Thread-safe.
class MatchBook {
 public:
  using Done = std::function<void(absl::Status)>;

  // `store` outlives this.
  explicit MatchBook(storage::Store& store) : store_(store) {}

  absl::Status Get(const server::Call& call, const v1::GetMatchRequest& request,
                   v1::StoredMatch* response) const;
  absl::Status List(const server::Call& call,
                    const v1::ListMatchesRequest& request,
                    v1::ListMatchesResponse* response) const;
  // The source must not outlive this.
  absl::StatusOr<std::unique_ptr<server::Source<v1::WatchMatchesResponse>>>
  Watch(const server::Call& call, const v1::WatchMatchesRequest& request,
        server::Wake wake) const;
  // Calls `done` when the change is durable; until then the call, the request
  // and the response must live.
  void Act(const server::Call& call, const v1::ActOnMatchRequest& request,
           v1::StoredMatch* response, Done done);

 private:
  storage::Store& store_;
  const MatchRecords records_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_BOOK_H_
