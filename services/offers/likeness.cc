#include "services/offers/likeness.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/bits.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "services/occupations/folded_text.h"
#include "services/occupations/title_words.h"
#include "services/places/distance.h"

namespace heimweg::offers {
namespace {

void SortOnce(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

std::vector<std::string> ReadStems(absl::string_view title) {
  std::vector<std::string> stems;
  occupations::TitleWords read = occupations::ReadTitle(title);
  for (occupations::TitleWord& word : read.words) {
    stems.push_back(std::move(word.stem));
  }
  SortOnce(stems);
  return stems;
}

std::vector<std::string> NumbersIn(absl::string_view text) {
  std::vector<std::string> numbers;
  bool inside = false;
  for (const char c : text) {
    if (!absl::ascii_isdigit(c)) {
      inside = false;
      continue;
    }
    if (!inside) numbers.emplace_back();
    inside = true;
    numbers.back().push_back(c);
  }
  SortOnce(numbers);
  return numbers;
}

// "Hauptstraße 12 a" and "Hauptstr. 12A" alike: "hauptstr12a".
std::string FoldedAddress(absl::string_view address) {
  const std::string folded = absl::StrReplaceAll(
      occupations::Fold(address), {{"strasse", "str"}, {"str.", "str"}});
  std::string kept;
  for (const char c : folded) {
    if (c != ' ' && c != ',' && c != '.') kept.push_back(c);
  }
  return kept;
}

places::GeoPoint PointOf(const type::v1::LatLng& where) {
  return places::ToGeoPoint({where.latitude(), where.longitude()});
}

// Bytes that follow this one in a character that is no letter: U+0080 to
// U+00BF, U+2000 to U+2FFF ("·", "–", "€"). 0: it begins no such one.
size_t PunctuationBytes(unsigned char byte) {
  if (byte == 0xc2) return 1;
  return byte == 0xe2 ? 2 : 0;
}

bool HasDigit(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), absl::ascii_isdigit);
}

}  // namespace

uint64_t BlockOf(absl::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash == 0 ? 1 : hash;
}

Interval LinearInterval(int64_t value, int64_t tolerance, int64_t width) {
  Interval interval{value / width, std::nullopt};
  for (const int64_t other :
       {(value - tolerance) / width, (value + tolerance) / width}) {
    if (other != interval.own) interval.other = other;
  }
  return interval;
}

Interval RelativeInterval(int64_t value) {
  // The place of the leading bit and the three bits behind it.
  const auto number = [](int64_t v) -> int64_t {
    constexpr int kBits = 4;
    const int width = absl::bit_width(static_cast<uint64_t>(v));
    if (width <= kBits) return v;
    return (int64_t{width} << kBits) | (v >> (width - kBits));
  };
  constexpr int64_t kPercent = 100;
  Interval interval{number(value), std::nullopt};
  for (const int64_t edge : {std::max<int64_t>(value - value / kPercent - 1, 0),
                             value + value / (kPercent - 1) + 1}) {
    const int64_t other = number(edge);
    if (other != interval.own) interval.other = other;
  }
  return interval;
}

bool WithinOnePercent(int64_t a, int64_t b) {
  constexpr int64_t kPercent = 100;
  return std::max(a, b) - std::min(a, b) <= std::max(a, b) / kPercent;
}

std::vector<std::string> FoldedWords(absl::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool number = false;
  const auto end = [&] {
    if (word.size() >= 2 && !number) words.push_back(word);
    word.clear();
    number = false;
  };
  const std::string folded = occupations::Fold(text);
  for (size_t i = 0; i < folded.size(); ++i) {
    const auto byte = static_cast<unsigned char>(folded[i]);
    if (absl::ascii_isalnum(byte) ||
        (byte >= 0x80 && PunctuationBytes(byte) == 0)) {
      word.push_back(folded[i]);
      number = number || absl::ascii_isdigit(byte);
    } else {
      i += PunctuationBytes(byte);
      end();
    }
  }
  end();
  SortOnce(words);
  return words;
}

std::vector<std::string> TitleStems(absl::string_view title) {
  // Many offers of a list share a title, and stems are dear: a tenth of what an
  // import costs.
  constexpr size_t kMostRemembered = 4'096;
  constexpr size_t kLongestRemembered = 400;
  thread_local absl::flat_hash_map<std::string, std::vector<std::string>>
      remembered;
  const auto found = remembered.find(title);
  if (found != remembered.end()) return found->second;
  std::vector<std::string> stems = ReadStems(title);
  if (title.size() > kLongestRemembered) return stems;
  if (remembered.size() >= kMostRemembered) remembered.clear();
  return remembered.emplace(title, std::move(stems)).first->second;
}

int CommonPercent(const std::vector<std::string>& a,
                  const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<std::string> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(common));
  return static_cast<int>(200 * common.size() / (a.size() + b.size()));
}

int NumberPoints(absl::string_view a, absl::string_view b) {
  const std::vector<std::string> one = NumbersIn(a);
  const std::vector<std::string> other = NumbersIn(b);
  if (one.empty() || other.empty()) return 0;
  return CommonPercent(one, other) == 0 ? -4 : 0;
}

int DescriptionPoints(const std::string& a, const std::string& b) {
  constexpr size_t kLong = 80;
  constexpr int kPoints = 6;
  if (a.size() < kLong || b.size() < kLong) return 0;
  if (a == b) return kPoints;
  return CommonPercent(FoldedWords(a), FoldedWords(b)) >= 90 ? kPoints : 0;
}

int PlacePoints(const type::v1::Place& a, const type::v1::Place& b) {
  constexpr int32_t kNearMeters = 100;
  constexpr int32_t kFarMeters = 1'000;
  int points = 0;
  if (!a.street_address().empty() && !b.street_address().empty()) {
    const std::string one = FoldedAddress(a.street_address());
    const std::string other = FoldedAddress(b.street_address());
    if (one == other) {
      points += HasDigit(one) ? 7 : 3;
    } else if (HasDigit(one) && HasDigit(other)) {
      return kNeverOne;
    }
  }
  if (a.has_location() && b.has_location()) {
    const int32_t meters = places::DistanceMeters(
        places::ChordSquared(PointOf(a.location()), PointOf(b.location())));
    if (meters > kFarMeters) return kNeverOne;
    if (meters <= kNearMeters) points += 4;
  }
  return points;
}

absl::string_view PostalCode(const type::v1::Place& place) {
  return place.resolved().postal_code().empty()
             ? place.postal_code()
             : place.resolved().postal_code();
}

absl::string_view PlaceKey(const type::v1::Place& place) {
  constexpr size_t kMunicipalityDigits = 8;
  const std::string& ags = place.resolved().ags();
  return ags.size() == kMunicipalityDigits ? absl::string_view(ags)
                                           : PostalCode(place);
}

}  // namespace heimweg::offers
