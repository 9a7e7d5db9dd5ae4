#include "services/occupations/part_lexicon.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_split.h"
#include "services/occupations/stemmer.h"
#include "services/occupations/thesaurus.h"

namespace heimweg::occupations {
namespace {

constexpr float kLeastByLetters = 0.5F;
constexpr float kMostByKinship = 0.9F;
constexpr float kByThesaurus = 0.9F;
constexpr float kLeastTranslation = 0.03F;
constexpr int kRounds = 5;
constexpr size_t kMostNear = 24;

std::vector<TitlePart> PartsOf(const CompoundSplitter& splitter,
                               absl::string_view word, Stemmer& stemmer) {
  std::vector<TitlePart> parts;
  for (const std::string& part : splitter.Split(word)) {
    parts.push_back({kNoPart, stemmer.Stem(part), false, false});
  }
  parts.back().head = true;
  return parts;
}

void KeepBest(std::vector<NearPart>& near) {
  std::sort(near.begin(), near.end(), [](const NearPart& a, const NearPart& b) {
    if (a.similarity != b.similarity) return a.similarity > b.similarity;
    return a.id < b.id;
  });
  std::vector<NearPart> kept;
  for (const NearPart& one : near) {
    const bool known =
        std::any_of(kept.begin(), kept.end(),
                    [&one](const NearPart& k) { return k.id == one.id; });
    if (!known) kept.push_back(one);
    if (kept.size() == kMostNear) break;
  }
  near = std::move(kept);
}

}  // namespace

size_t HeadOf(const std::vector<TitlePart>& parts) {
  for (size_t i = parts.size(); i-- > 0;) {
    if (parts[i].head && !parts[i].qualifier) return i;
  }
  return parts.size() - 1;
}

PartId PartLexicon::FindStem(absl::string_view stem) const {
  const auto found = ids_.find(stem);
  return found == ids_.end() ? kNoPart : found->second;
}

std::vector<TitlePart> PartLexicon::Learn(const TitleWords& title) {
  Stemmer stemmer;
  std::vector<TitlePart> all;
  for (const TitleWord& word : title.words) {
    auto [entry, added] = words_.try_emplace(word.text);
    if (added) {
      entry->second = PartsOf(splitter_, word.text, stemmer);
      for (TitlePart& part : entry->second) {
        const auto next = static_cast<PartId>(stems_.size());
        const auto [id, is_new] = ids_.try_emplace(part.stem, next);
        if (is_new) stems_.push_back(part.stem);
        part.id = id->second;
      }
    }
    for (TitlePart part : entry->second) {
      part.qualifier = word.qualifier;
      all.push_back(std::move(part));
    }
  }
  return all;
}

std::vector<TitlePart> PartLexicon::Find(const TitleWords& title) const {
  Stemmer stemmer;
  std::vector<TitlePart> all;
  const auto add = [&all](TitlePart part, bool qualifier) {
    part.qualifier = qualifier;
    for (TitlePart& known : all) {
      if (known.stem != part.stem) continue;
      known.head = known.head || part.head;
      return;
    }
    all.push_back(std::move(part));
  };
  for (const TitleWord& word : title.words) {
    const auto found = words_.find(word.text);
    if (found != words_.end()) {
      for (const TitlePart& part : found->second) add(part, word.qualifier);
      continue;
    }
    for (TitlePart& part : PartsOf(splitter_, word.text, stemmer)) {
      part.id = FindStem(part.stem);
      add(std::move(part), word.qualifier);
    }
  }
  return all;
}

void PartLexicon::AddByLetters(absl::string_view stem, PartId self,
                               std::vector<NearPart>& near) const {
  std::vector<float> scores(stems_.size(), 0);
  letters_.Score(letters_.Weigh({stem}), scores);
  for (PartId id = 0; id < scores.size(); ++id) {
    if (id != self && scores[id] >= kLeastByLetters) {
      near.push_back({id, kMostByKinship * std::min(scores[id], 1.0F)});
    }
  }
}

void PartLexicon::LearnThesaurus() {
  Stemmer stemmer;
  for (const absl::string_view group : Thesaurus()) {
    std::vector<std::string> stems;
    for (const absl::string_view word : absl::StrSplit(group, ' ')) {
      stems.push_back(stemmer.Stem(WithoutGender(word)));
    }
    for (const std::string& from : stems) {
      for (const std::string& to : stems) {
        const PartId id = FindStem(to);
        if (from != to && id != kNoPart) same_[from].push_back(id);
      }
    }
  }
}

void PartLexicon::AddByMeaning(absl::string_view stem,
                               std::vector<NearPart>& near) const {
  const auto found = same_.find(stem);
  if (found == same_.end()) return;
  for (const PartId id : found->second) near.push_back({id, kByThesaurus});
}

void PartLexicon::Finish(const std::vector<std::vector<PartId>>& documents,
                         const std::vector<PartPair>& pairs) {
  std::vector<int> counts(stems_.size(), 0);
  for (const auto& document : documents) {
    for (const PartId part : document) ++counts[part];
  }
  const auto all = static_cast<float>(documents.size());
  rarest_ = std::log((1.0F + all) / 2.0F);
  for (const int count : counts) {
    weights_.push_back(
        std::log((1.0F + all) / (1.0F + static_cast<float>(count))));
  }
  for (const std::string& stem : stems_) letters_.Add({stem});
  letters_.Finish();
  LearnThesaurus();
  const auto learned = LearnTranslations(pairs, kRounds, kLeastTranslation);
  auto translation = learned.begin();
  for (PartId id = 0; id < stems_.size(); ++id) {
    std::vector<NearPart> near = {{id, 1.0F}};
    AddByLetters(stems_[id], id, near);
    AddByMeaning(stems_[id], near);
    for (; translation != learned.end() && translation->from == id;
         ++translation) {
      near.push_back(
          {translation->to,
           std::min(kMostByKinship, std::sqrt(translation->probability))});
    }
    KeepBest(near);
    near_.insert(near_.end(), near.begin(), near.end());
    near_ends_.push_back(static_cast<uint32_t>(near_.size()));
  }
}

absl::Span<const NearPart> PartLexicon::Near(PartId part) const {
  const size_t begin = part == 0 ? 0 : near_ends_[part - 1];
  return absl::MakeConstSpan(near_).subspan(begin, near_ends_[part] - begin);
}

std::vector<NearPart> PartLexicon::NearUnknown(absl::string_view stem) const {
  std::vector<NearPart> near;
  AddByLetters(stem, kNoPart, near);
  AddByMeaning(stem, near);
  KeepBest(near);
  return near;
}

size_t PartLexicon::bytes() const {
  size_t bytes = near_.size() * sizeof(NearPart) + near_ends_.size() * 4 +
                 weights_.size() * 4 + letters_.bytes() + splitter_.bytes();
  for (const std::string& stem : stems_) bytes += 2 * stem.size() + 80;
  for (const auto& [word, parts] : words_) {
    bytes += word.size() + 40 + parts.size() * sizeof(TitlePart);
  }
  return bytes;
}

}  // namespace heimweg::occupations
