#include "services/matching/standing/wish_engine.h"

#include <algorithm>
#include <utility>

#include "services/matching/wish.h"

namespace heimweg::matching {
namespace {

constexpr size_t kOffersAtOnce = 64;
constexpr absl::Duration kRetry = absl::Milliseconds(200);
// The clock of the store may be set; it is looked at this often at least.
constexpr absl::Duration kLongestWait = absl::Seconds(10);
constexpr std::array<const char*, WishEngine::kWatched> kNames = {
    "jobs", "homes", "contacts", "profiles"};

std::optional<uint64_t> RevisionOf(const Snapshot& snapshot, size_t watched) {
  switch (watched) {
    case WishEngine::kJobs:
      return snapshot.jobs->revision;
    case WishEngine::kHomes:
      return snapshot.homes->revision;
    case WishEngine::kContacts:
      return snapshot.contacts->revision;
    default:
      return snapshot.profiles->revision;
  }
}

type::v1::OfferKind KindOf(size_t watched) {
  switch (watched) {
    case WishEngine::kJobs:
      return type::v1::OFFER_KIND_JOB;
    case WishEngine::kHomes:
      return type::v1::OFFER_KIND_HOME;
    default:
      return type::v1::OFFER_KIND_CONTACT;
  }
}

}  // namespace

WishEngine::WishEngine(const IndexSource& index, storage::Store& store,
                       std::function<absl::Time()> clock, OnTrouble on_trouble)
    : index_(index),
      clock_(std::move(clock)),
      on_trouble_(std::move(on_trouble)),
      matcher_(store) {
  positions_.reserve(kWatched);
  for (const char* name : kNames) positions_.emplace_back(store, name);
}

absl::StatusOr<std::unique_ptr<WishEngine>> WishEngine::Start(
    const IndexSource& index, storage::Store& store,
    std::function<absl::Time()> clock, OnTrouble on_trouble) {
  std::unique_ptr<WishEngine> engine(
      new WishEngine(index, store, std::move(clock), std::move(on_trouble)));
  for (size_t i = 0; i < kWatched; ++i) {
    auto since = engine->positions_[i].Open(engine->clock_());
    if (!since.ok()) return since.status();
    engine->since_[i] = *std::move(since);
  }
  engine->committed_ = store.Subscribe(
      [raw = engine.get()](uint64_t /*revision*/) { raw->Wake(); });
  engine->thread_ = std::thread([raw = engine.get()] { raw->Run(); });
  return engine;
}

WishEngine::~WishEngine() {
  {
    const storage::MutexLock lock(mutex_);
    stopped_ = true;
    woken_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
  committed_ = {};
}

void WishEngine::Wake() {
  const storage::MutexLock lock(mutex_);
  look_ = true;
  woken_.NotifyAll();
}

void WishEngine::Deliver(Watched watched, WatchedChanges changes) {
  const storage::MutexLock lock(mutex_);
  Cut& cut = open_[watched];
  if (changes.from_scratch) {
    cut = Cut();
    cut.whole = true;
  }
  for (OfferFacts& offer : changes.offers) {
    if (cut.whole) cut.seen.insert(offer.name);
    // What a snapshot holds that is older was matched when it was new.
    if (!cut.whole || offer.updated >= since_[watched].time) {
      cut.changes.offers.push_back(std::move(offer));
    }
  }
  for (std::string& profile : changes.profiles) {
    if (cut.whole) cut.seen.insert(profile);
    cut.changes.profiles.push_back(std::move(profile));
  }
  if (!changes.complete) return;
  cut.changes.revision = changes.revision;
  cut.changes.token = std::move(changes.token);
  queue_[watched].push_back(std::exchange(cut, Cut()));
  look_ = true;
  woken_.NotifyAll();
}

void WishEngine::Run() {
  std::optional<size_t> ready;
  while (Wait(ready)) {
    absl::Status status = ready ? Handle(*ready) : HandleDue();
    if (status.ok()) continue;
    if (on_trouble_) on_trouble_(status);
    Pause();
  }
}

bool WishEngine::Wait(std::optional<size_t>& ready) {
  const storage::MutexLock lock(mutex_);
  while (!stopped_) {
    ready = Ready();
    if (ready) return true;
    // Without a change `due_` is right; after one it is computed anew.
    const absl::Duration left = due_ - clock_();
    if (look_ || left <= absl::ZeroDuration()) {
      look_ = false;
      return true;
    }
    woken_.WaitFor(mutex_, std::min(left, kLongestWait));
  }
  return false;
}

std::optional<size_t> WishEngine::Ready() const {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) return std::nullopt;
  for (size_t i = 0; i < kWatched; ++i) {
    if (queue_[i].empty()) continue;
    if (*RevisionOf(snapshot, i) >= queue_[i].front().changes.revision) {
      return i;
    }
  }
  return std::nullopt;
}

absl::Status WishEngine::Handle(size_t watched) {
  const Cut* cut = nullptr;
  {
    const storage::MutexLock lock(mutex_);
    cut = &queue_[watched].front();  // Stays there: only this thread pops.
  }
  const Snapshot snapshot = index_.snapshot();
  absl::Status status = watched == kProfiles ? HandleProfiles(snapshot, *cut)
                                             : HandleOffers(snapshot, *cut);
  if (status.ok() && cut->whole && watched != kProfiles) {
    const auto matched = matcher_.MatchedOffers();
    if (!matched.ok()) return matched.status();
    Cut gone;
    for (const std::string& name : *matched) {
      if (KindOfName(name) == KindOf(watched) && !cut->seen.contains(name)) {
        gone.changes.offers.push_back(DeletedOffer(name));
      }
    }
    status = HandleOffers(snapshot, gone);
  }
  if (status.ok()) {
    status = positions_[watched].Advance(clock_(), cut->changes.token);
  }
  if (!status.ok()) return status;
  const storage::MutexLock lock(mutex_);
  queue_[watched].pop_front();
  look_ = true;
  return status;
}

absl::Status WishEngine::HandleOffers(const Snapshot& snapshot,
                                      const Cut& cut) {
  const std::vector<OfferFacts>& offers = cut.changes.offers;
  for (size_t first = 0; first < offers.size(); first += kOffersAtOnce) {
    const size_t last = std::min(first + kOffersAtOnce, offers.size());
    const auto from = offers.begin() + static_cast<std::ptrdiff_t>(first);
    absl::Status status = matcher_.OffersChanged(
        snapshot, {from, from + static_cast<std::ptrdiff_t>(last - first)},
        clock_());
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status WishEngine::HandleProfiles(const Snapshot& snapshot,
                                        const Cut& cut) {
  std::vector<std::string> names = cut.changes.profiles;
  if (cut.whole) {
    auto matched = matcher_.MatchedProfiles();
    if (!matched.ok()) return matched.status();
    for (std::string& name : *matched) {
      if (!cut.seen.contains(name)) names.push_back(std::move(name));
    }
  }
  for (const std::string& name : names) {
    absl::Status status = matcher_.ProfileChanged(snapshot, name, clock_());
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status WishEngine::HandleDue() {
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) {
    due_ = absl::InfiniteFuture();  // The index wakes this when it is.
    return absl::OkStatus();
  }
  absl::Status done = matcher_.DoWhatIsDue(snapshot, clock_());
  if (!done.ok()) return done;
  const auto next = matcher_.NextDue();
  if (!next.ok()) return next.status();
  due_ = *next;
  return absl::OkStatus();
}

void WishEngine::Pause() {
  const storage::MutexLock lock(mutex_);
  look_ = true;
  if (!stopped_) woken_.WaitFor(mutex_, kRetry);
}

}  // namespace heimweg::matching
