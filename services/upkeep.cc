#include "services/upkeep.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/huge_pages.h"

namespace heimweg {
namespace {

// How often readiness and the stores' health are looked at.
constexpr absl::Duration kLook = absl::Milliseconds(50);
// How often stores are tended: what has expired may stay that much longer.
constexpr absl::Duration kTend = absl::Minutes(10);
// How often memory is gathered: a few times while an index is filled.
constexpr absl::Duration kGather = absl::Seconds(10);

}  // namespace

Upkeep::Upkeep(const std::vector<std::unique_ptr<Target>>& targets,
               server::Server& server, server::Log& log)
    : targets_(targets),
      server_(server),
      log_(log),
      was_ready_(targets.size(), true),
      thread_([this] { this->Run(); }) {}

Upkeep::~Upkeep() {
  {
    storage::MutexLock lock(mutex_);
    stopped_ = true;
    stopped_changed_.NotifyAll();
  }
  thread_.join();
}

void Upkeep::Run() {
  absl::Time next_tend = absl::Now();
  absl::Time next_gathering = next_tend + kGather;
  while (true) {
    Look();
    if (absl::Now() >= next_tend) {
      Tend();
      next_tend = absl::Now() + kTend;
    }
    if (absl::Now() >= next_gathering) {
      GatherHugePages();
      next_gathering = absl::Now() + kGather;
    }
    storage::MutexLock lock(mutex_);
    if (!stopped_) stopped_changed_.WaitFor(mutex_, kLook);
    if (stopped_) return;
  }
}

void Upkeep::Look() {
  for (size_t i = 0; i < targets_.size(); ++i) {
    Target& target = *targets_[i];
    target.Look();
    const bool ready = target.IsReady();
    if (ready != was_ready_[i]) {
      server_.SetServing(target.Service().name, ready);
      if (ready) log_.Info("ready", {{"service", target.Service().name}});
      was_ready_[i] = ready;
    }
    if (target.Store() != nullptr && !target.Store()->Health().ok()) {
      server_.RequestRestart("a store has latched an error");
    }
  }
}

void Upkeep::Tend() {
  for (const std::unique_ptr<Target>& target : targets_) {
    absl::StatusOr<bool> more = true;
    while (more.ok() && *more) more = target->Tend();
    if (!more.ok()) {
      log_.Warning("could not erase what has expired",
                   {{"service", target->Service().name},
                    {"code", absl::StatusCodeToString(more.status().code())}});
    }
  }
}

}  // namespace heimweg
