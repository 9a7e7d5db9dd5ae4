// FeedbackBook: what households said about offers, stored and told to the
// index. The methods are those of heimweg.matching.v1.MatchService.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_FEEDBACK_BOOK_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_FEEDBACK_BOOK_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/empty.pb.h"
#include "heimweg/matching/v1/match_service.pb.h"
#include "services/matching/index_source.h"
#include "services/matching/standing/match_records.h"
#include "services/server/call.h"
#include "storage/store.h"

namespace heimweg::matching {

// Thread-safe.
class FeedbackBook {
 public:
  using Done = std::function<void(absl::Status)>;

  // Both outlive this.
  FeedbackBook(storage::Store& store, IndexSource& index)
      : store_(store), index_(index) {}

  // Tells the index all that is stored; before the index is filled.
  absl::Status Load();

  // What changes something calls `done` when the change is durable and counts;
  // until then the call, the request and the response must live.
  void Give(const server::Call& call, const v1::GiveFeedbackRequest& request,
            v1::Feedback* response, Done done);
  absl::Status List(const server::Call& call,
                    const v1::ListFeedbackRequest& request,
                    v1::ListFeedbackResponse* response) const;
  void Delete(const server::Call& call,
              const v1::DeleteFeedbackRequest& request,
              google::protobuf::Empty* response, Done done);

 private:
  // All of one profile, in the order of the names.
  absl::StatusOr<std::vector<v1::Feedback>> All(const storage::Reader& reader,
                                                const std::string& id) const;
  // `done` after the index was told of the profile's feedback.
  Done ThenTell(const std::string& id, Done done);

  storage::Store& store_;
  IndexSource& index_;
  const MatchRecords records_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_FEEDBACK_BOOK_H_
