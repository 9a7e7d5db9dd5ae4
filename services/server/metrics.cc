#include "services/server/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace heimweg::server {
namespace {

using storage::MutexLock;

// The names that grpc-prometheus gives to the codes, by number.
constexpr const char* kCodeNames[] = {"OK",
                                      "Canceled",
                                      "Unknown",
                                      "InvalidArgument",
                                      "DeadlineExceeded",
                                      "NotFound",
                                      "AlreadyExists",
                                      "PermissionDenied",
                                      "ResourceExhausted",
                                      "FailedPrecondition",
                                      "Aborted",
                                      "OutOfRange",
                                      "Unimplemented",
                                      "Internal",
                                      "Unavailable",
                                      "DataLoss",
                                      "Unauthenticated"};

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* const buckets =
      new prometheus::Histogram::BucketBoundaries{
          0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
          0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
  return *buckets;
}

prometheus::Family<prometheus::Counter>& CounterFamily(
    prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

// "heimweg.jobs.v1.JobService/GetJob" as labels.
Metrics::Labels MethodLabels(absl::string_view full_name) {
  const size_t slash = full_name.find('/');
  const size_t method = slash == absl::string_view::npos ? 0 : slash + 1;
  return {{"grpc_service", std::string(full_name.substr(0, method - 1))},
          {"grpc_method", std::string(full_name.substr(method))}};
}

}  // namespace

Metrics::Method::Method(
    prometheus::Counter& started, prometheus::Histogram& seconds,
    std::function<prometheus::Counter&(absl::StatusCode)> handled)
    : started_(started), seconds_(seconds), handled_(std::move(handled)) {}

void Metrics::Method::Started() { started_.Increment(); }

void Metrics::Method::Handled(absl::StatusCode code, absl::Duration took) {
  const int known =
      static_cast<int>(code) < kCodes && static_cast<int>(code) >= 0
          ? static_cast<int>(code)
          : static_cast<int>(absl::StatusCode::kUnknown);
  std::atomic<prometheus::Counter*>& counter = handled_by_code_[known];
  if (counter.load(std::memory_order_acquire) == nullptr) {
    counter.store(&handled_(static_cast<absl::StatusCode>(known)),
                  std::memory_order_release);
  }
  counter.load(std::memory_order_acquire)->Increment();
  seconds_.Observe(absl::ToDoubleSeconds(took));
}

// Values that are read at the scrape. Thread-safe.
class Metrics::Readings : public prometheus::Collectable {
 public:
  struct Reading {
    Labels labels;
    std::function<double()> read;
  };

  uint64_t Add(prometheus::MetricType type, const std::string& name,
               const std::string& help, Reading reading)
      ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    OneName& family = families_[name];
    family.type = type;
    family.help = help;
    family.readings.emplace(++last_, std::move(reading));
    return last_;
  }

  void Remove(const std::string& name, uint64_t number)
      ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    const auto family = families_.find(name);
    family->second.readings.erase(number);
    if (family->second.readings.empty()) {
      families_.erase(family);
    }
  }

  std::vector<prometheus::MetricFamily> Collect() const override
      ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    std::vector<prometheus::MetricFamily> all;
    for (const auto& [name, family] : families_) {
      prometheus::MetricFamily& one = all.emplace_back();
      one.name = name;
      one.help = family.help;
      one.type = family.type;
      for (const auto& [number, reading] : family.readings) {
        prometheus::ClientMetric& metric = one.metric.emplace_back();
        for (const auto& [label, value] : reading.labels) {
          metric.label.push_back({label, value});
        }
        (family.type == prometheus::MetricType::Gauge ? metric.gauge.value
                                                      : metric.counter.value) =
            reading.read();
      }
    }
    return all;
  }

 private:
  struct OneName {
    prometheus::MetricType type = prometheus::MetricType::Gauge;
    std::string help;
    std::map<uint64_t, Reading> readings;
  };

  mutable storage::Mutex mutex_;
  std::map<std::string, OneName> families_ ABSL_GUARDED_BY(mutex_);
  uint64_t last_ ABSL_GUARDED_BY(mutex_) = 0;
};

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>()),
      started_(CounterFamily(*registry_, "grpc_server_started_total",
                             "Calls that have arrived.")),
      handled_(CounterFamily(*registry_, "grpc_server_handled_total",
                             "Calls that were answered, by code.")),
      seconds_(prometheus::BuildHistogram()
                   .Name("grpc_server_handling_seconds")
                   .Help("From a call's arrival to its answer.")
                   .Register(*registry_)),
      readings_(std::make_shared<Readings>()) {}

Metrics::~Metrics() = default;

absl::Status Metrics::Expose(const std::string& address) {
  try {
    exposer_ = std::make_unique<prometheus::Exposer>(address);
  } catch (const std::exception&) {  // Thrown by the library's web server.
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", address,
                     ": address in use or not of this machine"));
  }
  exposer_->RegisterCollectable(registry_);
  exposer_->RegisterCollectable(readings_);
  return absl::OkStatus();
}

int Metrics::port() const {
  return exposer_ == nullptr ? 0 : exposer_->GetListeningPorts().front();
}

Metrics::Series Metrics::AddGauge(const std::string& name,
                                  const std::string& help, Labels labels,
                                  std::function<double()> read) {
  const uint64_t number =
      readings_->Add(prometheus::MetricType::Gauge, name, help,
                     {std::move(labels), std::move(read)});
  return Series(nullptr, [readings = readings_, name, number](void*) {
    readings->Remove(name, number);
  });
}

Metrics::Series Metrics::AddCounter(const std::string& name,
                                    const std::string& help, Labels labels,
                                    std::function<double()> read) {
  const uint64_t number =
      readings_->Add(prometheus::MetricType::Counter, name, help,
                     {std::move(labels), std::move(read)});
  return Series(nullptr, [readings = readings_, name, number](void*) {
    readings->Remove(name, number);
  });
}

Metrics::Method& Metrics::ForMethod(absl::string_view full_name) {
  MutexLock lock(mutex_);
  auto found = methods_.find(full_name);
  if (found == methods_.end()) {
    found =
        methods_.emplace(std::string(full_name), MakeMethod(full_name)).first;
  }
  return *found->second;
}

std::unique_ptr<Metrics::Method> Metrics::MakeMethod(
    absl::string_view full_name) {
  const Labels labels = MethodLabels(full_name);
  return std::make_unique<Method>(
      started_.Add(labels), seconds_.Add(labels, Buckets()),
      [this, labels](absl::StatusCode code) -> prometheus::Counter& {
        Labels with_code = labels;
        with_code["grpc_code"] = kCodeNames[static_cast<int>(code)];
        return handled_.Add(with_code);
      });
}

std::string Metrics::Text() const {
  std::vector<prometheus::MetricFamily> all = registry_->Collect();
  for (prometheus::MetricFamily& family : readings_->Collect()) {
    all.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(all);
}

}  // namespace heimweg::server
