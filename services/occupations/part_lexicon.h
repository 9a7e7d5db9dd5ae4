// The parts that job titles are made of, how rare each is, and which mean the
// same or nearly so.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_PART_LEXICON_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_PART_LEXICON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/occupations/compound_splitter.h"
#include "services/occupations/gram_index.h"
#include "services/occupations/part_translation.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {

inline constexpr PartId kNoPart = 0xFFFFFFFF;

// A part of a word of a title.
struct TitlePart {
  PartId id = kNoPart;  // kNoPart: no known title has it
  std::string stem;
  bool head = false;       // the last one of its word
  bool qualifier = false;  // as its word
};

// What kind of worker a title names: the last part of the last word that is no
// qualifier. `parts` is not empty; gives an index.
size_t HeadOf(const std::vector<TitlePart>& parts);

// A part that may stand for another, and how well, 0 to 1.
struct NearPart {
  PartId id = 0;
  float similarity = 0;
};

// Thread-compatible; after Finish const calls may come from many.
class PartLexicon {
 public:
  explicit PartLexicon(CompoundSplitter splitter)
      : splitter_(std::move(splitter)) {}

  // The parts of a title; unknown ones become known.
  std::vector<TitlePart> Learn(const TitleWords& title);
  // The parts of a title that is asked for; equal parts once.
  std::vector<TitlePart> Find(const TitleWords& title) const;

  // `documents[i]` are the parts of the i-th occupation; `pairs` are names of
  // one occupation.
  void Finish(const std::vector<std::vector<PartId>>& documents,
              const std::vector<PartPair>& pairs);

  // ln((1 + N) / (1 + df)), N documents; an unknown part is as rare as can be.
  float Weight(PartId part) const {
    return part == kNoPart ? rarest_ : weights_[part];
  }
  // What a known part may stand for, itself first. By kinship:
  // equal 1; by meaning (thesaurus.h, translations) and by letters at most .9.
  absl::Span<const NearPart> Near(PartId part) const;
  // The same for an unknown one, by its letters and the thesaurus.
  std::vector<NearPart> NearUnknown(absl::string_view stem) const;

  size_t size() const { return stems_.size(); }
  const std::string& stem(PartId part) const { return stems_[part]; }
  PartId FindStem(absl::string_view stem) const;
  const CompoundSplitter& splitter() const { return splitter_; }
  size_t bytes() const;

 private:
  void AddByLetters(absl::string_view stem, PartId self,
                    std::vector<NearPart>& near) const;
  void LearnThesaurus();
  void AddByMeaning(absl::string_view stem, std::vector<NearPart>& near) const;

  CompoundSplitter splitter_;
  absl::flat_hash_map<std::string, PartId> ids_;
  absl::flat_hash_map<std::string, std::vector<TitlePart>> words_;
  std::vector<std::string> stems_;
  std::vector<float> weights_;
  float rarest_ = 0;
  GramIndex letters_{3, 4};
  // Stem -> what the thesaurus groups with it.
  absl::flat_hash_map<std::string, std::vector<PartId>> same_;
  std::vector<NearPart> near_;
  std::vector<uint32_t> near_ends_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_PART_LEXICON_H_
