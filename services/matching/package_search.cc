#include "services/matching/package_search.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/matching/package_rules.h"

namespace heimweg::matching {
namespace {

// False if AreaConstraint fails for every point of the box.
bool AreaMayHold(const std::vector<Anchor>& anchors, const PointBox& box) {
  bool choice = false;
  bool chosen = false;
  for (const Anchor& anchor : anchors) {
    if (anchor.limit == Anchor::Limit::kNone) continue;
    const bool inside = LeastChordSquared({anchor.point, anchor.point}, box) <=
                        anchor.chord_within;
    if (anchor.required && !inside) return false;
    choice = choice || !anchor.required;
    chosen = chosen || (!anchor.required && inside);
  }
  return !choice || chosen;
}

}  // namespace

// Fewer missing parts first, then the greater bound; what is not done yet
// before what is, because it may be worth the same and bear a lower name.
struct PackageSearch::IsLater {
  const PackageSearch& search;

  bool operator()(const Node& a, const Node& b) const {
    if (a.missing != b.missing) return a.missing > b.missing;
    if (a.bound != b.bound) return a.bound < b.bound;
    if (a.stage != b.stage) return a.stage > b.stage;
    if (a.stage != Stage::kDone) {
      return std::pair(a.cell, a.next) > std::pair(b.cell, b.next);
    }
    return search.NameOf(a.package->home) > search.NameOf(b.package->home);
  }
};

PackageSearch::PackageSearch(const Snapshot& snapshot, const PackageWish& wish,
                             Variety variety, std::function<bool()> cancelled)
    : snapshot_(snapshot),
      wish_(wish),
      variety_(variety),
      asked_to_stop_(std::move(cancelled)),
      home_query_(*snapshot.homes, wish.home),
      home_weights_(WeightsOf(wish.home, HomeQuery::kFeatures)) {}

bool PackageSearch::IsCancelled() {
  cancelled_ = cancelled_ || (asked_to_stop_ && asked_to_stop_());
  return cancelled_;
}

bool PackageSearch::Start() {
  CollectHomes();
  if (IsCancelled()) return false;
  // Without a home there is no area to search parts in.
  if (homes_.empty()) return true;
  MakeCells();
  HomeArea everywhere;
  for (const HomeCell& cell : cells_) {
    everywhere.known = everywhere.known && cell.area.known;
    if (cell.area.known) everywhere.box.Add(cell.area.box);
  }
  MakeParts(everywhere);
  PushCells();
  return !IsCancelled();
}

// Each by its best home with what the parts are worth wherever a home is.
void PackageSearch::PushCells() {
  Node node;
  Scores most;
  for (const auto& search : searches_) {
    if (search->Most() < 0) ++node.missing;
    most.push_back(std::max(search->Most(), 0));
  }
  for (node.cell = 0; node.cell < cells_.size(); ++node.cell) {
    node.bound = ScoreOf(homes_[cells_[node.cell].homes.front()].score, most);
    Push(node);
  }
}

void PackageSearch::CollectHomes() {
  const ShelfView<HomeColumns>& view = *snapshot_.homes;
  for (size_t segment = 0; segment < view.segments.size(); ++segment) {
    const SegmentView<HomeColumns>& rows = view.segments[segment];
    const CellGrid& grid = rows.segment->columns.grid();
    for (const CellGrid::Cell& cell : grid.cells()) {
      if (cell.key != CellGrid::kNowhere &&
          !AreaMayHold(wish_.home.anchors, cell.box)) {
        continue;
      }
      if (IsCancelled()) return;
      for (const CellGrid::Group& group : grid.Groups(cell)) {
        for (const uint32_t row : grid.Rows(group)) {
          if (rows.IsLive(row)) AddHome(RowOf(view, segment, row));
        }
      }
    }
  }
}

void PackageSearch::AddHome(const HomeQuery::Row& at) {
  ++homes_scored_;
  const std::optional<Ranked> ranked =
      BestSeeker(home_query_, home_weights_, at);
  if (!ranked) return;
  HomeAt home;
  home.score = ranked->score;
  home.segment = at.segment;
  home.row = at.row;
  home.spot.point = at.columns.common.point[at.row];
  home.spot.available_day = at.columns.available_day[at.row];
  if (variety_ != Variety::kPackages && RegionOf(home) == 0) return;
  homes_.push_back(home);
}

void PackageSearch::AddSchoolStart(HomeAt& home) const {
  // kNoDay is before every day.
  const int32_t first =
      std::max(wish_.home.earliest_day, home.spot.available_day);
  home.school_start = NearestSchoolStart(
      first, wish_.home.latest_day.value_or(first + kDaysInAYear));
  home.spot.school_value =
      Decay(home.school_start.days_beside, kDateDecayDays).OrNeutral();
}

uint32_t PackageSearch::RegionOf(const HomeAt& home) const {
  const AgsCode code =
      AgsCode::Unpacked(snapshot_.homes->segments[home.segment]
                            .segment->columns.common.ags[home.row]);
  const uint32_t digits = RegionDigits(variety_);
  return code.length < digits ? 0 : code.Leading(digits);
}

void PackageSearch::MakeCells() {
  std::vector<std::pair<uint64_t, size_t>> by_cell;
  for (size_t i = 0; i < homes_.size(); ++i) {
    by_cell.emplace_back(CellGrid::KeyOf(homes_[i].spot.point), i);
  }
  std::sort(by_cell.begin(), by_cell.end());
  for (size_t i = 0; i < by_cell.size(); ++i) {
    const auto& [key, home] = by_cell[i];
    if (i == 0 || by_cell[i - 1].first != key) cells_.emplace_back();
    HomeCell& cell = cells_.back();
    cell.area.known = key != CellGrid::kNowhere;
    if (cell.area.known) cell.area.box.Add(homes_[home].spot.point);
    cell.homes.push_back(home);
  }
  for (HomeCell& cell : cells_) {
    std::stable_sort(cell.homes.begin(), cell.homes.end(),
                     [this](size_t a, size_t b) {
                       return homes_[a].score > homes_[b].score;
                     });
  }
}

void PackageSearch::MakeParts(const HomeArea& everywhere) {
  if (!wish_.jobs.seekers.empty()) {
    job_query_ = std::make_unique<JobQuery>(*snapshot_.jobs, wish_.jobs);
  }
  for (const Wish& contacts : wish_.contacts) {
    contact_queries_.emplace_back(*snapshot_.contacts, contacts);
  }
  for (const WishedPart& part : wish_.parts) {
    if (part.kind == v1::PACKAGE_PART_KIND_JOB) {
      sources_.push_back(
          std::make_unique<JobCandidates>(*job_query_, part.index));
    } else {
      sources_.push_back(std::make_unique<ContactCandidates>(
          contact_queries_[part.index], part.kind));
    }
    searches_.push_back(std::make_unique<PartSearch>(
        *sources_.back(), part, wish_.home.earliest_day, everywhere));
  }
}

int32_t PackageSearch::ScoreOf(int32_t home, const Scores& parts) const {
  absl::InlinedVector<WeightedPart, kUsualParts + 1> all;
  all.push_back({home, wish_.weights.home()});
  for (size_t i = 0; i < parts.size(); ++i) {
    all.push_back({parts[i], wish_.parts[i].weight});
  }
  return PackageScore(all);
}

std::optional<FoundPackage> PackageSearch::Next() {
  while (!queue_.empty() && !IsCancelled()) {
    std::pop_heap(queue_.begin(), queue_.end(), IsLater{*this});
    Node node = std::move(queue_.back());
    queue_.pop_back();
    switch (node.stage) {
      case Stage::kCell:
        Reach(node.cell);
        break;
      case Stage::kReached:
        if (node.used_up < used_up_) {
          PushAgain(node);
        } else {
          PushHomes(node.cell, node.next);
        }
        break;
      case Stage::kHome:
        if (IsUsedUp(homes_[cells_[node.cell].homes[node.next]])) break;
        if (node.used_up < used_up_) {
          PushAgain(node);
        } else {
          Complete(node);
        }
        break;
      case Stage::kDone:
        if (IsUsedUp(node.package->home)) break;
        if (IsStale(*node.package)) {
          node.stage = Stage::kHome;
          PushAgain(node);
          break;
        }
        Use(*node.package);
        return std::move(*node.package);
    }
  }
  return std::nullopt;
}

void PackageSearch::Reach(size_t at) {
  HomeCell& cell = cells_[at];
  for (const auto& search : searches_) {
    cell.reaches.push_back(search->Near(cell.area));
  }
  cell.used_up = used_up_;
  if (IsWorthSplitting(cell)) {
    Split(at);
  } else {
    PushHomes(at, 0);
  }
}

// To find out what is in reach of a part costs as much as some tens of
// packages.
bool PackageSearch::IsWorthSplitting(const HomeCell& cell) const {
  constexpr size_t kFewHomes = 32;
  constexpr int64_t kNear = int64_t{1} << 18;  // 1.6 km
  const PointBox& box = cell.area.box;
  const int64_t side = std::max({int64_t{box.high.x} - box.low.x,
                                 int64_t{box.high.y} - box.low.y,
                                 int64_t{box.high.z} - box.low.z});
  return cell.area.known && cell.homes.size() > kFewHomes && side > kNear;
}

// By the halves of its box in each direction. They are worth what is in reach
// of the whole until they come to the front.
void PackageSearch::Split(size_t at) {
  const HomeCell& whole = cells_[at];  // stays where it is
  const PointBox& box = whole.area.box;
  const auto half = [](int32_t low, int32_t high, int32_t part) -> size_t {
    return 2 * int64_t{part} > int64_t{low} + high ? 1 : 0;
  };
  std::array<size_t, 8> parts{};
  parts.fill(kNoCell);
  for (const size_t home : whole.homes) {
    const places::GeoPoint& point = homes_[home].spot.point;
    size_t& part = parts[half(box.low.x, box.high.x, point.x) * 4 +
                         half(box.low.y, box.high.y, point.y) * 2 +
                         half(box.low.z, box.high.z, point.z)];
    if (part == kNoCell) {
      part = cells_.size();
      cells_.emplace_back().whole = at;
    }
    cells_[part].area.box.Add(point);
    cells_[part].homes.push_back(home);
  }
  for (const size_t part : parts) {
    if (part != kNoCell) Push(NodeOf(part, 0, Stage::kCell));
  }
}

// What a home and the parts around its cell, or at Stage::kCell those around
// the whole cell, are worth at most.
PackageSearch::Node PackageSearch::NodeOf(size_t at, size_t next, Stage stage) {
  HomeCell& reached = cells_[stage == Stage::kCell ? cells_[at].whole : at];
  if (reached.used_up < used_up_) {
    for (size_t i = 0; i < wish_.jobs.seekers.size(); ++i) {
      searches_[i]->Settle(reached.reaches[i]);
    }
    reached.used_up = used_up_;
  }
  Node node;
  Scores bounds;
  for (const PartSearch::Reach& reach : reached.reaches) {
    if (reach.empty()) ++node.missing;
    bounds.push_back(reach.empty() ? 0 : reach.bound());
  }
  node.bound = ScoreOf(homes_[cells_[at].homes[next]].score, bounds);
  node.used_up = used_up_;
  node.stage = stage;
  node.cell = at;
  node.next = next;
  return node;
}

void PackageSearch::Push(Node node) {
  queue_.push_back(std::move(node));
  std::push_heap(queue_.begin(), queue_.end(), IsLater{*this});
}

// The home there with what is worth no more, and the cell without it.
void PackageSearch::PushHomes(size_t cell, size_t next) {
  Push(NodeOf(cell, next, Stage::kHome));
  if (next + 1 == cells_[cell].homes.size()) return;
  Push(NodeOf(cell, next + 1, Stage::kReached));
}

// The same by what jobs are left. Without a job no choice of as many is worth
// more; one of fewer may be.
void PackageSearch::PushAgain(const Node& outdated) {
  Node node = NodeOf(outdated.cell, outdated.next, outdated.stage);
  if (node.missing <= outdated.missing) {
    node.missing = outdated.missing;
    node.bound = std::min(node.bound, outdated.bound);
  }
  Push(std::move(node));
}

void PackageSearch::Complete(const Node& node) {
  HomeCell& cell = cells_[node.cell];
  Node done;
  done.package = std::make_shared<FoundPackage>(
      Build(homes_[cell.homes[node.next]], cell));
  done.missing = done.package->missing;
  done.bound = done.package->score;
  done.stage = Stage::kDone;
  done.cell = node.cell;
  done.next = node.next;
  Push(std::move(done));
}

FoundPackage PackageSearch::Build(const HomeAt& home, HomeCell& cell) {
  FoundPackage package;
  package.home = home;
  AddSchoolStart(package.home);
  package.picks.resize(wish_.parts.size());
  Scores scores(wish_.parts.size(), 0);
  JobChoices choices;
  for (size_t part = 0; part < wish_.parts.size(); ++part) {
    const bool job = wish_.parts[part].kind == v1::PACKAGE_PART_KIND_JOB;
    std::vector<Pick> best =
        searches_[part]->Best(package.home.spot, cell.reaches[part],
                              job ? wish_.jobs.seekers.size() : 1);
    if (job) {
      choices.push_back(std::move(best));
    } else if (!best.empty()) {
      scores[part] = best.front().score;
      package.picks[part] = best.front();
    }
  }
  ChooseJobs(choices, scores, package);
  package.score = ScoreOf(home.score, scores);
  package.missing = static_cast<int>(
      std::count(package.picks.begin(), package.picks.end(), std::nullopt));
  return package;
}

// The jobs come first among the parts.
void PackageSearch::ChooseJobs(const JobChoices& choices, Scores& scores,
                               FoundPackage& package) const {
  const auto score_of = [&](const std::vector<int32_t>& jobs) {
    std::copy(jobs.begin(), jobs.end(), scores.begin());
    return ScoreOf(package.home.score, scores);
  };
  const auto name_of = [&](const Candidate& job) {
    return searches_.front()->Name(job);
  };
  const std::vector<int> assigned = AssignJobs(choices, score_of, name_of);
  for (size_t i = 0; i < assigned.size(); ++i) {
    scores[i] = 0;
    if (assigned[i] < 0) continue;
    package.picks[i] = choices[i][static_cast<size_t>(assigned[i])];
    scores[i] = package.picks[i]->score;
  }
}

bool PackageSearch::IsUsedUp(const HomeAt& home) const {
  return variety_ != Variety::kPackages &&
         used_regions_.contains(RegionOf(home));
}

bool PackageSearch::IsStale(const FoundPackage& package) const {
  for (size_t i = 0; i < wish_.jobs.seekers.size(); ++i) {
    if (!package.picks[i]) continue;
    const Candidate& job = package.picks[i]->candidate;
    const auto used = uses_.find(std::pair(job.segment, job.row));
    if (used != uses_.end() && used->second >= kMostUsesOfAJob) return true;
  }
  return false;
}

void PackageSearch::Use(const FoundPackage& package) {
  if (variety_ != Variety::kPackages) {
    used_regions_.insert(RegionOf(package.home));
    return;
  }
  for (size_t i = 0; i < wish_.jobs.seekers.size(); ++i) {
    if (!package.picks[i]) continue;
    const Candidate& job = package.picks[i]->candidate;
    if (++uses_[std::pair(job.segment, job.row)] < kMostUsesOfAJob) continue;
    ++used_up_;
    for (size_t seeker = 0; seeker < wish_.jobs.seekers.size(); ++seeker) {
      searches_[seeker]->UseUp(job);
    }
  }
}

std::vector<Pick> PackageSearch::Best(const FoundPackage& package, size_t part,
                                      size_t count) {
  HomeArea area;
  area.known = IsKnown(package.home.spot.point);
  area.box.Add(package.home.spot.point);
  PartSearch::Reach reach = searches_[part]->Near(area);
  return searches_[part]->Best(package.home.spot, reach, count);
}

int64_t PackageSearch::scored() const {
  int64_t scored = homes_scored_;
  for (const auto& search : searches_) scored += search->scored();
  return scored;
}

}  // namespace heimweg::matching
