// The scorer of jobs: as row_scorer.h, but nodes are bounded by their blocks
// before these are entered, and rows that a filter leaves over wait until it is
// worth while to score them.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "services/matching/job_bounds.h"
#include "services/matching/row_filter.h"
#include "services/matching/row_scorer.h"
#include "services/matching/scan.h"
#include "services/matching/skill_shares.h"

namespace heimweg::matching {

template <>
class RowScorer<JobQuery> {
 public:
  explicit RowScorer(const JobQuery& query);

  // See the template.
  const SharedBounds& shared() const { return bounds_.shared(); }
  struct OfSiblings {
    QuickDistance::Uppers near{};
    std::vector<JobBounds::OfEight> occupations;  // by seeker
  };
  void Look(const JobSiblings& nodes, OfSiblings& found) const;
  int32_t Bound(const JobSummary& rows, const OfSiblings& found, size_t i,
                int32_t least = 0);
  // Of the rows of which Bound was asked last, under the next number from 0:
  // what their terms cost is not found again.
  void KeepTerms() {
    terms_.insert(terms_.end(), last_terms_.begin(), last_terms_.end());
  }
  // Of a node of the two lowest levels what Bound says, or what is dearer to
  // know and less, of which the same is true: what each of its blocks can be at
  // best. `number` is that of KeepTerms. And the number under which it is known
  // from then on.
  struct Learned {
    int32_t bound = 0;
    uint32_t known = 0;
  };
  using Tree = BlockTree<JobSummary>;
  Learned Learn(const Tree& tree, uint32_t level, const NodeRows& node,
                size_t number, int32_t least);
  // The rows of a node, `known` being what was learned of it, that may have a
  // score of `least` or more: an empty range if there is none.
  HalfOpen Enter(const Tree& tree, uint32_t known, const NodeRows& node,
                 int32_t near, int32_t least);
  // At least the score of each of them that is left; -1: none is left.
  int32_t Bound(HalfOpen rows) const;
  // Takes the row to score next from what is left of a node: that which may
  // have the best score, if that is `least` or more.
  std::optional<uint32_t> NextRow(HalfOpen& rows, int32_t least);
  // As BestSeeker, if that has a score of `least` or more, for the row that
  // NextRow named last.
  std::optional<Ranked> Score(const JobQuery::Row& at, int32_t least) const;

  // Before a node is learned or entered, or the best of its rows is scored.
  void PrefetchShares(const NodeRows& node);
  void PrefetchBlocks(const NodeRows& node, uint32_t known,
                      int32_t least) const;
  void PrefetchBest(const NodeRows& node, HalfOpen rows) const;

 private:
  // By JobQuery::kFeatures.
  static constexpr size_t kOccupation = 0;
  static constexpr size_t kSkills = 1;
  static constexpr size_t kHours = 2;
  static constexpr size_t kSalary = 3;
  static constexpr size_t kDistance = 4;
  static constexpr size_t kDates = 5;
  static constexpr size_t kFreshness = 6;
  static_assert(JobQuery::kFeatures[kOccupation] == v1::FEATURE_OCCUPATION);
  static_assert(JobQuery::kFeatures[kSkills] == v1::FEATURE_SKILLS);
  static_assert(JobQuery::kFeatures[kHours] == v1::FEATURE_HOURS);
  static_assert(JobQuery::kFeatures[kSalary] == v1::FEATURE_SALARY);
  static_assert(JobQuery::kFeatures[kDistance] == v1::FEATURE_DISTANCE);
  static_assert(JobQuery::kFeatures[kDates] == v1::FEATURE_DATES);
  static_assert(JobQuery::kFeatures[kFreshness] == v1::FEATURE_FRESHNESS);

  // A row of a node that was entered. No seeker loses less.
  struct Candidate {
    int64_t loss = 0;
    int64_t others = 0;  // by all but SKILLS
    uint32_t row = 0;
    uint32_t seekers = 0;  // that may reach what was asked for, a bit for each
  };
  static bool IsWorse(const Candidate& a, const Candidate& b) {
    return a.loss > b.loss;
  }

  // What is known of a seeker in a node.
  struct InNode {
    // By block, no row of it loses less; or too much.
    std::array<int64_t, kFanOut> losses{};
    bool remote = false;  // whether a remote share counts for any
  };

  struct Seeker {
    // By block of the node that was entered.
    std::array<FilteredRows, kFanOut> found;
    const InNode* known = nullptr;  // of the node that was entered
    RowFilter* filter = nullptr;    // for it
    bool remote_welcome = false;
    int64_t sure_loss = 0;  // by SKILLS, of every row
    // Null where skills do not tell rows apart.
    std::unique_ptr<SkillShares> shares;
    std::unique_ptr<RowFilter> any_filter;  // what the others are copied from
    // Each for all segments whose newest jobs are equally old, which nearly all
    // are; made when they are needed.
    std::vector<std::unique_ptr<RowFilter>> filters;
  };

  int64_t Loss(size_t feature, int32_t value) const {
    return int64_t{weights_[feature]} * (kOne - value);
  }
  // What a row of the block that was entered may lose at most.
  int64_t Budget(int32_t least) const { return full_ - SumNeeded(least, of_); }
  // What a row of a node loses at least for a seeker; `too_much` or less.
  // `by_times` is found when it is needed first.
  int64_t LeastLoss(const JobSummary& rows, size_t seeker,
                    const OfSiblings& found, size_t i, int64_t too_much,
                    std::optional<int64_t>& by_times);
  // By what no block of a node is told apart by: dates, freshness, hours, pay.
  int64_t LossByTerms(const JobSummary& rows, size_t seeker, int64_t too_much,
                      std::optional<int64_t>& by_times) const;
  // By DISTANCE, `near` being SharedBounds::Near of rows with a place that
  // passes.
  int64_t LossByDistance(int32_t near, int32_t remote_percent,
                         int64_t too_much) const;
  static int32_t RemotePercent(const JobSummary& rows, const Seeker& own) {
    return own.remote_welcome ? rows.remote_percent : 0;
  }
  // By SKILLS beyond sure_loss, of rows that share no more.
  int64_t LossByShare(uint8_t share) const {
    constexpr int64_t kAll = SkillShares::kAll;
    return weights_[kSkills] * (kAll - share) * kOne / kAll;
  }
  InNode LearnOf(size_t seeker, int64_t by_terms, const JobSiblings& blocks,
                 const NodeRows& node, int64_t too_much) const;
  void EnterSeekers(uint32_t known, const NodeRows& node, int32_t near);
  // Whether rows of a block may lose no more than `budget`.
  bool MayHold(size_t in_node, int64_t budget) const;
  // The rows of a block that may lose no more than `budget`, wherever in it
  // they lie; then those of them that lie near enough are candidates.
  uint64_t FilterBlock(const NodeRows& block, int32_t near, int64_t budget);
  void EnterBlock(const NodeRows& block, bool unplaced, uint64_t rows,
                  int64_t budget);
  RowFilter& FilterOf(size_t seeker, const NodeRows& block);
  RowFilter::Losses RemoteLosses(int32_t near) const;
  // The rows that may lose no more than `budget` if they lie as distances_ say.
  uint64_t FilterSeekers(const NodeRows& block, int64_t budget);
  void AddCandidates(const JobColumns& jobs, uint32_t block, uint64_t rows,
                     int64_t budget);
  void PrefetchCandidates(const JobColumns& jobs, HalfOpen rows) const;
  std::optional<int32_t> ScoreFor(const JobQuery::Row& at, size_t seeker,
                                  int32_t least) const;

  const JobQuery& query_;
  const JobBounds bounds_;
  const QueryWeights<JobQuery> weights_;
  int64_t of_ = 0;               // sum of weights
  int64_t full_ = 0;             // the sum of the best row that there could be
  int64_t sure_loss_ = 0;        // of every row, by SKILLS
  bool remote_welcome_ = false;  // to any seeker
  DistanceLosses distances_{};   // in the block that is looked at
  std::vector<Seeker> seekers_;
  // What was asked of Bound last, and by node that is kept: of each seeker what
  // LossByTerms said; -1: it was not asked.
  std::vector<int64_t> last_terms_;
  std::vector<int64_t> terms_;
  // By node that was learned: of each seeker, and by block what SharedBounds
  // say.
  std::vector<InNode> known_;
  OfSiblings blocks_;  // of the node that is being learned
  std::vector<QuickDistance::Uppers> near_;
  // Of all nodes that were entered, of each a heap, the best on top.
  std::vector<Candidate> candidates_;
  Candidate next_;  // that NextRow named last
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
