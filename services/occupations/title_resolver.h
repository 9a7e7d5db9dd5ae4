// Which occupations a German job title may mean, likeliest first, and how sure
// that is.
//
// How: the title is read (title_words.h), labels and descriptions that share
// letters or parts with it are found (title_features.h), what speaks for each
// is weighed (resolver_weights.h). Similarity of words is all it knows: what
// cannot be told from words alone comes out as unsure.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_TITLE_RESOLVER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_TITLE_RESOLVER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/occupations/esco.h"
#include "services/occupations/title_features.h"
#include "services/occupations/title_index.h"
#include "services/occupations/title_words.h"

namespace heimweg::occupations {

// The first match is taken as meant from this probability on; below, the caller
// should ask. On titles that were not learned from, four of five answers at
// this probability or above were right (heimweg evaluate titles).
inline constexpr double kSureProbability = 0.5;

// The strongest of what speaks for a match.
enum class MatchReason {
  kSameTitle,    // the title is one of its names, once both are read
  kSameParts,    // nearly all parts of both are the same or mean the same
  kSimilar,      // spelled alike, or most parts are shared
  kDescription,  // its description or its relatives share words with the title
};

struct TitleMatch {
  uint32_t occupation = 0;  // in TitleResolver::occupations
  // That this is the one, 0 to 1; together at most 1.
  double probability = 0;
  MatchReason reason = MatchReason::kDescription;
  // The name that fits best: 0 the preferred label, else other_labels[n - 1].
  uint32_t label = 0;
};

struct TitleResolution {
  TitleWords read;
  std::vector<TitleMatch> matches;
  bool sure = false;  // there is a match, of at least kSureProbability
};

// Immutable; Thread-safe.
class TitleResolver {
 public:
  explicit TitleResolver(std::vector<EscoOccupation> occupations);

  // At most `limit` matches, likeliest first, equal ones by their order.
  // A title without a word has none.
  TitleResolution Resolve(absl::string_view title, size_t limit) const;

  // What Resolve weighs.
  std::vector<TitleCandidate> Candidates(const TitleWords& title) const;

  const std::vector<EscoOccupation>& occupations() const {
    return occupations_;
  }
  const std::string& LabelOf(const TitleMatch& match) const;

  // Of the index, without the texts of `occupations`.
  size_t index_bytes() const { return index_.bytes(); }

 private:
  std::vector<EscoOccupation> occupations_;
  TitleIndex index_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_TITLE_RESOLVER_H_
