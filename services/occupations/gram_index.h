// Labels found by the letters that they share with a title: TF-IDF over groups
// of letters inside words, so that typos and endings cost little.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_GRAM_INDEX_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_GRAM_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// One group of letters and its weight in a text.
struct Gram {
  uint32_t id = 0;
  float weight = 0;
};

// Texts are numbered from 0 in the order of Add. A text's grams are those of
// each of its words, the word between two blanks, of `shortest` to `longest`
// (at most 4) bytes; weight (1 + ln tf) x idf, idf = 1 + ln((1 + N) / (1 +
// df)), length 1. Thread-compatible; after Finish const calls may come from
// many.
class GramIndex {
 public:
  GramIndex(size_t shortest, size_t longest)
      : shortest_(shortest), longest_(longest) {}

  void Add(const std::vector<absl::string_view>& words);
  void Finish();

  // The weights of a title; grams that no text has count for its length only.
  std::vector<Gram> Weigh(const std::vector<absl::string_view>& words) const;

  // Adds to scores[text] the cosine of the title and each text, 0 to 1.
  // `scores` has a place for each text.
  void Score(const std::vector<Gram>& title, std::vector<float>& scores) const;

  // Cosine of one text with a title that is spread out by id, see gram_count.
  float Cosine(const std::vector<float>& title_by_gram, size_t text) const;
  size_t gram_count() const { return idf_.size(); }

  size_t bytes() const;

 private:
  struct Posting {
    uint32_t text;
    float weight;
  };

  absl::flat_hash_map<uint32_t, uint32_t> ids_;
  std::vector<float> idf_;
  std::vector<Gram> grams_;          // of all texts
  std::vector<uint32_t> text_ends_;  // in grams_
  std::vector<Posting> postings_;
  std::vector<uint32_t> posting_ends_;
  size_t shortest_;
  size_t longest_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_GRAM_INDEX_H_
