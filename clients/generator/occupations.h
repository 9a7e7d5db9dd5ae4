// The occupations that are drawn: codes in the shape of KldB 2010, made from a
// compact list of its groups. Plausible, not the official table.
#ifndef HEIMWEG_CLIENTS_GENERATOR_OCCUPATIONS_H_
#define HEIMWEG_CLIENTS_GENERATOR_OCCUPATIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/generator/random.h"
#include "clients/generator/weighted_choice.h"

namespace heimweg::generator {

struct DrawnOccupation {
  std::array<char, 5> digits;  // of KldB
  uint16_t group = 0;          // row of the list of groups
  std::string title;           // "Pflege und Rettungsdienst: Fachkraft"

  absl::string_view code() const { return {digits.data(), digits.size()}; }
  int level() const { return digits[4] - '0'; }  // 1 helper to 4 expert
  absl::string_view main_group() const { return code().substr(0, 2); }
};

// Immutable. Thread-safe.
class Occupations {
 public:
  Occupations();

  // About as often as it is asked for: Zipf's law.
  const DrawnOccupation& Draw(Random& random) const {
    return all_[choice_.Draw(random)];
  }

  // Another occupation near `one`, in the order of codes.
  const DrawnOccupation& Neighbour(const DrawnOccupation& one,
                                   Random& random) const;

  // All of them, about 1,300, ordered by code.
  const std::vector<DrawnOccupation>& all() const { return all_; }

  // Number of groups (three digits).
  static size_t GroupCount();

 private:
  std::vector<DrawnOccupation> all_;
  WeightedChoice choice_;
};

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_OCCUPATIONS_H_
