// Reads a server stream to its end, as the edge would.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_READING_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_READING_H_

#include <condition_variable>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "services/server/source.h"

namespace heimweg::matching::testing {

// `open(wake)` makes the source of `Message`s; calls add(message) for each.
// What it ended with.
template <typename Message, typename Open, typename Add>
absl::Status ReadAll(Open open, Add add) {
  // Shared, since wakes may come after the end.
  struct State {
    std::mutex mutex;
    std::condition_variable woken;
    int wakes = 0;
  };
  const auto state = std::make_shared<State>();
  const auto source = open([state] {
    const std::lock_guard lock(state->mutex);
    ++state->wakes;
    state->woken.notify_one();
  });
  if (!source.ok()) return source.status();
  for (;;) {
    Message message;
    const auto pull = (*source)->Next(&message);
    if (!pull.ok()) return pull.status();
    if (*pull == server::Pull::kEnd) return absl::OkStatus();
    if (*pull == server::Pull::kMessage) {
      add(message);
      continue;
    }
    std::unique_lock lock(state->mutex);
    state->woken.wait(lock, [&state] { return state->wakes > 0; });
    state->wakes = 0;
  }
}

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_READING_H_
