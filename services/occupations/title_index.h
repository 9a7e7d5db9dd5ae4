// Everything that is known of occupations' names, laid out for looking up: the
// labels' letters and parts, the words of descriptions and groups.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_TITLE_INDEX_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_TITLE_INDEX_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "services/occupations/esco.h"
#include "services/occupations/gram_index.h"
#include "services/occupations/part_lexicon.h"

namespace heimweg::occupations {

// Numbers with a list each, one behind the other.
template <typename T>
struct Lists {
  std::vector<T> items;
  std::vector<uint32_t> ends;

  absl::Span<const T> operator[](size_t i) const {
    const size_t begin = i == 0 ? 0 : ends[i - 1];
    return absl::MakeConstSpan(items).subspan(begin, ends[i] - begin);
  }
  void Append(const std::vector<T>& list) {
    items.insert(items.end(), list.begin(), list.end());
    ends.push_back(static_cast<uint32_t>(items.size()));
  }
};

// A part in a list of occupations or groups, with a weight.
struct PartPosting {
  uint32_t at = 0;
  float weight = 0;
};

// A part of a label, each once.
struct LabelPart {
  PartId id = 0;
  bool head = false;  // the last part of a word
};

// Labels of one occupation that are the same once read are one.
struct IndexedLabel {
  uint32_t occupation = 0;
  uint32_t text = 0;  // 0 the preferred label, else other_labels[text - 1]
  float weight = 0;   // sum of its parts'
  uint64_t key = 0;   // fingerprint of TitleWords::Key
};

struct IndexedOccupation {
  uint32_t first_label = 0;  // the preferred one; its others follow
  uint32_t label_count = 0;
  uint32_t group = 0;  // counts the distinct 4-digit groups
  bool is_group = false;
};

// Immutable after Build.
struct TitleIndex {
  static TitleIndex Build(const std::vector<EscoOccupation>& occupations);

  explicit TitleIndex(CompoundSplitter splitter)
      : lexicon(std::move(splitter)) {}

  PartLexicon lexicon;
  std::vector<IndexedOccupation> occupations;
  std::vector<IndexedLabel> labels;
  Lists<LabelPart> label_parts;
  GramIndex grams{3, 4};           // texts are labels
  Lists<uint32_t> in_labels;       // part -> occupations
  Lists<uint32_t> in_texts;        // part -> occupations' descriptions
  Lists<uint32_t> in_group_texts;  // part -> groups' descriptions
  Lists<PartPosting> in_groups;    // part -> log odds in groups
  size_t group_count = 0;

  size_t bytes() const;
};

uint64_t KeyFingerprint(absl::string_view key);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_TITLE_INDEX_H_
