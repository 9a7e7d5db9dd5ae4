#include "services/occupations/stemmer.h"

#include <libstemmer.h>

namespace heimweg::occupations {

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("german", "UTF_8")) {}

std::string Stemmer::Stem(absl::string_view word) {
  if (word.size() <= 3 || stemmer_ == nullptr) return std::string(word);
  const sb_symbol* stem = sb_stemmer_stem(
      stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
      static_cast<int>(word.size()));
  if (stem == nullptr) return std::string(word);
  return std::string(reinterpret_cast<const char*>(stem),
                     static_cast<size_t>(sb_stemmer_length(stemmer_.get())));
}

}  // namespace heimweg::occupations
