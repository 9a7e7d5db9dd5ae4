#include "services/occupations/skill_finder.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "absl/strings/str_split.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kMaxTextBytes = 20'000;

}  // namespace

void SkillFinder::AddLabel(const std::string& text, uint32_t skill,
                           uint32_t number) {
  const auto at = static_cast<uint32_t>(labels_.size());
  const TitleWords read = ReadTitle(text);
  if (read.words.empty()) return;
  labels_.push_back({skill, number, 0});
  for (const TitleWord& word : read.words) {
    const auto next = static_cast<uint32_t>(postings_.size());
    const auto [id, added] = words_.try_emplace(word.stem, next);
    if (added) postings_.emplace_back();
    postings_[id->second].push_back(at);
  }
}

SkillFinder::SkillFinder(const std::vector<EscoSkill>& skills) {
  for (uint32_t i = 0; i < skills.size(); ++i) {
    AddLabel(skills[i].preferred_label, i, 0);
    for (uint32_t j = 0; j < skills[i].other_labels.size(); ++j) {
      AddLabel(skills[i].other_labels[j], i, j + 1);
    }
  }
  const auto all = static_cast<float>(labels_.size());
  for (const std::vector<uint32_t>& labels : postings_) {
    weights_.push_back(std::log(
        (1.0F + all) / (1.0F + static_cast<float>(labels.size())) + 0.1F));
    for (const uint32_t label : labels) {
      labels_[label].weight += weights_.back();
    }
  }
}

void SkillFinder::ScoreSentence(
    absl::string_view sentence,
    absl::flat_hash_map<uint32_t, Scored>& best) const {
  absl::flat_hash_map<uint32_t, float> covered;  // by label
  for (const TitleWord& word : ReadTitle(sentence).words) {
    const auto found = words_.find(word.stem);
    if (found == words_.end()) continue;
    for (const uint32_t label : postings_[found->second]) {
      covered[label] += weights_[found->second];
    }
  }
  for (const auto& [at, weight] : covered) {
    const Label& label = labels_[at];
    const float share = label.weight > 0 ? weight / label.weight : 0;
    if (share < kLeastCovered) continue;
    Scored& known = best[label.skill];
    if (std::make_tuple(known.found.covered, known.weight) <
        std::make_tuple(share, weight)) {
      known = {{label.skill, label.label, std::min(share, 1.0F)}, weight};
    }
  }
}

std::vector<FoundSkill> SkillFinder::Find(absl::string_view text,
                                          size_t limit) const {
  absl::flat_hash_map<uint32_t, Scored> best;
  for (const absl::string_view sentence :
       absl::StrSplit(text.substr(0, kMaxTextBytes),
                      absl::ByAnyChar(".!?;,\n\t"), absl::SkipWhitespace())) {
    ScoreSentence(sentence, best);
  }
  std::vector<Scored> scored;
  for (const auto& [skill, one] : best) scored.push_back(one);
  std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
    return std::make_tuple(-a.found.covered, -a.weight, a.found.skill) <
           std::make_tuple(-b.found.covered, -b.weight, b.found.skill);
  });
  std::vector<FoundSkill> found;
  for (size_t i = 0; i < scored.size() && i < limit; ++i) {
    found.push_back(scored[i].found);
  }
  return found;
}

}  // namespace heimweg::occupations
