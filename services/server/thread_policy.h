// How Linux schedules a thread.
#ifndef HEIMWEG_SERVICES_SERVER_THREAD_POLICY_H_
#define HEIMWEG_SERVICES_SERVER_THREAD_POLICY_H_

#include <sched.h>

namespace heimweg::server {

// Gives the calling thread SCHED_OTHER, SCHED_BATCH or SCHED_IDLE, if Linux
// allows it; threads that it starts from then on inherit that.
inline void SetThreadPolicy(int policy) {
  const sched_param none = {};
  sched_setscheduler(0, policy, &none);
}

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_THREAD_POLICY_H_
