#include "services/matching/live_index.h"

#include <cstdint>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/matching/taxonomy.h"

namespace heimweg::matching {
namespace {

using storage::MutexLock;

// How long the answering index may stand still in one go while the one that
// takes over catches up with it: a few messages of the feeds.
constexpr absl::Duration kLongestStandstill = absl::Seconds(1);

bool KnowsNoLess(const Snapshot& fresh, const Snapshot& than) {
  // Nothing counts less than any revision.
  return fresh.jobs->revision >= than.jobs->revision &&
         fresh.homes->revision >= than.homes->revision &&
         fresh.contacts->revision >= than.contacts->revision &&
         fresh.profiles->revision >= than.profiles->revision;
}

}  // namespace

struct LiveIndex::Filled {
  explicit Filled(std::shared_ptr<const occupations::OccupationCatalog> knowing)
      : catalog(knowing),
        index({}, std::make_shared<const Taxonomy>(std::move(knowing))) {}

  const std::shared_ptr<const occupations::OccupationCatalog> catalog;
  Index index;
  std::optional<IndexFeeds> feeds;  // Last: ends before the index.
};

LiveIndex::LiveIndex(occupations::CatalogSource catalog, server::Log& log)
    : catalog_(std::move(catalog)),
      log_(log),
      answering_(std::make_shared<Filled>(catalog_())) {}

LiveIndex::~LiveIndex() { Disconnect(); }

std::shared_ptr<LiveIndex::Filled> LiveIndex::answering() const {
  const MutexLock lock(mutex_);
  return answering_;
}

std::shared_ptr<LiveIndex::Filled> LiveIndex::next() const {
  const MutexLock lock(mutex_);
  return next_;
}

Snapshot LiveIndex::snapshot() const {
  // Under the lock: no reader is the last who holds an index.
  const MutexLock lock(mutex_);
  return answering_->index.snapshot();
}

void LiveIndex::SetFeedback(const std::string& profile,
                            std::vector<v1::Feedback> feedback) {
  const MutexLock lock(feedback_);
  const std::shared_ptr<Filled> fresh = next();
  if (fresh != nullptr) fresh->index.SetFeedback(profile, feedback);
  answering()->index.SetFeedback(profile, std::move(feedback));
}

void LiveIndex::Connect(FeedChannels channels, std::function<void()> changed) {
  channels_ = std::move(channels);
  changed_ = std::move(changed);
  Follow(*answering());
}

void LiveIndex::Follow(Filled& filled) {
  filled.feeds.emplace(*channels_, filled.index, log_, FeedPace(),
                       [this, raw = &filled] { Applied(raw); });
}

void LiveIndex::Applied(const Filled* filled) {
  {
    const MutexLock lock(mutex_);
    if (answering_.get() != filled) {
      next_moved_.NotifyAll();
      return;
    }
  }
  if (changed_) changed_();
}

void LiveIndex::Disconnect() {
  std::shared_ptr<Filled> unfinished;
  {
    const MutexLock lock(mutex_);
    unfinished.swap(next_);
  }
  unfinished.reset();
  answering()->feeds.reset();
  channels_.reset();
}

void LiveIndex::Look() {
  if (!channels_) return;
  const auto catalog = catalog_();
  const std::shared_ptr<Filled> fresh = next();
  if (fresh == nullptr) {
    if (answering()->catalog != catalog) StartNext(catalog);
    return;
  }
  // One that has begun to take over does so, even if it is outdated already.
  const bool taking_over = !answering()->feeds.has_value();
  if (fresh->catalog != catalog && !taking_over) {
    StartNext(catalog);
  } else if (fresh->index.snapshot().ready()) {
    LetTakeOver();
  }
}

void LiveIndex::StartNext(
    std::shared_ptr<const occupations::OccupationCatalog> catalog) {
  std::shared_ptr<Filled> outdated;
  {
    const MutexLock lock(mutex_);
    outdated.swap(next_);
  }
  outdated.reset();
  log_.Info("other taxonomies, filling a fresh index");
  auto fresh = std::make_shared<Filled>(std::move(catalog));
  {
    const MutexLock said(feedback_);
    fresh->index.StartWithFeedbackOf(answering()->index);
    const MutexLock lock(mutex_);
    next_ = fresh;
  }
  Follow(*fresh);
}

void LiveIndex::LetTakeOver() {
  std::shared_ptr<Filled> old = answering();
  // It stands still from here on, so that it can be caught up with.
  old->feeds.reset();
  const Snapshot last = old->index.snapshot();
  {
    const MutexLock lock(mutex_);
    const absl::Time end = absl::Now() + kLongestStandstill;
    while (!KnowsNoLess(next_->index.snapshot(), last)) {
      const absl::Duration left = end - absl::Now();
      if (left <= absl::ZeroDuration()) return;  // The next Look goes on.
      next_moved_.WaitFor(mutex_, left);
    }
    answering_ = std::exchange(next_, nullptr);
  }
  {
    const MutexLock said(feedback_);
    answering()->index.DropStrayFeedback();
  }
  old.reset();
  log_.Info("the fresh index answers");
  if (changed_) changed_();
}

}  // namespace heimweg::matching
