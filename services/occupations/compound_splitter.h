// German compounds taken apart by the words that a collection of texts is made
// of: "baumaschinenfuhrer" -> bau, maschinen, fuhrer.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_COMPOUND_SPLITTER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_COMPOUND_SPLITTER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// Of all ways to write a word as known parts with a linking element (s, es, n,
// en, er, e) between them, takes the one with the highest geometric mean of the
// parts' frequencies, the whole word being one of the ways (Koehn and Knight,
// Empirical Methods for Compound Splitting, EACL 2003; as logarithms here).
// Thread-compatible; after the last Add, Split may be called by many.
class CompoundSplitter {
 public:
  // One occurrence of a folded word.
  void Add(absl::string_view word);

  // The parts of a folded word, in order, at least one. Parts have three
  // letters or more. If no way is known: what ends with a known frequent part
  // is split before it.
  std::vector<std::string> Split(absl::string_view word) const;

  size_t bytes() const;

 private:
  struct Way {
    double log_frequency = 0;
    size_t begin = 0;     // of its last part
    size_t part_end = 0;  // of its last part, without the linking element
    bool possible = false;
  };

  double LogFrequency(absl::string_view part) const;
  // Extends `ways` by the parts that begin at `begin`.
  void Extend(absl::string_view word, size_t begin,
              std::vector<std::vector<Way>>& ways) const;
  // Puts `part` behind the ways `before` it, by their number of parts.
  static void AddPart(const Way& part, const std::vector<Way>& before,
                      std::vector<Way>& after);
  std::vector<std::string> BeforeKnownHead(absl::string_view word) const;

  absl::flat_hash_map<std::string, int> counts_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_COMPOUND_SPLITTER_H_
