// Upkeep: the background thread of a process: tells the server which services
// are ready, asks for a restart when a store has latched an error, lets the
// targets tend to their stores, and keeps the memory in huge pages.
#ifndef HEIMWEG_SERVICES_UPKEEP_H_
#define HEIMWEG_SERVICES_UPKEEP_H_

#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/server/log.h"
#include "services/server/server.h"
#include "services/targets.h"
#include "storage/mutex.h"

namespace heimweg {

// Thread-safe.
class Upkeep {
 public:
  // Starts at once; all outlive this.
  Upkeep(const std::vector<std::unique_ptr<Target>>& targets,
         server::Server& server, server::Log& log);
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  void Look();
  void Tend();

  const std::vector<std::unique_ptr<Target>>& targets_;
  server::Server& server_;
  server::Log& log_;
  std::vector<bool> was_ready_;  // Of the thread.

  storage::Mutex mutex_;
  storage::CondVar stopped_changed_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace heimweg

#endif  // HEIMWEG_SERVICES_UPKEEP_H_
