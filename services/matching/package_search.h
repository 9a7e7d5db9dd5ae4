// PackageSearch: the packages of a household, the best first, exactly what
// building every package would give: a rank-join of homes with the offers
// around them, by bounds. Homes stand in cells; a cell has a bound from its
// best home and the best offers within reach of it, so that of most cells no
// home is looked at, and of most homes no offer.
#ifndef HEIMWEG_SERVICES_MATCHING_PACKAGE_SEARCH_H_
#define HEIMWEG_SERVICES_MATCHING_PACKAGE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "services/matching/candidates.h"
#include "services/matching/home_query.h"
#include "services/matching/job_assignment.h"
#include "services/matching/package_homes.h"
#include "services/matching/package_rules.h"
#include "services/matching/package_wish.h"
#include "services/matching/part_search.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// A home with what was found for each of PackageWish::parts.
struct FoundPackage {
  HomeAt home;
  int missing = 0;
  int32_t score = 0;
  std::vector<std::optional<Pick>> picks;
};

// Thread-compatible.
class PackageSearch {
 public:
  // Snapshot and wish outlive it.
  PackageSearch(const Snapshot& snapshot, const PackageWish& wish,
                Variety variety, std::function<bool()> cancelled);

  // Must be true before the first Next; false if `cancelled` said so.
  bool Start();

  // The next package; nothing if there is none, or if it was cancelled.
  std::optional<FoundPackage> Next();
  bool was_cancelled() const { return cancelled_; }

  // Those that meet every condition, in no order.
  const std::vector<HomeAt>& homes() const { return homes_.all(); }
  const HomeQuery& home_query() const { return homes_.query(); }
  const JobQuery* job_query() const { return job_query_.get(); }
  const ContactQuery& contact_query(size_t part) const {
    return contact_queries_[wish_.parts[part].index];
  }
  const CandidateSource& source(size_t part) const { return *sources_[part]; }
  // The best `count` offers for a part at the home of a package.
  std::vector<Pick> Best(const FoundPackage& package, size_t part,
                         size_t count);

  // Homes and other offers that were scored so far.
  int64_t scored() const;

 private:
  static constexpr size_t kUsualParts = 7;
  using Scores = absl::InlinedVector<int32_t, kUsualParts>;  // by part

  enum class Stage : uint8_t { kCell, kReached, kHome, kDone };
  // What is still to be looked at, by what it may be worth.
  struct Node {
    int missing = 0;
    int32_t bound = 0;
    int used_up = 0;  // jobs of which the bound knows that they are used up
    Stage stage = Stage::kCell;
    size_t cell = 0;
    size_t next = 0;  // kReached, kHome: place of the home in its cell
    std::shared_ptr<FoundPackage> package;  // kDone
  };
  struct IsLater;

  void AddSchoolStart(HomeAt& home) const;
  void MakeParts(const HomeArea& everywhere);
  void PushCells();
  void Reach(size_t cell);
  void PushHomes(size_t cell, size_t next);
  Node NodeOf(size_t cell, size_t next, Stage stage);
  void Push(Node node);
  void PushAgain(const Node& outdated);
  void Complete(const Node& node);
  bool IsStale(const FoundPackage& package) const;
  bool IsUsedUp(const HomeAt& home) const;
  void Use(const FoundPackage& package);
  FoundPackage Build(const HomeAt& home, HomeCell& cell);
  void ChooseJobs(const JobChoices& choices, Scores& scores,
                  FoundPackage& package) const;
  int32_t ScoreOf(int32_t home, const Scores& parts) const;
  bool IsCancelled();

  const Snapshot& snapshot_;
  const PackageWish& wish_;
  const Variety variety_;
  const std::function<bool()> asked_to_stop_;
  bool cancelled_ = false;
  PackageHomes homes_;
  std::unique_ptr<JobQuery> job_query_;  // null without seekers
  std::deque<ContactQuery> contact_queries_;
  std::vector<std::unique_ptr<CandidateSource>> sources_;
  std::vector<std::unique_ptr<PartSearch>> searches_;
  std::vector<Node> queue_;  // a heap, what comes next in front
  // By segment and row of a job: the packages that it was used in.
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, int> uses_;
  int used_up_ = 0;  // jobs
  absl::flat_hash_set<uint32_t> used_regions_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PACKAGE_SEARCH_H_
