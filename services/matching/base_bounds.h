// BaseBounds: what jobs of a package can be worth at most to a seeker whatever
// the home, so that few of them are scored. By the planes of a block at once
// (row_filter.h).
#ifndef HEIMWEG_SERVICES_MATCHING_BASE_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_BASE_BOUNDS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "services/matching/job_query.h"
#include "services/matching/row_filter.h"
#include "services/matching/skill_shares.h"

namespace heimweg::matching {

// Thread-compatible: blocks are filtered as they are asked for.
class BaseBounds {
 public:
  // The query outlives it.
  BaseBounds(const JobQuery& query, size_t seeker);

  // Against the best job that there could be, by all features but DISTANCE, in
  // weights times what is missing to kOne: no less is lost by any row than this
  // says. kFails: it fails a constraint.
  static constexpr int32_t kFails = RowFilter::kFails;
  int32_t LeastLoss(size_t segment, uint32_t row) {
    Known& known = Of(segment);
    const uint32_t block = row / kBlockRows;
    if (!known.filtered[block]) Filter(segment, block, known);
    return known.losses[row];
  }

 private:
  // What is known of a segment once one of its rows was asked for.
  struct Known {
    explicit Known(const RowFilter& of_none) : filter(of_none) {}

    RowFilter filter;
    std::vector<uint8_t> filtered;      // by block
    std::unique_ptr<int32_t[]> losses;  // by row, of blocks that are filtered
  };

  Known& Of(size_t segment) {
    std::unique_ptr<Known>& known = known_[segment];
    if (known == nullptr) Enter(segment);
    return *known;
  }
  void Enter(size_t segment);
  void Filter(size_t segment, uint32_t block, Known& known);

  const JobQuery& query_;
  int64_t full_ = 0;        // the sum of the best job that there could be
  const RowFilter filter_;  // of no segment
  SkillShares shares_;
  std::vector<std::unique_ptr<Known>> known_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_BASE_BOUNDS_H_
