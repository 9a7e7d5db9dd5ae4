// Metrics: what Prometheus reads about this process: every method's calls by
// the names of grpc-prometheus, and what other rooms add. Labels never hold
// personal data, nor anything of which there are many values.
#ifndef HEIMWEG_SERVICES_SERVER_METRICS_H_
#define HEIMWEG_SERVICES_SERVER_METRICS_H_

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/mutex.h"

namespace prometheus {
class Counter;
class Exposer;
class Histogram;
class Registry;
template <typename T>
class Family;
}  // namespace prometheus

namespace heimweg::server {

// Thread-safe.
class Metrics {
 public:
  using Labels = std::map<std::string, std::string>;

  // A series lives as long as this does; its end waits for a running scrape.
  using Series = std::shared_ptr<void>;

  // The calls of one method. Thread-safe.
  class Method {
   public:
    Method(prometheus::Counter& started, prometheus::Histogram& seconds,
           std::function<prometheus::Counter&(absl::StatusCode)> handled);

    // A call has arrived.
    void Started();

    // It was answered so, `took` after its arrival.
    void Handled(absl::StatusCode code, absl::Duration took);

   private:
    static constexpr int kCodes = 17;

    prometheus::Counter& started_;
    prometheus::Histogram& seconds_;
    const std::function<prometheus::Counter&(absl::StatusCode)> handled_;
    // A code's series appears with its first call.
    std::array<std::atomic<prometheus::Counter*>, kCodes> handled_by_code_ = {};
  };

  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Serves the text format at http://`address`/metrics, address as
  // "127.0.0.1:9464". UNAVAILABLE if the address cannot be bound.
  absl::Status Expose(const std::string& address);

  // The port that Expose bound; 0 before.
  int port() const;

  // A value that is read at each scrape: a level (gauge) or a count that only
  // grows (counter, name ending in _total). `read` is called from the exposer's
  // threads as long as the Series lives; it must be quick and thread-safe.
  // Series of one name with different labels are one family and need the same
  // help.
  Series AddGauge(const std::string& name, const std::string& help,
                  Labels labels, std::function<double()> read);
  Series AddCounter(const std::string& name, const std::string& help,
                    Labels labels, std::function<double()> read);

  // `full_name`: "heimweg.jobs.v1.JobService/GetJob". The result lives as long
  // as this.
  Method& ForMethod(absl::string_view full_name) ABSL_LOCKS_EXCLUDED(mutex_);

  // What a scrape would read now.
  std::string Text() const;

 private:
  class Readings;

  std::unique_ptr<Method> MakeMethod(absl::string_view full_name);

  const std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Counter>& started_;
  prometheus::Family<prometheus::Counter>& handled_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  const std::shared_ptr<Readings> readings_;
  std::unique_ptr<prometheus::Exposer> exposer_;

  storage::Mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<Method>> methods_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_METRICS_H_
