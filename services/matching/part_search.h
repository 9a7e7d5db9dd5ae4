// PartSearch: the best offers for one part of a package at any home, exactly,
// by reading no more than the neighbourhood and in it only what may win.
//
// Offers stand in cells, and in a cell in groups whose bound is known before
// they are read (candidates.h). The bound of a group with the least distance
// between a home and its cell is one of the scores of its offers there, so that
// groups are read by falling bounds until the next one cannot win.
#ifndef HEIMWEG_SERVICES_MATCHING_PART_SEARCH_H_
#define HEIMWEG_SERVICES_MATCHING_PART_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
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

// Offers that are used up.
using Uses = absl::flat_hash_map<std::pair<uint32_t, uint32_t>, int>;

// Thread-compatible: it remembers what it has read.
class PartSearch {
 public:
  // A cell near some homes and a bound of its offers' scores there.
  struct Reach {
    uint32_t cell = 0;
    int32_t bound = 0;
  };

  // `homes` is where every home lies that is asked for later. `source` and
  // `part` outlive it.
  PartSearch(const CandidateSource& source, const WishedPart& part,
             int32_t earliest_day, const HomeArea& homes);

  // The cells within reach of homes in `area`, the greatest bound first, which
  // is one that an offer gave. Empty: there is nothing for any of these homes.
  std::vector<Reach> Near(const HomeArea& area);

  // The best `count` offers for a home, by score, then by name. `reaches` are
  // those of an area that holds it. Offers with `most_uses` in `uses` are left
  // out.
  std::vector<Pick> Best(const HomeSpot& home, absl::Span<const Reach> reaches,
                         size_t count, const Uses& uses, int most_uses);

  // Name of a picked offer.
  absl::string_view Name(const Candidate& candidate) const {
    return source_.Name(candidate.segment, candidate.row);
  }

  // Offers that were scored so far.
  int64_t scored() const { return scored_; }

 private:
  struct Group {
    int32_t base = 0;
    uint32_t segment = 0;
    uint16_t label = 0;
    absl::Span<const uint32_t> rows;
    std::vector<Candidate> candidates;  // once it is read; greatest base first
  };
  enum class Where : uint8_t { kPlace, kUnknown, kAnywhere };
  struct Cell {
    Where where = Where::kPlace;
    PointBox box;
    int32_t remote_percent = 0;  // no offer has more
    std::vector<Group> groups;   // greatest bound first
    size_t read = 0;             // groups that are read
    int32_t best_read = -1;      // greatest base of these; -1: none

    bool unread_may_win() const {
      return read < groups.size() && groups[read].base > best_read;
    }
    // -1: no offers.
    int32_t base() const {
      return unread_may_win() ? groups[read].base : best_read;
    }
  };

  void AddCells(const HomeArea& homes);
  void AddGroup(uint64_t key, const PointBox& box, size_t segment,
                const CellGrid& grid, const CellGrid::Group& group);
  void AddAnywhere();
  void Read(Cell& cell);
  void ReadUntilRead(std::vector<Reach>& reaches, const HomeArea& area);
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
  struct Asked;
  void Choose(Cell& cell, const HomeSpot& home, FeatureValue distance,
              const Asked& asked, std::vector<Pick>& best);
  void Choose(const Cell& cell, const Group& group, const HomeSpot& home,
              FeatureValue distance, const Asked& asked,
              std::vector<Pick>& best);
  bool IsBetter(const Pick& a, const Pick& b) const;

  const CandidateSource& source_;
  const WishedPart& part_;
  const int32_t earliest_day_;
  const bool school_;
  std::vector<LabelBound> bounds_;  // by label
  bool some_anywhere_ = false;      // some label's offers may be anywhere
  // If minutes limit the way, by these: the greatest chord squared that they
  // reach, and DISTANCE.
  std::vector<int64_t> within_minutes_;
  std::vector<int32_t> by_minutes_;
  std::vector<Cell> cells_;
  absl::flat_hash_map<std::pair<uint64_t, bool>, size_t> cell_of_;
  // Rows of offers that may be anywhere, by label and segment.
  std::map<std::pair<uint16_t, uint32_t>, std::vector<uint32_t>> anywhere_;
  int64_t scored_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PART_SEARCH_H_
