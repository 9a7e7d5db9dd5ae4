// PartSearch: the best offers for one part of a package at any home, exactly,
// by reading no more than the neighbourhood and in it only what may win.
//
// Offers stand in cells. In one that may hold the best offer each has a bound
// before it is read (candidates.h), and they are read by falling bounds until
// the next one cannot win: the bound of a cell is then that of an offer with
// the least distance between the cell and a home.
#ifndef HEIMWEG_SERVICES_MATCHING_PART_SEARCH_H_
#define HEIMWEG_SERVICES_MATCHING_PART_SEARCH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "services/matching/candidates.h"
#include "services/matching/cell_grid.h"
#include "services/matching/package_wish.h"

namespace heimweg::matching {

// What of a home counts for the other parts.
struct HomeSpot {
  places::GeoPoint point;  // may be unknown
  int32_t available_day = kNoDay;
  int32_t school_value = 0;  // DATES of every school
};

// Where homes are.
struct HomeArea {
  PointBox box;
  bool known = true;  // false: the place of some home is not
};

// An offer for the part at a home.
struct Pick {
  int32_t score = 0;
  FeatureValue distance;
  FeatureValue date;  // jobs and schools
  Candidate candidate;
};

// Thread-compatible: it remembers what it has read.
class PartSearch {
  // A bound of a cell's offers for homes that are at this distance at least.
  struct NearCell {
    uint32_t cell = 0;
    int32_t bound = 0;
    FeatureValue distance;
  };

 public:
  // What is within reach of homes in an area, cell by cell as it is needed.
  class Reach {
   public:
    // Nothing is.
    bool empty() const { return cells_.empty(); }
    // No offer is worth more, and one is worth as much. Not if it is empty.
    int32_t bound() const { return cells_.front().bound; }

   private:
    friend class PartSearch;

    HomeArea area_;
    std::vector<NearCell> cells_;  // greatest bound first
    size_t next_ = 0;              // of all_: those before were looked at
  };

  // `homes` is where every home lies that is asked for later. `source` and
  // `part` outlive it.
  PartSearch(CandidateSource& source, const WishedPart& part,
             int32_t earliest_day, const HomeArea& homes);

  // What is within reach of homes in `area`.
  Reach Near(const HomeArea& area);
  // Makes bound() right again after offers were used up.
  void Settle(Reach& reach);
  // No offer is worth more to any home; -1: nothing is in reach of any.
  int32_t Most() const { return all_.empty() ? -1 : all_.front().bound; }

  // The best `count` offers for a home, by score, then by name. `reach` is that
  // of an area that holds it.
  std::vector<Pick> Best(const HomeSpot& home, Reach& reach, size_t count);

  // From now on it is left out.
  void UseUp(const Candidate& candidate);

  // Name of a picked offer.
  absl::string_view Name(const Candidate& candidate) const {
    return source_.Name(candidate.segment, candidate.row);
  }

  // Offers that were scored so far.
  int64_t scored() const { return scored_; }

 private:
  // What a cell holds of a segment.
  struct Rows {
    uint32_t segment = 0;
    const CellGrid::Cell* cell = nullptr;
  };
  enum class Where : uint8_t { kPlace, kUnknown, kAnywhere };
  struct Cell {
    Where where = Where::kPlace;
    PointBox box;
    bool remote = false;  // some of it may be done remotely, of each offer
    int32_t remote_percent = 0;  // no offer has more
    // At first the rows are not even known one by one.
    std::vector<Rows> closed;
    int32_t closed_base = -1;
    std::vector<UnreadRow> unread;  // a heap, the greatest base in front
    std::vector<Candidate> read;    // greatest base first

    // No offer that is not read has a greater base; -1: all are read.
    int32_t unread_base() const {
      if (!closed.empty()) return closed_base;
      return unread.empty() ? -1 : unread.front().base;
    }
    int32_t read_base() const { return read.empty() ? -1 : read.front().base; }
    bool unread_may_win() const { return unread_base() > read_base(); }
    // -1: no offers.
    int32_t base() const { return std::max(unread_base(), read_base()); }
  };

  void AddCells(const HomeArea& homes);
  void AddCell(uint32_t segment, const CellGrid::Cell& from, bool remote);
  void AddAnywhere(size_t segment, const CellGrid& grid,
                   const CellGrid::Cell& from);
  void OpenAnywhere();
  void FillAll(const HomeArea& homes);
  bool AddNear(uint32_t cell, const HomeArea& area,
               std::vector<NearCell>& cells) const;
  void SettleFirst(std::vector<NearCell>& cells);
  void LookFurther(Reach& reach) const;
  // No cell that was not looked at has a greater bound; -1: there is none.
  int32_t Rest(const Reach& reach) const {
    return reach.next_ < all_.size() ? all_[reach.next_].bound : -1;
  }
  void Open(Cell& cell);
  std::optional<Candidate> ReadNext(Cell& cell);
  // DISTANCE of an offer at that distance; nothing if it is out of reach.
  std::optional<int32_t> DistanceAt(int64_t chord_squared) const;
  // Unknown where a place is; nothing if the cell is out of reach.
  std::optional<FeatureValue> LeastDistance(const Cell& cell,
                                            const HomeArea& area) const;
  int32_t ScoreOf(int64_t sum_of_others, FeatureValue distance) const;
  int32_t BoundOf(const Cell& cell, FeatureValue distance, int32_t base,
                  int32_t school_value) const;
  std::optional<Pick> PickOf(const Candidate& candidate,
                             const HomeSpot& home) const;
  class Chosen;
  void Choose(Cell& cell, const HomeSpot& home, FeatureValue distance,
              Chosen& chosen);
  bool IsBetter(const Pick& a, const Pick& b) const;

  CandidateSource& source_;
  const WishedPart& part_;
  const int32_t earliest_day_;
  const bool school_;
  std::vector<LabelBound> bounds_;  // by label
  bool some_anywhere_ = false;      // some label's offers may be anywhere
  int32_t most_remote_ = 0;         // of any label
  int32_t most_base_ = 0;           // of any label
  // If minutes limit the way, by these: the greatest chord squared that they
  // reach, and DISTANCE.
  std::vector<int64_t> within_minutes_;
  std::vector<int32_t> by_minutes_;
  std::vector<Cell> cells_;
  // By key, and whether some of it may be done remotely.
  absl::flat_hash_map<std::pair<uint64_t, bool>, size_t> cell_of_;
  // Rows of offers that may be anywhere, by label and segment.
  std::map<std::pair<uint16_t, uint32_t>, std::vector<uint32_t>> anywhere_;
  // By bounds of any home, as they were at first: the greatest in front.
  std::vector<NearCell> all_;
  absl::flat_hash_set<std::pair<uint32_t, uint32_t>> used_up_;
  int64_t scored_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PART_SEARCH_H_
