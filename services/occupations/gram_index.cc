#include "services/occupations/gram_index.h"

#include <algorithm>
#include <cmath>

namespace heimweg::occupations {
namespace {

// Calls take(gram) for each group of letters of each word; the letters are the
// number's bytes.
template <typename Take>
void ForEachGram(const std::vector<absl::string_view>& words, size_t shortest,
                 size_t longest, Take take) {
  std::string padded;
  for (const absl::string_view word : words) {
    padded.assign(1, ' ');
    padded.append(word.data(), word.size());
    padded += ' ';
    for (size_t size = shortest; size <= longest; ++size) {
      for (size_t at = 0; at + size <= padded.size(); ++at) {
        uint32_t gram = 0;
        for (size_t i = at; i < at + size; ++i) {
          gram = (gram << 8) | static_cast<unsigned char>(padded[i]);
        }
        take(gram);
      }
    }
  }
}

// Equal ids become one with (1 + ln tf).
void MergeCounts(std::vector<Gram>& grams) {
  std::sort(grams.begin(), grams.end(),
            [](const Gram& a, const Gram& b) { return a.id < b.id; });
  size_t kept = 0;
  for (size_t i = 0; i < grams.size();) {
    size_t end = i;
    while (end < grams.size() && grams[end].id == grams[i].id) ++end;
    grams[kept++] = {grams[i].id, 1.0F + std::log(static_cast<float>(end - i))};
    i = end;
  }
  grams.resize(kept);
}

}  // namespace

void GramIndex::Add(const std::vector<absl::string_view>& words) {
  std::vector<Gram> own;
  ForEachGram(words, shortest_, longest_, [&](uint32_t gram) {
    const auto id = static_cast<uint32_t>(ids_.size());
    own.push_back({ids_.try_emplace(gram, id).first->second, 0});
  });
  MergeCounts(own);
  grams_.insert(grams_.end(), own.begin(), own.end());
  text_ends_.push_back(static_cast<uint32_t>(grams_.size()));
}

void GramIndex::Finish() {
  posting_ends_.assign(ids_.size() + 1, 0);
  for (const Gram& gram : grams_) ++posting_ends_[gram.id + 1];
  idf_.resize(ids_.size());
  const auto texts = static_cast<float>(text_ends_.size());
  for (size_t i = 0; i < idf_.size(); ++i) {
    const auto df = static_cast<float>(posting_ends_[i + 1]);
    idf_[i] = 1.0F + std::log((1.0F + texts) / (1.0F + df));
  }
  for (size_t i = 0; i < idf_.size(); ++i) {
    posting_ends_[i + 1] += posting_ends_[i];
  }
  postings_.resize(grams_.size());
  std::vector<uint32_t> next(posting_ends_.begin(), posting_ends_.end() - 1);
  size_t begin = 0;
  for (size_t text = 0; text < text_ends_.size(); ++text) {
    float square = 0;
    for (size_t i = begin; i < text_ends_[text]; ++i) {
      grams_[i].weight *= idf_[grams_[i].id];
      square += grams_[i].weight * grams_[i].weight;
    }
    for (size_t i = begin; i < text_ends_[text]; ++i) {
      grams_[i].weight /= std::sqrt(square);
      postings_[next[grams_[i].id]++] = {static_cast<uint32_t>(text),
                                         grams_[i].weight};
    }
    begin = text_ends_[text];
  }
}

std::vector<Gram> GramIndex::Weigh(
    const std::vector<absl::string_view>& words) const {
  std::vector<Gram> grams;
  size_t unknown = 0;
  ForEachGram(words, shortest_, longest_, [&](uint32_t gram) {
    const auto found = ids_.find(gram);
    if (found == ids_.end()) {
      ++unknown;
    } else {
      grams.push_back({found->second, 0});
    }
  });
  MergeCounts(grams);
  const float rarest =
      1.0F + std::log(1.0F + static_cast<float>(text_ends_.size()));
  float square = static_cast<float>(unknown) * rarest * rarest;
  for (Gram& gram : grams) {
    gram.weight *= idf_[gram.id];
    square += gram.weight * gram.weight;
  }
  for (Gram& gram : grams) gram.weight /= std::sqrt(square);
  return grams;
}

void GramIndex::Score(const std::vector<Gram>& title,
                      std::vector<float>& scores) const {
  for (const Gram& gram : title) {
    for (uint32_t i = posting_ends_[gram.id]; i < posting_ends_[gram.id + 1];
         ++i) {
      scores[postings_[i].text] += gram.weight * postings_[i].weight;
    }
  }
}

float GramIndex::Cosine(const std::vector<float>& title_by_gram,
                        size_t text) const {
  float sum = 0;
  const size_t begin = text == 0 ? 0 : text_ends_[text - 1];
  for (size_t i = begin; i < text_ends_[text]; ++i) {
    sum += title_by_gram[grams_[i].id] * grams_[i].weight;
  }
  return sum;
}

size_t GramIndex::bytes() const {
  return ids_.size() * 9 + idf_.size() * 4 + grams_.size() * sizeof(Gram) +
         text_ends_.size() * 4 + postings_.size() * sizeof(Posting) +
         posting_ends_.size() * 4;
}

}  // namespace heimweg::occupations
