// PackageHomes: the homes that meet every condition of a household, by cells in
// which they lie together. What is around a cell is PackageSearch's affair.
#ifndef HEIMWEG_SERVICES_MATCHING_PACKAGE_HOMES_H_
#define HEIMWEG_SERVICES_MATCHING_PACKAGE_HOMES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "services/matching/home_query.h"
#include "services/matching/package_rules.h"
#include "services/matching/part_search.h"
#include "services/matching/scan.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

struct HomeAt {
  int32_t score = 0;
  size_t segment = 0;
  uint32_t row = 0;
  HomeSpot spot;
  // Of a home in a package only, and so is spot.school_value.
  SchoolStart school_start;
};

// What a list of packages may not repeat.
enum class Variety : uint8_t {
  kPackages,        // homes, and jobs more than kMostUsesOfAJob times
  kDistricts,       // the first 5 digits of the home's AGS
  kMunicipalities,  // all 8
};

// Digits of the AGS by which regions differ.
inline uint32_t RegionDigits(Variety variety) {
  return variety == Variety::kDistricts ? 5 : 8;
}

inline constexpr size_t kNoCell = SIZE_MAX;

// Homes of a cube of CellGrid, or of a part of a cell.
struct HomeCell {
  HomeArea area;
  size_t whole = kNoCell;     // the cell that it is a part of
  std::vector<size_t> homes;  // numbers, the best first
  // What is around it, once it was looked for.
  std::vector<PartSearch::Reach> reaches;  // by part
  int used_up = 0;  // jobs of which the reaches know that they are used up
};

// Thread-compatible.
class PackageHomes {
 public:
  // Snapshot and wish outlive it.
  PackageHomes(const Snapshot& snapshot, const Wish& wish, Variety variety);

  // Must be true before all that follows; false as soon as `cancelled` is.
  bool Collect(absl::FunctionRef<bool()> cancelled);

  // By number, in no order.
  const std::vector<HomeAt>& all() const { return homes_; }
  // Where all of them are.
  HomeArea everywhere() const;
  // That were looked at.
  int64_t scored() const { return scored_; }
  const HomeQuery& query() const { return query_; }
  absl::string_view NameOf(const HomeAt& home) const {
    return query_.view().segments[home.segment].segment->cards.NameAt(home.row);
  }
  // 0: not known; with Variety::kPackages, which knows none, too.
  uint32_t RegionOf(const HomeAt& home) const;

  size_t cells() const { return cells_.size(); }
  HomeCell& cell(size_t at) { return cells_[at]; }
  const HomeAt& HomeIn(size_t cell, size_t next) const {
    return homes_[cells_[cell].homes[next]];
  }
  // Whether its parts have much less around them.
  bool IsWorthSplitting(const HomeCell& cell) const;
  // By the halves of its box in each direction. Returns the new cells.
  std::vector<size_t> Split(size_t at);

 private:
  void Add(const HomeQuery::Row& at);
  void MakeCells();

  const Snapshot& snapshot_;
  const Wish& wish_;
  const Variety variety_;
  const HomeQuery query_;
  const QueryWeights<HomeQuery> weights_;
  std::vector<HomeAt> homes_;
  int64_t scored_ = 0;
  std::deque<HomeCell> cells_;  // they stay where they are
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PACKAGE_HOMES_H_
