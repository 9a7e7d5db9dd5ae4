// GazetteerSource: where those who look places up get the gazetteer that
// answers now, which an import may replace at any time.
#ifndef HEIMWEG_SERVICES_PLACES_GAZETTEER_SOURCE_H_
#define HEIMWEG_SERVICES_PLACES_GAZETTEER_SOURCE_H_

#include <functional>
#include <memory>
#include <utility>

#include "services/places/gazetteer.h"

namespace heimweg::places {

// Copies give the same. Thread-safe if the function is.
class GazetteerSource {
 public:
  using Get = std::function<std::shared_ptr<const Gazetteer>()>;

  // `get` never gives null; what it gives stays as it is.
  explicit GazetteerSource(Get get) : get_(std::move(get)) {}

  // Always this one, which outlives the source and what it gave.
  // NOLINTNEXTLINE(google-explicit-constructor): the same, said shorter.
  GazetteerSource(const Gazetteer& gazetteer)
      : get_([&gazetteer] {
          return std::shared_ptr<const Gazetteer>(std::shared_ptr<void>(),
                                                  &gazetteer);
        }) {}

  std::shared_ptr<const Gazetteer> operator()() const { return get_(); }

 private:
  Get get_;
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GAZETTEER_SOURCE_H_
