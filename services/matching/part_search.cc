#include "services/matching/part_search.h"

#include <algorithm>
#include <optional>

#include "services/matching/features/distance.h"
#include "services/matching/package_rules.h"

namespace heimweg::matching {

struct PartSearch::Asked {
  size_t count;
  const Uses& uses;
  int most_uses;

  // What an offer must reach to be among the best.
  int32_t Least(const std::vector<Pick>& best) const {
    return best.size() < count ? 0 : best.back().score;
  }
};

PartSearch::PartSearch(const CandidateSource& source, const WishedPart& part,
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
    bounds_.push_back(source.Bound(label));
    some_anywhere_ = some_anywhere_ || bounds_.back().anywhere;
  }
  AddCells(homes);
  AddAnywhere();
  for (Cell& cell : cells_) {
    std::stable_sort(
        cell.groups.begin(), cell.groups.end(),
        [](const Group& a, const Group& b) { return a.base > b.base; });
  }
}

void PartSearch::AddCells(const HomeArea& homes) {
  for (size_t segment = 0; segment < source_.segments(); ++segment) {
    const CellGrid& grid = source_.Grid(segment);
    for (const CellGrid::Cell& cell : grid.cells()) {
      const bool near =
          !homes.known || cell.key == CellGrid::kNowhere ||
          LeastChordSquared(homes.box, cell.box) <= part_.reach.chord_within;
      if (!near && !some_anywhere_) continue;
      for (const CellGrid::Group& group : grid.Groups(cell)) {
        const LabelBound& bound = bounds_[group.label];
        if (bound.none) continue;
        if (bound.anywhere) {
          const auto rows = grid.Rows(group);
          std::vector<uint32_t>& all =
              anywhere_[{group.label, static_cast<uint32_t>(segment)}];
          all.insert(all.end(), rows.begin(), rows.end());
        } else if (near) {
          AddGroup(cell.key, cell.box, segment, grid, group);
        }
      }
    }
  }
}

void PartSearch::AddGroup(uint64_t key, const PointBox& box, size_t segment,
                          const CellGrid& grid, const CellGrid::Group& group) {
  const LabelBound& bound = bounds_[group.label];
  const auto [found, is_new] = cell_of_.try_emplace(
      std::pair(key, bound.remote_percent > 0), cells_.size());
  if (is_new) cells_.emplace_back();
  Cell& cell = cells_[found->second];
  cell.where = key == CellGrid::kNowhere ? Where::kUnknown : Where::kPlace;
  cell.box.Add(box);
  cell.remote_percent = std::max(cell.remote_percent, bound.remote_percent);
  Group& added = cell.groups.emplace_back();
  added.base = bound.base;
  added.segment = static_cast<uint32_t>(segment);
  added.label = group.label;
  added.rows = grid.Rows(group);
}

void PartSearch::AddAnywhere() {
  if (anywhere_.empty()) return;
  Cell& cell = cells_.emplace_back();
  cell.where = Where::kAnywhere;
  for (const auto& [of, rows] : anywhere_) {
    Group& added = cell.groups.emplace_back();
    added.base = bounds_[of.first].base;
    added.label = of.first;
    added.segment = of.second;
    added.rows = rows;
  }
}

void PartSearch::Read(Cell& cell) {
  Group& group = cell.groups[cell.read++];
  source_.Collect(group.segment, group.rows, group.candidates);
  scored_ += static_cast<int64_t>(group.rows.size());
  std::sort(
      group.candidates.begin(), group.candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.base > b.base; });
  if (!group.candidates.empty()) {
    cell.best_read = std::max(cell.best_read, group.candidates.front().base);
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

std::vector<PartSearch::Reach> PartSearch::Near(const HomeArea& area) {
  std::vector<Reach> reaches;
  for (uint32_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].base() < 0) continue;
    const auto distance = LeastDistance(cells_[i], area);
    if (!distance) continue;
    reaches.push_back(
        {i, BoundOf(cells_[i], *distance, cells_[i].base(), kOne)});
  }
  ReadUntilRead(reaches, area);
  std::sort(reaches.begin(), reaches.end(),
            [](const Reach& a, const Reach& b) { return a.bound > b.bound; });
  return reaches;
}

void PartSearch::ReadUntilRead(std::vector<Reach>& reaches,
                               const HomeArea& area) {
  const auto lower = [](const Reach& a, const Reach& b) {
    return a.bound < b.bound;
  };
  std::make_heap(reaches.begin(), reaches.end(), lower);
  while (!reaches.empty()) {
    Cell& cell = cells_[reaches.front().cell];
    if (!cell.unread_may_win()) return;
    Read(cell);
    std::pop_heap(reaches.begin(), reaches.end(), lower);
    if (cell.base() < 0) {
      reaches.pop_back();
      continue;
    }
    reaches.back().bound =
        BoundOf(cell, *LeastDistance(cell, area), cell.base(), kOne);
    std::push_heap(reaches.begin(), reaches.end(), lower);
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

void PartSearch::Choose(const Cell& cell, const Group& group,
                        const HomeSpot& home, FeatureValue distance,
                        const Asked& asked, std::vector<Pick>& best) {
  const auto better = [this](const Pick& a, const Pick& b) {
    return IsBetter(a, b);
  };
  for (const Candidate& candidate : group.candidates) {
    const int32_t bound =
        BoundOf(cell, distance, candidate.base, home.school_value);
    if (bound < asked.Least(best)) break;
    const auto used =
        asked.uses.find(std::pair(candidate.segment, candidate.row));
    if (used != asked.uses.end() && used->second >= asked.most_uses) continue;
    const std::optional<Pick> pick = PickOf(candidate, home);
    if (!pick || pick->score < asked.Least(best)) continue;
    best.insert(std::upper_bound(best.begin(), best.end(), *pick, better),
                *pick);
    if (best.size() > asked.count) best.pop_back();
  }
}

void PartSearch::Choose(Cell& cell, const HomeSpot& home, FeatureValue distance,
                        const Asked& asked, std::vector<Pick>& best) {
  for (size_t i = 0; i < cell.groups.size(); ++i) {
    const bool unread = i >= cell.read;
    const Group& group = cell.groups[i];
    if (!unread && group.candidates.empty()) continue;
    const int32_t base = unread ? group.base : group.candidates.front().base;
    const int32_t bound = BoundOf(cell, distance, base, home.school_value);
    if (bound < asked.Least(best)) {
      if (unread) return;  // and so are the rest
      continue;
    }
    if (unread) Read(cell);
    Choose(cell, group, home, distance, asked, best);
  }
}

std::vector<Pick> PartSearch::Best(const HomeSpot& home,
                                   absl::Span<const Reach> reaches,
                                   size_t count, const Uses& uses,
                                   int most_uses) {
  const Asked asked = {count, uses, most_uses};
  HomeArea spot;
  spot.known = IsKnown(home.point);
  spot.box.Add(home.point);
  std::vector<Pick> best;
  for (const Reach& reach : reaches) {
    if (reach.bound < asked.Least(best)) break;
    Cell& cell = cells_[reach.cell];
    const auto distance = LeastDistance(cell, spot);
    if (!distance || cell.base() < 0) continue;
    if (BoundOf(cell, *distance, cell.base(), home.school_value) <
        asked.Least(best)) {
      continue;
    }
    Choose(cell, home, *distance, asked, best);
  }
  return best;
}

}  // namespace heimweg::matching
