// The skills that are drawn: about 13,000 German terms, so that a few are
// common, most are rare, and an occupation's jobs and people share many.
#ifndef HEIMWEG_CLIENTS_GENERATOR_SKILLS_H_
#define HEIMWEG_CLIENTS_GENERATOR_SKILLS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/generator/random.h"
#include "clients/generator/weighted_choice.h"

namespace heimweg::generator {

// Immutable. Thread-safe.
class Skills {
 public:
  // A pool of skills for each of `groups` groups of occupations.
  explicit Skills(size_t groups);

  // Number of terms that exist, soft skills apart.
  static size_t TermCount();

  // `count` (at most 40) different skills that fit occupations of `group`: 70 %
  // from its pool, the rest from all terms, both by Zipf's law.
  std::vector<std::string> Draw(uint16_t group, int count,
                                Random& random) const;

  // Skills that are asked for everywhere, each in 10 to 30 % of draws; 1.1 on
  // average.
  static std::vector<absl::string_view> DrawSoft(Random& random);

 private:
  static constexpr size_t kPoolSize = 160;

  std::vector<uint16_t> pools_;  // kPoolSize terms for each group, in a row
  WeightedChoice in_pool_;
  WeightedChoice in_all_;
};

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_SKILLS_H_
