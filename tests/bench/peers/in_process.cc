#include "tests/bench/peers/in_process.h"

#include <algorithm>
#include <vector>

#include "absl/time/time.h"
#include "services/matching/job_query.h"
#include "services/matching/rank.h"
#include "services/matching/scan.h"
#include "services/matching/wish.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

constexpr int64_t kChangesPerMessage = 256;

matching::Wish WishOf(const matching::v1::RankOffersRequest& request) {
  auto wish =
      matching::CompileWish(matching::QuestionOf(request),
                            request.inline_profile(), absl::UnixEpoch());
  FailUnless(wish.status(), "a query");
  return *std::move(wish);
}

}  // namespace

InProcess::InProcess(const PeerRegion& region, int64_t jobs)
    : index_(matching::IndexOptions{.merge_in_background = false}) {
  index_.RestartJobs();
  int64_t i = 0;
  do {
    jobs::v1::WatchJobsResponse response;
    const int64_t to = std::min(jobs, i + kChangesPerMessage);
    for (; i < to; ++i) {
      *response.add_changes()->mutable_job() = region.MakeJob(i);
    }
    response.set_revision(static_cast<uint64_t>(jobs));
    response.set_complete(i == jobs);
    index_.Apply(response);
    while (index_.Merge()) continue;
  } while (i < jobs);
}

Scores InProcess::Rank(const matching::v1::RankOffersRequest& request) const {
  matching::RankOptions options;
  options.limit = request.limit();
  const auto ranking =
      matching::Rank(index_.snapshot(), WishOf(request), options);
  FailUnless(ranking.status(), "ranking");
  Scores scores;
  for (const matching::v1::Match& match : ranking->matches()) {
    scores.push_back(match.score_millionths() / 1e6);
  }
  return scores;
}

Scores InProcess::Scan(const matching::v1::RankOffersRequest& request) const {
  const matching::Snapshot snapshot = index_.snapshot();
  const matching::Wish wish = WishOf(request);
  const matching::JobQuery query(*snapshot.jobs, wish);
  const auto ranking =
      matching::Scan(query, static_cast<size_t>(request.limit()), {});
  if (!ranking) Fail("a scan was cancelled");
  Scores scores;
  for (const matching::Ranked& ranked : ranking->best) {
    scores.push_back(ranked.score / 1e6);
  }
  return scores;
}

}  // namespace heimweg::bench
