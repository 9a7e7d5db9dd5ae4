// Skills of ESCO that a text speaks of.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_SKILL_FINDER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_SKILL_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/occupations/esco.h"

namespace heimweg::occupations {

struct FoundSkill {
  uint32_t skill = 0;  // in what the finder was made of
  uint32_t label = 0;  // 0 the preferred label, else other_labels[n - 1]
  // Share of the label's words, by their rarity among all labels, that one
  // sentence of the text has; kLeastCovered to 1.
  float covered = 0;
};

// Immutable; Thread-safe.
class SkillFinder {
 public:
  // Below, a label has too little in common with a sentence.
  static constexpr float kLeastCovered = 0.7F;

  explicit SkillFinder(const std::vector<EscoSkill>& skills);

  // At most `limit` skills, each once: the best covered, of these the most
  // telling first. Looks at the first 20,000 bytes.
  std::vector<FoundSkill> Find(absl::string_view text, size_t limit) const;

 private:
  struct Label {
    uint32_t skill = 0;
    uint32_t label = 0;
    float weight = 0;  // sum of its words'
  };
  struct Scored {
    FoundSkill found;
    float weight = 0;
  };

  void AddLabel(const std::string& text, uint32_t skill, uint32_t number);
  void ScoreSentence(absl::string_view sentence,
                     absl::flat_hash_map<uint32_t, Scored>& best) const;

  absl::flat_hash_map<std::string, uint32_t> words_;
  std::vector<float> weights_;                   // of words
  std::vector<std::vector<uint32_t>> postings_;  // word -> labels
  std::vector<Label> labels_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_SKILL_FINDER_H_
