// German word stems by Snowball (libstemmer).
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_STEMMER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_STEMMER_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

struct sb_stemmer;

namespace heimweg::occupations {

// Cheap to make: one for each title. Thread-compatible.
class Stemmer {
 public:
  Stemmer();

  // `word` is folded; words of up to three letters stay as they are.
  std::string Stem(absl::string_view word);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_STEMMER_H_
