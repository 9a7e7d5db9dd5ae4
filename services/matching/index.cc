#include "services/matching/index.h"

namespace heimweg::matching {

Index::Index(IndexOptions options, std::shared_ptr<const Taxonomy> taxonomy)
    : options_(options),
      jobs_(options.inline_merge_rows, taxonomy),
      homes_(options.inline_merge_rows, taxonomy),
      contacts_(options.inline_merge_rows, taxonomy),
      profiles_(taxonomy) {
  if (options_.merge_in_background) {
    merger_ = std::thread([this] { MergeUntilStopped(); });
  }
}

Index::~Index() {
  {
    const storage::MutexLock lock(mutex_);
    stopped_ = true;
  }
  changed_.NotifyAll();
  if (merger_.joinable()) merger_.join();
}

Snapshot Index::snapshot() const {
  return {jobs_.view(), homes_.view(), contacts_.view(), profiles_.view()};
}

void Index::Apply(const jobs::v1::WatchJobsResponse& response) {
  jobs_.Apply(response);
  WakeMerger();
}

void Index::Apply(const housing::v1::WatchHomesResponse& response) {
  homes_.Apply(response);
  WakeMerger();
}

void Index::Apply(const contacts::v1::WatchContactsResponse& response) {
  contacts_.Apply(response);
  WakeMerger();
}

void Index::Apply(const profiles::v1::WatchProfilesResponse& response) {
  profiles_.Apply(response);
}

bool Index::Merge() {
  return jobs_.Merge() || homes_.Merge() || contacts_.Merge();
}

void Index::WakeMerger() {
  if (!options_.merge_in_background) return;
  {
    const storage::MutexLock lock(mutex_);
    work_ = true;
  }
  changed_.NotifyAll();
}

void Index::MergeUntilStopped() {
  while (true) {
    {
      const storage::MutexLock lock(mutex_);
      while (!work_ && !stopped_) changed_.Wait(mutex_);
      if (stopped_) return;
      work_ = false;
    }
    while (Merge()) {
      const storage::MutexLock lock(mutex_);
      if (stopped_) return;
    }
  }
}

}  // namespace heimweg::matching
