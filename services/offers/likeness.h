// Likeness: what kinds share in telling that two offers are one. Offers that
// may be alike lie in blocks: only those of one block, or of blocks near to
// each other, are compared, so that finding duplicates does not grow with the
// number of offers. What counts as alike is the kind's.
//
// A kind scores a pair in points: some for each fact that would rarely agree by
// chance, negative ones for a fact that speaks against it (after I. P. Fellegi
// and A. B. Sunter, A Theory for Record Linkage, 1969; the points are set by
// hand, not learned). What is not said by both gives none.
#ifndef HEIMWEG_SERVICES_OFFERS_LIKENESS_H_
#define HEIMWEG_SERVICES_OFFERS_LIKENESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"

namespace heimweg::offers {

// From this many points on two offers are likely one.
inline constexpr int kLikelyOne = 8;

// The score of a pair of which some fact says that it is not one.
inline constexpr int kNeverOne = -1'000;

// Oldest offers of a block that are compared with others. Where more are alike
// nobody could tell which is which, and the work stays bounded.
inline constexpr size_t kMostOfABlock = 32;

// Fingerprints of blocks.
struct Blocks {
  // Where the offer lies; 0: it says too little to be compared.
  uint64_t own = 0;
  // Where others may lie that are like it, without `own`. If a is near to b, b
  // is near to a.
  std::vector<uint64_t> near;

  bool operator==(const Blocks&) const = default;
};

// FNV-1a of 64 bits, never 0; the same in every process.
uint64_t BlockOf(absl::string_view text);

// A number's interval, and the other one in which numbers within the tolerance
// lie, if there is one.
struct Interval {
  int64_t own = 0;
  std::optional<int64_t> other;
};

// Intervals of `width`, which is at least twice the tolerance.
Interval LinearInterval(int64_t value, int64_t tolerance, int64_t width);

// Intervals that grow with the value, 6 % wide at least: for numbers that are
// within 1 % of each other (WithinOnePercent). `value` is at least 0.
Interval RelativeInterval(int64_t value);
bool WithinOnePercent(int64_t a, int64_t b);

// Folded words (case, accents, umlauts) of two letters and more, each once,
// sorted; numbers are left out.
std::vector<std::string> FoldedWords(absl::string_view text);

// The stems of what a job title says of the work, each once, sorted.
std::vector<std::string> TitleStems(absl::string_view title);

// Common words in per cent of all: 2 x common / (a + b) (Dice, 1945); 0 if one
// has none.
int CommonPercent(const std::vector<std::string>& a,
                  const std::vector<std::string>& b);

// Points of the numbers in two titles: -4 if both name some and none is common,
// as of "Wohnung 12" and "Wohnung 13".
int NumberPoints(absl::string_view a, absl::string_view b);

// Points of two descriptions: 6 if both are long and nine words of ten are
// common.
int DescriptionPoints(const std::string& a, const std::string& b);

// Points of two places, which agree as far as the block says: 7 for the same
// street and number, 4 for given points at most 100 m apart; kNeverOne for
// another address or more than 1 km.
int PlacePoints(const type::v1::Place& a, const type::v1::Place& b);

// The offer's postcode, as found or as given; empty: not known.
absl::string_view PostalCode(const type::v1::Place& place);

// Its municipality's AGS of 8 digits, else its postcode; empty: not known.
absl::string_view PlaceKey(const type::v1::Place& place);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_LIKENESS_H_
