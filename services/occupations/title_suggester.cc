#include "services/occupations/title_suggester.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "services/occupations/folded_text.h"
#include "services/occupations/gender_marks.h"

namespace heimweg::occupations {
namespace {

constexpr uint8_t kWords = 4;
// A single letter has thousands: the best of the first of them do.
constexpr size_t kMostLookedAt = 5'000;

std::string Readable(absl::string_view text) {
  std::vector<std::string> cut;
  return FoldDigraphs(Fold(CutGenderMarks(text, cut)));
}

}  // namespace

TitleSuggester::TitleSuggester(const std::vector<EscoOccupation>& occupations) {
  const auto add = [this](const std::string& label, uint32_t occupation,
                          uint32_t number) {
    const std::string folded = Readable(label);
    size_t at = 0;
    for (uint8_t word = 0; word < kWords && at < folded.size(); ++word) {
      entries_.push_back({folded.substr(at), word, number, occupation,
                          static_cast<uint32_t>(folded.size())});
      at = folded.find_first_of(" -/", at);
      if (at == std::string::npos) break;
      ++at;
    }
  };
  for (uint32_t i = 0; i < occupations.size(); ++i) {
    add(occupations[i].preferred_label, i, 0);
    for (uint32_t j = 0; j < occupations[i].other_labels.size(); ++j) {
      add(occupations[i].other_labels[j], i, j + 1);
    }
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) {
              return std::tie(a.text, a.occupation, a.label) <
                     std::tie(b.text, b.occupation, b.label);
            });
}

std::vector<TitleSuggestion> TitleSuggester::Suggest(absl::string_view typed,
                                                     size_t limit) const {
  const std::string prefix = Readable(typed.substr(0, 100));
  if (prefix.find_first_not_of(' ') == std::string::npos) return {};
  auto at = std::lower_bound(entries_.begin(), entries_.end(), prefix,
                             [](const Entry& entry, const std::string& text) {
                               return entry.text < text;
                             });
  std::vector<const Entry*> found;
  for (; at != entries_.end() && absl::StartsWith(at->text, prefix) &&
         found.size() < kMostLookedAt;
       ++at) {
    found.push_back(&*at);
  }
  std::sort(found.begin(), found.end(), [](const Entry* a, const Entry* b) {
    return std::make_tuple(a->word > 0, a->label > 0, a->size, a->occupation) <
           std::make_tuple(b->word > 0, b->label > 0, b->size, b->occupation);
  });
  std::vector<TitleSuggestion> suggestions;
  for (const Entry* entry : found) {
    if (suggestions.size() == limit) break;
    const bool known = std::any_of(suggestions.begin(), suggestions.end(),
                                   [entry](const TitleSuggestion& one) {
                                     return one.occupation == entry->occupation;
                                   });
    if (!known) suggestions.push_back({entry->occupation, entry->label});
  }
  return suggestions;
}

}  // namespace heimweg::occupations
