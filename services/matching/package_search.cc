#include "services/matching/package_search.h"

#include <algorithm>
#include <utility>

#include "services/matching/package_rules.h"

namespace heimweg::matching {

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
    return search.homes_.NameOf(a.package->home) >
           search.homes_.NameOf(b.package->home);
  }
};

PackageSearch::PackageSearch(const Snapshot& snapshot, const PackageWish& wish,
                             Variety variety, std::function<bool()> cancelled)
    : snapshot_(snapshot),
      wish_(wish),
      variety_(variety),
      asked_to_stop_(std::move(cancelled)),
      homes_(snapshot, wish.home, variety) {}

bool PackageSearch::IsCancelled() {
  cancelled_ = cancelled_ || (asked_to_stop_ && asked_to_stop_());
  return cancelled_;
}

bool PackageSearch::Start() {
  if (!homes_.Collect([this] { return IsCancelled(); })) return false;
  // Without a home there is no area to search parts in.
  if (homes_.all().empty()) return true;
  MakeParts(homes_.everywhere());
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
  for (node.cell = 0; node.cell < homes_.cells(); ++node.cell) {
    node.bound = ScoreOf(homes_.HomeIn(node.cell, 0).score, most);
    Push(node);
  }
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
        if (IsUsedUp(homes_.HomeIn(node.cell, node.next))) break;
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
  HomeCell& cell = homes_.cell(at);
  for (const auto& search : searches_) {
    cell.reaches.push_back(search->Near(cell.area));
  }
  cell.used_up = used_up_;
  if (!homes_.IsWorthSplitting(cell)) {
    PushHomes(at, 0);
    return;
  }
  // They are worth what is in reach of the whole until they come to the front.
  for (const size_t part : homes_.Split(at)) {
    Push(NodeOf(part, 0, Stage::kCell));
  }
}

// What a home and the parts around its cell, or at Stage::kCell those around
// the whole cell, are worth at most.
PackageSearch::Node PackageSearch::NodeOf(size_t at, size_t next, Stage stage) {
  HomeCell& reached =
      homes_.cell(stage == Stage::kCell ? homes_.cell(at).whole : at);
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
  node.bound = ScoreOf(homes_.HomeIn(at, next).score, bounds);
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
  if (next + 1 == homes_.cell(cell).homes.size()) return;
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
  Node done;
  done.package = std::make_shared<FoundPackage>(
      Build(homes_.HomeIn(node.cell, node.next), homes_.cell(node.cell)));
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
         used_regions_.contains(homes_.RegionOf(home));
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
    used_regions_.insert(homes_.RegionOf(package.home));
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
  int64_t scored = homes_.scored();
  for (const auto& search : searches_) scored += search->scored();
  return scored;
}

}  // namespace heimweg::matching
