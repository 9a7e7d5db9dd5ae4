#include "services/occupations/title_features.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heimweg::occupations {
namespace {

float HarmonicMean(float a, float b) {
  return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

// One title against the index. The members are filled from top to bottom.
class Search {
 public:
  Search(const TitleIndex& index, const TitleWords& title)
      : index_(index), parts_(index.lexicon.Find(title)) {
    std::vector<absl::string_view> texts;
    for (const TitleWord& word : title.words) texts.push_back(word.text);
    grams_ = index.grams.Weigh(texts);
    key_ = KeyFingerprint(title.Key());
    if (!parts_.empty()) head_ = HeadOf(parts_);
    ExpandParts();
    ScoreLetters();
    ScoreCoverage();
    ScoreGroups();
  }

  std::vector<TitleCandidate> Candidates(size_t limit) {
    std::vector<TitleCandidate> found;
    for (const uint32_t occupation : Likely(limit)) {
      found.push_back(Judge(occupation));
    }
    CompareAll(found);
    return found;
  }

 private:
  // Which part of the title a known part may stand for, and how well.
  struct Meant {
    uint32_t part;  // in parts_
    float similarity;
  };

  void ExpandParts() {
    weights_.reserve(parts_.size());
    slots_.assign(index_.lexicon.size(), 0);
    meant_.emplace_back();
    for (uint32_t i = 0; i < parts_.size(); ++i) {
      weights_.push_back(std::max(index_.lexicon.Weight(parts_[i].id), 0.1F));
      all_weight_ += weights_.back();
      near_.push_back(NearOf(parts_[i]));
      for (const NearPart& near : near_.back()) {
        uint32_t& slot = slots_[near.id];
        if (slot == 0) {
          slot = static_cast<uint32_t>(meant_.size());
          meant_.emplace_back();
        }
        meant_[slot].push_back({i, near.similarity});
      }
    }
  }

  std::vector<NearPart> NearOf(const TitlePart& part) const {
    if (part.id == kNoPart) return index_.lexicon.NearUnknown(part.stem);
    const auto near = index_.lexicon.Near(part.id);
    return {near.begin(), near.end()};
  }

  void ScoreLetters() {
    letters_.assign(index_.labels.size(), 0);
    index_.grams.Score(grams_, letters_);
    best_letters_.assign(index_.occupations.size(), 0);
    for (size_t i = 0; i < letters_.size(); ++i) {
      float& best = best_letters_[index_.labels[i].occupation];
      best = std::max(best, letters_[i]);
    }
  }

  void ScoreCoverage() {
    const size_t count = index_.occupations.size();
    by_labels_.assign(count, 0);
    by_texts_.assign(count, 0);
    by_main_.assign(count, 0);
    by_qualifier_.assign(count, 0);
    std::vector<uint32_t> seen_in_labels(count, 0);
    std::vector<uint32_t> seen(count, 0);
    by_group_text_.assign(index_.group_count, 0);
    for (uint32_t i = 0; i < parts_.size(); ++i) {
      auto& side = parts_[i].qualifier ? by_qualifier_ : by_main_;
      for (const NearPart& near : near_[i]) {
        for (const uint32_t at : index_.in_labels[near.id]) {
          if (seen_in_labels[at] == i + 1) continue;
          seen_in_labels[at] = i + 1;
          seen[at] = i + 1;
          by_labels_[at] += weights_[i] * near.similarity;
          by_texts_[at] += weights_[i] * near.similarity;
          side[at] += weights_[i] * near.similarity;
        }
      }
      if (parts_[i].id == kNoPart) continue;
      for (const uint32_t at : index_.in_texts[parts_[i].id]) {
        if (seen[at] == i + 1) continue;
        by_texts_[at] += weights_[i];
      }
      for (const uint32_t at : index_.in_group_texts[parts_[i].id]) {
        by_group_text_[at] += weights_[i];
      }
      (parts_[i].qualifier ? qualifier_weight_ : main_weight_) += weights_[i];
    }
  }

  void ScoreGroups() {
    group_odds_.assign(index_.group_count, 0);
    head_odds_.assign(index_.group_count, 0);
    for (uint32_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].id == kNoPart) continue;
      for (const PartPosting& odds : index_.in_groups[parts_[i].id]) {
        group_odds_[odds.at] += odds.weight;
        if (i == head_) head_odds_[odds.at] += odds.weight;
      }
    }
  }

  std::vector<uint32_t> Likely(size_t limit) const {
    if (parts_.empty()) return {};
    std::vector<std::pair<float, uint32_t>> scored;
    scored.reserve(index_.occupations.size());
    for (uint32_t i = 0; i < index_.occupations.size(); ++i) {
      const float score = best_letters_[i] + by_labels_[i] / all_weight_ +
                          0.9F * by_texts_[i] / all_weight_;
      if (score > 0) scored.emplace_back(-score, i);
    }
    const size_t kept = std::min(limit, scored.size());
    std::partial_sort(scored.begin(),
                      scored.begin() + static_cast<ptrdiff_t>(kept),
                      scored.end());
    std::vector<uint32_t> likely;
    for (size_t i = 0; i < kept; ++i) likely.push_back(scored[i].second);
    return likely;
  }

  struct LabelScore {
    float title_covered = 0;
    float label_covered = 0;
    float parts = 0;
    float strict = 0;  // as parts, by equal parts alone
    float head = 0;
  };

  LabelScore ScoreLabel(size_t label) {
    covered_.assign(parts_.size(), 0);
    LabelScore score;
    float of_label = 0;
    float strict_title = 0;
    float strict_label = 0;
    for (const LabelPart& part : index_.label_parts[label]) {
      float best = 0;
      for (const Meant& meant : meant_[slots_[part.id]]) {
        best = std::max(best, meant.similarity);
        float& covered = covered_[meant.part];
        covered = std::max(covered, meant.similarity);
        if (meant.similarity == 1) {
          strict_title += weights_[meant.part];
          strict_label += index_.lexicon.Weight(part.id);
        }
        if (part.head && meant.part == head_) {
          score.head = std::max(score.head, meant.similarity);
        }
      }
      of_label += best * index_.lexicon.Weight(part.id);
    }
    float of_title = 0;
    for (size_t i = 0; i < parts_.size(); ++i) {
      of_title += covered_[i] * weights_[i];
    }
    const float label_weight = std::max(index_.labels[label].weight, 0.1F);
    score.title_covered = of_title / all_weight_;
    score.label_covered = of_label / label_weight;
    score.parts = HarmonicMean(score.title_covered, score.label_covered);
    score.strict =
        HarmonicMean(strict_title / all_weight_, strict_label / label_weight);
    return score;
  }

  TitleCandidate Judge(uint32_t at) {
    const IndexedOccupation& one = index_.occupations[at];
    TitleCandidate candidate;
    candidate.occupation = at;
    candidate.best_label = one.first_label;
    TitleFeatures& f = candidate.features;
    float best_sum = -1;
    for (uint32_t i = 0; i < one.label_count; ++i) {
      const uint32_t label = one.first_label + i;
      const LabelScore score = ScoreLabel(label);
      AddLabel(i == 0, label, score, f);
      if (letters_[label] + score.parts > best_sum) {
        best_sum = letters_[label] + score.parts;
        candidate.best_label = label;
      }
    }
    const auto count = static_cast<float>(one.label_count);
    f[kMeanLetters] /= count;
    f[kMeanParts] /= count;
    f[kLabelCount] = std::log(1.0F + count);
    f[kIsGroup] = one.is_group ? 1 : 0;
    AddCoverage(at, one.group, f);
    return candidate;
  }

  void AddLabel(bool preferred, uint32_t label, const LabelScore& score,
                TitleFeatures& f) const {
    const bool same = index_.labels[label].key == key_;
    if (preferred) {
      f[kPreferredLetters] = letters_[label];
      f[kPreferredParts] = score.parts;
      f[kPreferredHead] = score.head;
      f[kStrictPreferred] = score.strict;
      f[kSamePreferred] = same ? 1 : 0;
    }
    if (same) f[kSameLabel] = 1;
    f[kMeanLetters] += letters_[label];
    f[kMeanParts] += score.parts;
    f[kBestLetters] = std::max(f[kBestLetters], letters_[label]);
    f[kBestHead] = std::max(f[kBestHead], score.head);
    f[kStrictParts] = std::max(f[kStrictParts], score.strict);
    if (score.parts > f[kBestParts]) {
      f[kBestParts] = score.parts;
      f[kTitleCovered] = score.title_covered;
      f[kLabelCovered] = score.label_covered;
    }
  }

  void AddCoverage(uint32_t at, uint32_t group, TitleFeatures& f) const {
    f[kCoveredByLabels] = by_labels_[at] / all_weight_;
    f[kCoveredByTexts] = by_texts_[at] / all_weight_;
    f[kCoveredByGroupText] = by_group_text_[group] / all_weight_;
    if (main_weight_ > 0) f[kMainCovered] = by_main_[at] / main_weight_;
    if (qualifier_weight_ > 0) {
      f[kQualifierCovered] = by_qualifier_[at] / qualifier_weight_;
    }
    f[kGroupOdds] = group_odds_[group] / static_cast<float>(parts_.size());
    f[kHeadGroupOdds] = head_odds_[group];
  }

  void CompareAll(std::vector<TitleCandidate>& found) const {
    float letters = 1e-6F;
    float parts = 1e-6F;
    std::vector<std::pair<float, float>> in_group(index_.group_count);
    for (const TitleCandidate& one : found) {
      letters = std::max(letters, one.features[kBestLetters]);
      parts = std::max(parts, one.features[kBestParts]);
      auto& [first, second] =
          in_group[index_.occupations[one.occupation].group];
      const float value = one.features[kBestParts];
      if (value > first) {
        second = std::exchange(first, value);
      } else {
        second = std::max(second, value);
      }
    }
    for (TitleCandidate& one : found) {
      TitleFeatures& f = one.features;
      f[kLettersToBest] = f[kBestLetters] / letters;
      f[kPartsToBest] = f[kBestParts] / parts;
      f[kBestLettersSquared] = f[kBestLetters] * f[kBestLetters];
      f[kBestPartsSquared] = f[kBestParts] * f[kBestParts];
      const auto& [first, second] =
          in_group[index_.occupations[one.occupation].group];
      f[kGroupParts] = first > f[kBestParts] ? first : second;
    }
  }

  const TitleIndex& index_;
  std::vector<TitlePart> parts_;
  std::vector<Gram> grams_;
  uint64_t key_ = 0;
  size_t head_ = 0;
  std::vector<float> weights_;  // of parts_
  float all_weight_ = 0;
  float main_weight_ = 0;
  float qualifier_weight_ = 0;
  std::vector<std::vector<NearPart>> near_;  // of parts_
  std::vector<uint32_t> slots_;              // part -> meant_, 0 none
  std::vector<std::vector<Meant>> meant_;
  std::vector<float> letters_;  // by label
  std::vector<float> best_letters_;
  std::vector<float> by_labels_;
  std::vector<float> by_texts_;
  std::vector<float> by_main_;
  std::vector<float> by_qualifier_;
  std::vector<float> by_group_text_;
  std::vector<float> group_odds_;
  std::vector<float> head_odds_;
  std::vector<float> covered_;  // of the label that is looked at
};

}  // namespace

std::vector<TitleCandidate> FindCandidates(const TitleIndex& index,
                                           const TitleWords& title,
                                           size_t limit) {
  if (title.words.empty() || index.labels.empty()) return {};
  return Search(index, title).Candidates(limit);
}

}  // namespace heimweg::occupations
