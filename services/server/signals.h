// StopSignals: SIGTERM and SIGINT as something to wait for, beside a bell that
// other threads ring.
#ifndef HEIMWEG_SERVICES_SERVER_SIGNALS_H_
#define HEIMWEG_SERVICES_SERVER_SIGNALS_H_

namespace heimweg::server {

// Thread-safe.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Waits for a signal or a Ring, whichever comes first or came already.
  // Signals are seen only where PrepareProcess has blocked them.
  void Wait();

  // Ends a Wait, now or later.
  void Ring() const;

  // From now on a signal ends the process at once.
  static void Release();

 private:
  int signals_;  // signalfd
  int bell_;     // eventfd
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_SIGNALS_H_
