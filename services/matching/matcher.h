// Matcher: the methods of heimweg.matching.v1.MatchingService without the
// transport: it finds the household and the snapshot; ranking is rank.h's.
#ifndef HEIMWEG_SERVICES_MATCHING_MATCHER_H_
#define HEIMWEG_SERVICES_MATCHING_MATCHER_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/index_source.h"
#include "services/places/gazetteer_source.h"
#include "services/server/answer_bytes.h"
#include "services/server/call.h"

namespace heimweg::matching {

// Errors are those of the proto. Thread-safe.
class Matcher {
 public:
  // `index` outlives this.
  Matcher(const IndexSource& index, places::GazetteerSource gazetteer,
          std::function<absl::Time()> clock)
      : index_(index),
        gazetteer_(std::move(gazetteer)),
        clock_(std::move(clock)) {}

  // The answer is the bytes of a v1::RankOffersResponse.
  absl::Status RankOffers(const server::Call& call,
                          const v1::RankOffersRequest& request,
                          server::AnswerBytes* answer) const;
  absl::Status ExplainMatch(const server::Call& call,
                            const v1::ExplainMatchRequest& request,
                            v1::ExplainMatchResponse* response) const;
  absl::Status RankPackages(const server::Call& call,
                            const v1::RankPackagesRequest& request,
                            v1::RankPackagesResponse* response) const;
  absl::Status RankRegions(const server::Call& call,
                           const v1::RankRegionsRequest& request,
                           v1::RankRegionsResponse* response) const;
  absl::Status RankReturnees(const server::Call& call,
                             const v1::RankReturneesRequest& request,
                             v1::RankReturneesResponse* response) const;
  absl::Status GetIndexStatus(v1::GetIndexStatusResponse* response) const;

 private:
  const IndexSource& index_;
  const places::GazetteerSource gazetteer_;
  const std::function<absl::Time()> clock_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_MATCHER_H_
