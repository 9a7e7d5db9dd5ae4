#include "services/occupations/title_index.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "services/occupations/folded_text.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kTextSlice = 400;
constexpr size_t kMostPairLabels = 8;

// The words of a text of any length.
template <typename Take>
void ForEachWord(absl::string_view text, Take take) {
  while (!text.empty()) {
    size_t end = std::min(text.size(), kTextSlice);
    if (end < text.size()) {
      const size_t blank = text.rfind(' ', end);
      if (blank != absl::string_view::npos && blank > 0) end = blank;
    }
    take(ReadTitle(text.substr(0, end)));
    text.remove_prefix(end);
  }
}

std::vector<absl::string_view> Texts(const TitleWords& title) {
  std::vector<absl::string_view> texts;
  texts.reserve(title.words.size());
  for (const TitleWord& word : title.words) texts.push_back(word.text);
  return texts;
}

void Unique(std::vector<uint32_t>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// Turns lists of parts into lists by part.
Lists<uint32_t> ByPart(const std::vector<std::vector<PartId>>& documents,
                       size_t parts) {
  std::vector<std::vector<uint32_t>> by_part(parts);
  for (size_t at = 0; at < documents.size(); ++at) {
    for (const PartId part : documents[at]) {
      by_part[part].push_back(static_cast<uint32_t>(at));
    }
  }
  Lists<uint32_t> lists;
  for (const auto& list : by_part) lists.Append(list);
  return lists;
}

class Builder {
 public:
  explicit Builder(const std::vector<EscoOccupation>& source)
      : source_(source), index_(Splitter()) {}

  TitleIndex Build() && {
    AddLabels();
    AddTexts();
    index_.lexicon.Finish(label_parts_, pairs_);
    for (IndexedLabel& label : index_.labels) {
      const auto at = static_cast<size_t>(&label - index_.labels.data());
      for (const LabelPart& part : index_.label_parts[at]) {
        label.weight += index_.lexicon.Weight(part.id);
      }
    }
    index_.grams.Finish();
    const size_t parts = index_.lexicon.size();
    index_.in_labels = ByPart(label_parts_, parts);
    index_.in_texts = ByPart(text_parts_, parts);
    index_.in_group_texts = ByPart(group_text_parts_, parts);
    AddGroupOdds();
    return std::move(index_);
  }

 private:
  CompoundSplitter Splitter() const {
    CompoundSplitter splitter;
    const auto add = [&splitter](const TitleWords& title) {
      for (const TitleWord& word : title.words) splitter.Add(word.text);
    };
    for (const EscoOccupation& one : source_) {
      add(ReadTitle(one.preferred_label));
      for (const std::string& label : one.other_labels) add(ReadTitle(label));
      ForEachWord(one.description, add);
    }
    return splitter;
  }

  uint32_t GroupOf(const std::string& isco) {
    const auto next = static_cast<uint32_t>(groups_.size());
    return groups_.try_emplace(isco.substr(0, 4), next).first->second;
  }

  void AddLabels() {
    label_parts_.resize(source_.size());
    for (uint32_t at = 0; at < source_.size(); ++at) {
      const EscoOccupation& one = source_[at];
      IndexedOccupation indexed;
      indexed.first_label = static_cast<uint32_t>(index_.labels.size());
      indexed.group = GroupOf(one.isco_group);
      indexed.is_group = one.is_group;
      AddLabel(at, 0, one.preferred_label);
      for (uint32_t i = 0; i < one.other_labels.size(); ++i) {
        AddLabel(at, i + 1, one.other_labels[i]);
      }
      indexed.label_count =
          static_cast<uint32_t>(index_.labels.size()) - indexed.first_label;
      AddPairs(indexed);
      Unique(label_parts_[at]);
      index_.occupations.push_back(indexed);
    }
    index_.group_count = groups_.size();
  }

  void AddLabel(uint32_t occupation, uint32_t text, const std::string& label) {
    const TitleWords title = ReadTitle(label);
    const uint64_t key = KeyFingerprint(title.Key());
    for (size_t i = index_.labels.size(); i-- > 0;) {
      if (index_.labels[i].occupation != occupation) break;
      if (index_.labels[i].key == key) return;
    }
    index_.labels.push_back({occupation, text, 0, key});
    index_.grams.Add(Texts(title));
    std::vector<LabelPart> parts;
    for (const TitlePart& part : index_.lexicon.Learn(title)) {
      label_parts_[occupation].push_back(part.id);
      const auto known =
          std::find_if(parts.begin(), parts.end(),
                       [&](const LabelPart& p) { return p.id == part.id; });
      if (known == parts.end()) {
        parts.push_back({part.id, part.head});
      } else {
        known->head = known->head || part.head;
      }
    }
    index_.label_parts.Append(parts);
  }

  static std::vector<PartId> Ids(absl::Span<const LabelPart> parts) {
    std::vector<PartId> ids;
    for (const LabelPart& part : parts) ids.push_back(part.id);
    return ids;
  }

  void AddPairs(const IndexedOccupation& one) {
    const size_t count = std::min<size_t>(one.label_count, kMostPairLabels);
    for (size_t a = 0; a < count; ++a) {
      for (size_t b = 0; b < count; ++b) {
        if (a == b) continue;
        pairs_.push_back({Ids(index_.label_parts[one.first_label + a]),
                          Ids(index_.label_parts[one.first_label + b])});
      }
    }
  }

  void AddTexts() {
    text_parts_.resize(source_.size());
    group_text_parts_.resize(index_.group_count);
    for (uint32_t at = 0; at < source_.size(); ++at) {
      const EscoOccupation& one = source_[at];
      std::vector<PartId>& parts =
          one.is_group ? group_text_parts_[index_.occupations[at].group]
                       : text_parts_[at];
      const auto add = [&](const TitleWords& title) {
        for (const TitlePart& part : index_.lexicon.Learn(title)) {
          parts.push_back(part.id);
        }
      };
      ForEachWord(one.description, add);
      if (one.is_group) add(ReadTitle(one.preferred_label));
      Unique(parts);
    }
  }

  // How much more often a part stands in a group's labels than elsewhere:
  // ln(p(part | group) / p(part)), smoothed, where it is positive.
  void AddGroupOdds() {
    const size_t parts = index_.lexicon.size();
    std::vector<std::vector<uint32_t>> groups(parts);
    std::vector<float> sizes(index_.group_count, 0);
    float all = 0;
    for (size_t label = 0; label < index_.labels.size(); ++label) {
      const auto group =
          index_.occupations[index_.labels[label].occupation].group;
      for (const LabelPart& part : index_.label_parts[label]) {
        groups[part.id].push_back(group);
      }
      sizes[group] += 1;
      all += 1;
    }
    for (std::vector<uint32_t>& list : groups) {
      std::sort(list.begin(), list.end());
      const float everywhere = (static_cast<float>(list.size()) + 1) / all;
      std::vector<PartPosting> odds;
      for (size_t i = 0; i < list.size();) {
        size_t end = i;
        while (end < list.size() && list[end] == list[i]) ++end;
        const float share = (static_cast<float>(end - i) + 5 * everywhere) /
                            (sizes[list[i]] + 5);
        const float value = std::log(share / everywhere);
        if (value > 0) odds.push_back({list[i], value});
        i = end;
      }
      index_.in_groups.Append(odds);
    }
  }

  const std::vector<EscoOccupation>& source_;
  TitleIndex index_;
  absl::flat_hash_map<std::string, uint32_t> groups_;
  std::vector<std::vector<PartId>> label_parts_;  // by occupation
  std::vector<std::vector<PartId>> text_parts_;
  std::vector<std::vector<PartId>> group_text_parts_;
  std::vector<PartPair> pairs_;
};

template <typename T>
size_t BytesOf(const Lists<T>& lists) {
  return lists.items.size() * sizeof(T) + lists.ends.size() * 4;
}

}  // namespace

uint64_t KeyFingerprint(absl::string_view key) {
  uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : key) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash;
}

TitleIndex TitleIndex::Build(const std::vector<EscoOccupation>& occupations) {
  return Builder(occupations).Build();
}

size_t TitleIndex::bytes() const {
  return lexicon.bytes() + occupations.size() * sizeof(IndexedOccupation) +
         labels.size() * sizeof(IndexedLabel) + BytesOf(label_parts) +
         grams.bytes() + BytesOf(in_labels) + BytesOf(in_texts) +
         BytesOf(in_group_texts) + BytesOf(in_groups);
}

}  // namespace heimweg::occupations
