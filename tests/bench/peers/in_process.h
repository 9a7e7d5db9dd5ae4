// InProcess: the product's index over the jobs of the comparison, in this
// process and without any RPC: its ranking, and the scan that scores every job.
#ifndef HEIMWEG_TESTS_BENCH_PEERS_IN_PROCESS_H_
#define HEIMWEG_TESTS_BENCH_PEERS_IN_PROCESS_H_

#include <cstdint>

#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/index.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/turns.h"

namespace heimweg::bench {

// Thread-compatible.
class InProcess {
 public:
  InProcess(const PeerRegion& region, int64_t jobs);

  // The best scores, the highest first. The bench fails if the request is
  // wrong.
  Scores Rank(const matching::v1::RankOffersRequest& request) const;
  Scores Scan(const matching::v1::RankOffersRequest& request) const;

 private:
  matching::Index index_;
};

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_PEERS_IN_PROCESS_H_
