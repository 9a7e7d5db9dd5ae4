#include "services/matching/package_search.h"

#include <algorithm>
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
  MakeParts();
  for (size_t i = 0; i < cells_.size(); ++i) {
    Node node;
    node.cell = i;
    node.bound = ScoreOf(homes_[cells_[i].homes.front()].score,
                         std::vector<int32_t>(wish_.parts.size(), kOne));
    queue_.push_back(std::move(node));
  }
  std::make_heap(queue_.begin(), queue_.end(), IsLater{*this});
  return !IsCancelled();
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
  // kNoDay is before every day.
  const int32_t first =
      std::max(wish_.home.earliest_day, home.spot.available_day);
  if (wish_.home.latest_day) {
    home.school_start = NearestSchoolStart(first, *wish_.home.latest_day);
  } else {
    home.school_start = NearestSchoolStart(first, first + kDaysInAYear);
  }
  home.spot.school_value =
      Decay(home.school_start.days_beside, kDateDecayDays).OrNeutral();
  if (variety_ != Variety::kPackages && RegionOf(home) == 0) return;
  homes_.push_back(home);
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

void PackageSearch::MakeParts() {
  HomeArea everywhere;
  for (const HomeCell& cell : cells_) {
    everywhere.known = everywhere.known && cell.area.known;
    if (cell.area.known) everywhere.box.Add(cell.area.box);
  }
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

int32_t PackageSearch::ScoreOf(int32_t home,
                               const std::vector<int32_t>& parts) const {
  std::vector<WeightedPart> all;
  all.reserve(parts.size() + 1);
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
        Reach(std::move(node));
        break;
      case Stage::kReached:
        PushHomes(node.cell, node.next);
        break;
      case Stage::kHome:
        Complete(node);
        break;
      case Stage::kDone:
        if (IsUsedUp(*node.package)) break;
        if (IsStale(*node.package)) {
          Complete(node);
          break;
        }
        Use(*node.package);
        return std::move(*node.package);
    }
  }
  return std::nullopt;
}

void PackageSearch::Reach(Node node) {
  HomeCell& cell = cells_[node.cell];
  for (const auto& search : searches_) {
    cell.reaches.push_back(search->Near(cell.area));
  }
  PushHomes(node.cell, 0);
}

// The home there with what is worth no more, and the cell without it.
void PackageSearch::PushHomes(size_t at, size_t next) {
  const HomeCell& cell = cells_[at];
  Node node;
  std::vector<int32_t> bounds;
  for (const auto& reaches : cell.reaches) {
    if (reaches.empty()) ++node.missing;
    bounds.push_back(reaches.empty() ? 0 : reaches.front().bound);
  }
  node.cell = at;
  node.next = next;
  node.stage = Stage::kHome;
  node.bound = ScoreOf(homes_[cell.homes[next]].score, bounds);
  queue_.push_back(node);
  std::push_heap(queue_.begin(), queue_.end(), IsLater{*this});
  if (next + 1 == cell.homes.size()) return;
  node.next = next + 1;
  node.stage = Stage::kReached;
  node.bound = ScoreOf(homes_[cell.homes[next + 1]].score, bounds);
  queue_.push_back(std::move(node));
  std::push_heap(queue_.begin(), queue_.end(), IsLater{*this});
}

void PackageSearch::Complete(const Node& node) {
  const HomeCell& cell = cells_[node.cell];
  Node done;
  done.package = std::make_shared<FoundPackage>(
      Build(homes_[cell.homes[node.next]], cell));
  done.missing = done.package->missing;
  done.bound = done.package->score;
  done.stage = Stage::kDone;
  done.cell = node.cell;
  done.next = node.next;
  queue_.push_back(std::move(done));
  std::push_heap(queue_.begin(), queue_.end(), IsLater{*this});
}

FoundPackage PackageSearch::Build(const HomeAt& home, const HomeCell& cell) {
  FoundPackage package;
  package.home = home;
  package.picks.resize(wish_.parts.size());
  std::vector<int32_t> scores(wish_.parts.size(), 0);
  JobChoices choices;
  const Uses none;  // other offers stand in any number of packages
  for (size_t part = 0; part < wish_.parts.size(); ++part) {
    const bool job = wish_.parts[part].kind == v1::PACKAGE_PART_KIND_JOB;
    std::vector<Pick> best = searches_[part]->Best(
        home.spot, cell.reaches[part], job ? wish_.jobs.seekers.size() : 1,
        job ? uses_ : none, kMostUsesOfAJob);
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
void PackageSearch::ChooseJobs(const JobChoices& choices,
                               std::vector<int32_t>& scores,
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

bool PackageSearch::IsUsedUp(const FoundPackage& package) const {
  return variety_ != Variety::kPackages &&
         used_regions_.contains(RegionOf(package.home));
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
    ++uses_[std::pair(job.segment, job.row)];
  }
}

std::vector<Pick> PackageSearch::Best(const FoundPackage& package, size_t part,
                                      size_t count) {
  HomeArea area;
  area.known = IsKnown(package.home.spot.point);
  area.box.Add(package.home.spot.point);
  const std::vector<PartSearch::Reach> reaches = searches_[part]->Near(area);
  return searches_[part]->Best(package.home.spot, reaches, count, {}, 1);
}

int64_t PackageSearch::scored() const {
  int64_t scored = homes_scored_;
  for (const auto& search : searches_) scored += search->scored();
  return scored;
}

}  // namespace heimweg::matching
