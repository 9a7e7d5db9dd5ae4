#include "services/matching/part_search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/matching/features/distance.h"
#include "services/matching/package_rules.h"

namespace heimweg::matching {
namespace {

// The order of a heap with the greatest base in front.
bool HasLowerBase(const UnreadRow& a, const UnreadRow& b) {
  return a.base < b.base;
}

}  // namespace

// The best of what was offered so far, the best first.
class PartSearch::Chosen {
 public:
  Chosen(const PartSearch& search, size_t count)
      : search_(search), count_(count) {}

  // What an offer must reach to be among them.
  int32_t Least() const {
    return best_.size() < count_ ? 0 : best_.back().score;
  }
  void Offer(const Candidate& candidate, const HomeSpot& home) {
    const std::optional<Pick> pick = search_.PickOf(candidate, home);
    if (!pick || pick->score < Least()) return;
    const auto better = [this](const Pick& a, const Pick& b) {
      return search_.IsBetter(a, b);
    };
    best_.insert(std::upper_bound(best_.begin(), best_.end(), *pick, better),
                 *pick);
    if (best_.size() > count_) best_.pop_back();
  }
  std::vector<Pick> Take() { return std::move(best_); }

 private:
  const PartSearch& search_;
  const size_t count_;
  std::vector<Pick> best_;
};

PartSearch::PartSearch(CandidateSource& source, const WishedPart& part,
                       int32_t earliest_day, const HomeArea& homes)
    : source_(source),
      part_(part),
      earliest_day_(earliest_day),
      school_(part.kind == v1::PACKAGE_PART_KIND_SCHOOL) {
  if (part.reach.limit == Anchor::Limit::kMinutes) {
    for (int32_t minutes = 0; minutes <= part.reach.minutes; ++minutes) {
      within_minutes_.push_back(ChordWithinMinutes(minutes, part.reach.mode));
      by_minutes_.push_back(
          Decay(2 * int64_t{minutes}, part.reach.minutes).OrNeutral());
    }
  }
  bounds_.reserve(source.labels());
  for (uint16_t label = 0; label < source.labels(); ++label) {
    const LabelBound& bound = bounds_.emplace_back(source.Bound(label));
    some_anywhere_ = some_anywhere_ || bound.anywhere;
    most_remote_ = std::max(most_remote_, bound.remote_percent);
    most_base_ = std::max(most_base_, bound.base);
  }
  AddCells(homes);
  OpenAnywhere();
  FillAll(homes);
}

void PartSearch::AddCells(const HomeArea& homes) {
  for (uint32_t segment = 0; segment < source_.segments(); ++segment) {
    const CellGrid& grid = source_.Grid(segment);
    for (const CellGrid::Cell& cell : grid.cells()) {
      if (some_anywhere_) AddAnywhere(segment, grid, cell);
      if (homes.known && cell.key != CellGrid::kNowhere &&
          LeastChordSquared(homes.box, cell.box) > part_.reach.chord_within) {
        continue;
      }
      AddCell(segment, cell, false);
      if (most_remote_ > 0) AddCell(segment, cell, true);
    }
  }
}

void PartSearch::AddAnywhere(size_t segment, const CellGrid& grid,
                             const CellGrid::Cell& from) {
  for (const CellGrid::Group& group : grid.Groups(from)) {
    if (!bounds_[group.label].anywhere) continue;
    const auto rows = grid.Rows(group);
    std::vector<uint32_t>& all =
        anywhere_[{group.label, static_cast<uint32_t>(segment)}];
    all.insert(all.end(), rows.begin(), rows.end());
  }
}

void PartSearch::AddCell(uint32_t segment, const CellGrid::Cell& from,
                         bool remote) {
  const auto [found, is_new] =
      cell_of_.try_emplace(std::pair(from.key, remote), cells_.size());
  if (is_new) cells_.emplace_back();
  Cell& cell = cells_[found->second];
  cell.where = from.key == CellGrid::kNowhere ? Where::kUnknown : Where::kPlace;
  cell.box.Add(from.box);
  cell.remote = remote;
  cell.remote_percent = remote ? most_remote_ : 0;
  cell.closed_base = most_base_;
  cell.closed.push_back({segment, &from});
}

void PartSearch::OpenAnywhere() {
  if (anywhere_.empty()) return;
  Cell& cell = cells_.emplace_back();
  cell.where = Where::kAnywhere;
  for (const auto& [of, rows] : anywhere_) {
    source_.AddUnread(of.second, of.first, rows, cell.unread);
  }
  std::make_heap(cell.unread.begin(), cell.unread.end(), HasLowerBase);
}

// Where the place of some home is not known, any may be at the best distance.
void PartSearch::FillAll(const HomeArea& homes) {
  for (uint32_t i = 0; i < cells_.size(); ++i) {
    if (homes.known) {
      AddNear(i, homes, all_);
    } else if (cells_[i].base() >= 0) {
      const FeatureValue best(kOne);
      all_.push_back(
          {i, BoundOf(cells_[i], best, cells_[i].base(), kOne), best});
    }
  }
  std::sort(all_.begin(), all_.end(), [](const NearCell& a, const NearCell& b) {
    return a.bound > b.bound;
  });
  SettleFirst(all_);
}

void PartSearch::Open(Cell& cell) {
  for (const Rows& from : cell.closed) {
    const CellGrid& grid = source_.Grid(from.segment);
    for (const CellGrid::Group& group : grid.Groups(*from.cell)) {
      const LabelBound& bound = bounds_[group.label];
      if (bound.none || bound.anywhere ||
          (bound.remote_percent > 0) != cell.remote) {
        continue;
      }
      source_.AddUnread(from.segment, group.label, grid.Rows(group),
                        cell.unread);
    }
  }
  cell.closed.clear();
  std::make_heap(cell.unread.begin(), cell.unread.end(), HasLowerBase);
}

// The next row of the cell, if it is a candidate. Of a closed cell: nothing
// before it is open.
std::optional<Candidate> PartSearch::ReadNext(Cell& cell) {
  if (!cell.closed.empty()) {
    Open(cell);
    return std::nullopt;
  }
  std::pop_heap(cell.unread.begin(), cell.unread.end(), HasLowerBase);
  const UnreadRow next = cell.unread.back();
  cell.unread.pop_back();
  if (used_up_.contains(std::pair(next.segment, next.row))) return std::nullopt;
  ++scored_;
  const std::optional<Candidate> candidate =
      source_.Read(next.segment, next.row);
  if (!candidate) return std::nullopt;
  cell.read.insert(
      std::upper_bound(cell.read.begin(), cell.read.end(), *candidate,
                       [](const Candidate& a, const Candidate& b) {
                         return a.base > b.base;
                       }),
      *candidate);
  return candidate;
}

void PartSearch::UseUp(const Candidate& candidate) {
  used_up_.insert(std::pair(candidate.segment, candidate.row));
  for (Cell& cell : cells_) {
    std::erase_if(cell.read, [&](const Candidate& other) {
      return other.segment == candidate.segment && other.row == candidate.row;
    });
  }
}

std::optional<int32_t> PartSearch::DistanceAt(int64_t chord_squared) const {
  const Anchor& reach = part_.reach;
  if (chord_squared > reach.chord_within) return std::nullopt;
  if (by_minutes_.empty()) {
    return AnchorFeature(reach, places::DistanceMeters(chord_squared))
        .OrNeutral();
  }
  // The fewest minutes that hold it: some do, since the last ones are the
  // limit.
  const auto minutes = std::lower_bound(within_minutes_.begin(),
                                        within_minutes_.end(), chord_squared);
  return by_minutes_[static_cast<size_t>(minutes - within_minutes_.begin())];
}

std::optional<FeatureValue> PartSearch::LeastDistance(
    const Cell& cell, const HomeArea& area) const {
  if (cell.where == Where::kAnywhere) return FeatureValue(kOne);
  if (cell.where == Where::kUnknown || !area.known) return FeatureValue();
  const auto value = DistanceAt(LeastChordSquared(cell.box, area.box));
  if (!value) return std::nullopt;
  return FeatureValue(*value);
}

int32_t PartSearch::ScoreOf(int64_t sum_of_others,
                            FeatureValue distance) const {
  const int32_t of = source_.weights();
  if (of == 0) return 0;
  return static_cast<int32_t>(
      (sum_of_others +
       int64_t{source_.distance_weight()} * distance.OrNeutral()) /
      of);
}

int32_t PartSearch::BoundOf(const Cell& cell, FeatureValue distance,
                            int32_t base, int32_t school_value) const {
  const int64_t dates =
      school_ ? int64_t{source_.date_weight()} * school_value : 0;
  return ScoreOf(base + dates, WithRemoteShare(distance, cell.remote_percent));
}

// False if the cell is out of reach.
bool PartSearch::AddNear(uint32_t at, const HomeArea& area,
                         std::vector<NearCell>& cells) const {
  const Cell& cell = cells_[at];
  const int32_t base = cell.base();
  if (base < 0) return false;
  const auto distance = LeastDistance(cell, area);
  if (!distance) return false;
  cells.push_back({at, BoundOf(cell, *distance, base, kOne), *distance});
  return true;
}

PartSearch::Reach PartSearch::Near(const HomeArea& area) {
  Reach reach;
  reach.area_ = area;
  Settle(reach);
  return reach;
}

void PartSearch::LookFurther(Reach& reach) const {
  std::vector<NearCell>& cells = reach.cells_;
  if (!AddNear(all_[reach.next_++].cell, reach.area_, cells)) return;
  const auto added = cells.end() - 1;
  const auto place = std::upper_bound(
      cells.begin(), added, *added,
      [](const NearCell& a, const NearCell& b) { return a.bound > b.bound; });
  std::rotate(place, added, cells.end());
}

void PartSearch::Settle(Reach& reach) {
  while (true) {
    SettleFirst(reach.cells_);
    const int32_t rest = Rest(reach);
    if (rest < 0 || (!reach.empty() && reach.bound() >= rest)) return;
    LookFurther(reach);
  }
}

// Until the bound of the first is that of an offer which was read.
void PartSearch::SettleFirst(std::vector<NearCell>& cells) {
  while (!cells.empty()) {
    NearCell first = cells.front();
    Cell& cell = cells_[first.cell];
    if (cell.base() < 0) {
      cells.erase(cells.begin());
      continue;
    }
    // What was read or used up since may have lowered it.
    const int32_t bound = BoundOf(cell, first.distance, cell.base(), kOne);
    if (bound < first.bound) {
      first.bound = bound;
      const auto place = std::partition_point(
          cells.begin() + 1, cells.end(),
          [bound](const NearCell& other) { return other.bound > bound; });
      *std::move(cells.begin() + 1, place, cells.begin()) = first;
    } else if (cell.unread_may_win()) {
      ReadNext(cell);
    } else {
      return;
    }
  }
}

std::optional<Pick> PartSearch::PickOf(const Candidate& candidate,
                                       const HomeSpot& home) const {
  Pick pick;
  if (candidate.remote_percent == 100) {
    pick.distance = FeatureValue(kOne);
  } else if (IsKnown(candidate.point) && IsKnown(home.point)) {
    const auto distance =
        DistanceAt(places::ChordSquared(candidate.point, home.point));
    if (!distance) return std::nullopt;
    pick.distance =
        WithRemoteShare(FeatureValue(*distance), candidate.remote_percent);
  }
  int64_t sum = candidate.fixed;
  if (school_) {
    pick.date = FeatureValue(home.school_value);
    sum += int64_t{source_.date_weight()} * home.school_value;
  } else if (part_.kind == v1::PACKAGE_PART_KIND_JOB) {
    const int64_t gap =
        GapDays(earliest_day_, candidate.start_day, home.available_day);
    if (gap > kMostGapDays) return std::nullopt;
    pick.date = PackageJobDate(candidate.date, gap);
    sum += int64_t{source_.date_weight()} * pick.date.OrNeutral();
  }
  pick.score = ScoreOf(sum, pick.distance);
  pick.candidate = candidate;
  return pick;
}

bool PartSearch::IsBetter(const Pick& a, const Pick& b) const {
  if (a.score != b.score) return a.score > b.score;
  return Name(a.candidate) < Name(b.candidate);
}

void PartSearch::Choose(Cell& cell, const HomeSpot& home, FeatureValue distance,
                        Chosen& chosen) {
  const auto may_be_chosen = [&](int32_t base) {
    return BoundOf(cell, distance, base, home.school_value) >= chosen.Least();
  };
  for (const Candidate& candidate : cell.read) {
    if (!may_be_chosen(candidate.base)) break;
    chosen.Offer(candidate, home);
  }
  while (cell.unread_base() >= 0 && may_be_chosen(cell.unread_base())) {
    const std::optional<Candidate> candidate = ReadNext(cell);
    if (candidate) chosen.Offer(*candidate, home);
  }
}

std::vector<Pick> PartSearch::Best(const HomeSpot& home, Reach& reach,
                                   size_t count) {
  HomeArea spot;
  spot.known = IsKnown(home.point);
  spot.box.Add(home.point);
  Chosen chosen(*this, count);
  for (size_t i = 0;;) {
    const int32_t rest = Rest(reach);
    const int32_t bound = i < reach.cells_.size() ? reach.cells_[i].bound : -1;
    if (std::max(rest, bound) < chosen.Least()) break;
    if (rest > bound) {
      // What is added is worth no more than the rest was: it comes at i or
      // later, since all before i are worth as much as the rest was.
      LookFurther(reach);
      continue;
    }
    Cell& cell = cells_[reach.cells_[i++].cell];
    if (cell.base() < 0) continue;
    const auto distance = LeastDistance(cell, spot);
    if (distance) Choose(cell, home, *distance, chosen);
  }
  return chosen.Take();
}

}  // namespace heimweg::matching
