#include "services/places/place_suggester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/places/sample_places.h"
#include "tests/support/sanitized.h"

namespace heimweg::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SuggesterTest : public ::testing::Test {
 protected:
  SuggesterTest() : SuggesterTest(SampleTables()) {}
  explicit SuggesterTest(GazetteerTables tables)
      : gazetteer_(*Gazetteer::Make(std::move(tables))),
        places_(gazetteer_),
        suggester_(places_, gazetteer_) {}

  // "Finsterwalde 12062140", with the postcode before it if there is one.
  std::vector<std::string> Suggest(absl::string_view typed,
                                   size_t limit = 10) const {
    std::vector<std::string> texts;
    for (const PlaceSuggestion& one : suggester_.Suggest(typed, limit)) {
      const KnownPlace& place = At(one);
      texts.push_back(absl::StrCat(one.postal_code,
                                   one.postal_code.empty() ? "" : " ",
                                   place.name, " ", place.ags));
    }
    return texts;
  }
  const KnownPlace& At(const PlaceSuggestion& one) const {
    return places_.places()[static_cast<size_t>(one.place)];
  }

  const Gazetteer gazetteer_;
  const KnownPlaces places_;
  const PlaceSuggester suggester_;
};

TEST_F(SuggesterTest, ABeginningIsEnoughInAnySpelling) {
  for (const char* typed :
       {"fin", "FINSTER", "Finsterwalde", "finsterwalde "}) {
    EXPECT_THAT(Suggest(typed), ElementsAre("Finsterwalde 12062140")) << typed;
  }
}

TEST_F(SuggesterTest, ALaterWordIsEnough) {
  EXPECT_THAT(Suggest("liebenw"), ElementsAre("Bad Liebenwerda 12062024"));
}

TEST_F(SuggesterTest, TyposAreForgivenWhereNothingElseFits) {
  for (const char* typed : {"Fimsterwalde", "Finsterwlade", "Finstrwalde",
                            "Finnsterwald", "Finstrewlade"}) {
    EXPECT_THAT(Suggest(typed), ElementsAre("Finsterwalde 12062140")) << typed;
  }
  EXPECT_THAT(Suggest("fim"), IsEmpty());
  EXPECT_THAT(Suggest("Xyzabcdefgh"), IsEmpty());
}

TEST_F(SuggesterTest, TheMorePopulousNamesakeIsFirst) {
  EXPECT_THAT(Suggest("frankfurt"), ElementsAre("Frankfurt am Main 06412000",
                                                "Frankfurt (Oder) 12053000"));
}

TEST_F(SuggesterTest, WhatFollowsTheNameNarrowsTheChoice) {
  EXPECT_THAT(Suggest("Frankfurt (O"),
              ElementsAre("Frankfurt (Oder) 12053000"));
  EXPECT_THAT(Suggest("Frankfurt, Brand"),
              ElementsAre("Frankfurt (Oder) 12053000"));
  EXPECT_THAT(Suggest("Hausen, Elbe-Elster"), ElementsAre("Hausen 12062"));
}

TEST_F(SuggesterTest, DigitsAreAPostcode) {
  EXPECT_THAT(Suggest("0323"), ElementsAre("03238 Finsterwalde 12062140",
                                           "03238 Massen-Niederlausitz 12062",
                                           "03238 Hausen 12062"));
  EXPECT_THAT(Suggest("03238 mass"),
              ElementsAre("03238 Massen-Niederlausitz 12062"));
  // The postcode decides.
  EXPECT_THAT(Suggest("04924 Grassau"),
              ElementsAre("04924 Bad Liebenwerda 12062024"));
  EXPECT_THAT(Suggest("99999"), IsEmpty());
}

TEST_F(SuggesterTest, WhatIsNoTextSuggestsNothing) {
  EXPECT_THAT(Suggest(""), IsEmpty());
  EXPECT_THAT(Suggest("(((,"), IsEmpty());
  EXPECT_THAT(Suggest("\xff\xfe"), IsEmpty());
  EXPECT_THAT(Suggest(std::string(5000, 'f')), IsEmpty());
  EXPECT_THAT(Suggest(std::string(100, 'f')), IsEmpty());
}

// The same by looking at every place, without the tree.
class Oracle {
 public:
  Oracle(const KnownPlaces& places, const Gazetteer& gazetteer)
      : places_(places), gazetteer_(gazetteer) {}

  std::vector<PlaceSuggestion> Suggest(absl::string_view typed,
                                       size_t limit) const {
    const SuggestQuery query = ParseSuggestQuery(typed);
    for (int typos = 0; typos <= 2; ++typos) {
      for (const std::string& text : query.texts) {
        if (typos > MostTypos(text)) continue;
        auto found = WithTypos(query, text, typos);
        if (found.empty()) continue;
        found.resize(std::min(found.size(), limit));
        return found;
      }
    }
    return {};
  }

 private:
  std::vector<PlaceSuggestion> WithTypos(const SuggestQuery& query,
                                         const std::string& text,
                                         int typos) const {
    std::vector<std::tuple<int, int32_t>> ranked;
    for (size_t i = 0; i < places_.places().size(); ++i) {
      const KnownPlace& place = places_.places()[i];
      const std::string words = HintWords(place, gazetteer_);
      const bool hinted = std::all_of(query.hints.begin(), query.hints.end(),
                                      [&](const std::string& hint) {
                                        return absl::StrContains(words, hint);
                                      });
      if (!hinted) continue;
      std::optional<int> best;
      for (const SuggestKey& key :
           SuggestKeys(place, static_cast<int32_t>(i))) {
        if (typos == 2 && key.text[0] != text[0]) continue;
        if (LeastDistance(text, key.text) != typos) continue;
        const bool whole = typos > 0 || text == key.text ||
                           text == key.text.substr(0, key.name_end);
        const int rank = (key.later ? 2 : 0) + (whole ? 0 : 1);
        best = std::min(best.value_or(rank), rank);
      }
      if (best.has_value()) ranked.emplace_back(*best, static_cast<int>(i));
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<PlaceSuggestion> found;
    for (const auto& [rank, place] : ranked) {
      found.push_back({place, "", typos});
    }
    return found;
  }

  // The least optimal-string-alignment distance to any beginning of `key`.
  static int LeastDistance(const std::string& text, const std::string& key) {
    std::vector<std::vector<int>> d(key.size() + 1,
                                    std::vector<int>(text.size() + 1));
    int least = static_cast<int>(text.size());
    for (size_t i = 0; i <= key.size(); ++i) {
      for (size_t j = 0; j <= text.size(); ++j) {
        if (i == 0 || j == 0) {
          d[i][j] = static_cast<int>(i + j);
          continue;
        }
        d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                            d[i - 1][j - 1] + (key[i - 1] != text[j - 1])});
        if (i > 1 && j > 1 && key[i - 1] == text[j - 2] &&
            key[i - 2] == text[j - 1]) {
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
      least = std::min(least, d[i][text.size()]);
    }
    return least;
  }

  const KnownPlaces& places_;
  const Gazetteer& gazetteer_;
};

// Many short names out of few syllables: namesakes, beginnings of each other,
// names one typo apart.
GazetteerTables CrowdedTables() {
  GazetteerTables tables = SampleTables();
  const std::vector<std::string> syllables = {
      "Neu", "dorf", "Alt", "hau", "sen", "bach", "Gro", "wal", "de"};
  std::mt19937 random(7);
  for (int i = 100; i < 900; ++i) {
    std::string name;
    const int words = 1 + static_cast<int>(random() % 2);
    for (int w = 0; w < words; ++w) {
      if (w > 0) name += " ";
      for (int s = 0; s < 2 + static_cast<int>(random() % 2); ++s) {
        name += syllables[random() % syllables.size()];
      }
    }
    if (random() % 8 == 0) name += " (Oder)";
    tables.municipalities.push_back({absl::StrCat("12062", i),
                                     name,
                                     {51.6, 13.7},
                                     static_cast<int32_t>(random() % 50)});
  }
  tables.municipalities.erase(
      std::remove_if(
          tables.municipalities.begin() + 7, tables.municipalities.end(),
          [](const Municipality& row) { return row.ags == "12062140"; }),
      tables.municipalities.end());
  return tables;
}

class CrowdedSuggesterTest : public SuggesterTest {
 protected:
  CrowdedSuggesterTest() : SuggesterTest(CrowdedTables()) {}
};

TEST_F(CrowdedSuggesterTest, EqualsLookingAtEveryPlace) {
  const Oracle oracle(places_, gazetteer_);
  std::mt19937 random(1);
  std::set<int> typos_seen;
  for (uint64_t i = 0; i < heimweg::testing::Cases(1500); ++i) {
    std::string typed =
        places_.places()[random() % places_.places().size()].name;
    typed.resize(1 + random() % typed.size());
    for (unsigned edits = random() % 4; edits > 0; --edits) {
      const size_t at = random() % typed.size();
      const char letter = static_cast<char>('a' + random() % 26);
      switch (random() % 4) {
        case 0:
          typed[at] = letter;
          break;
        case 1:
          typed.insert(at, 1, letter);
          break;
        case 2:
          if (typed.size() > 1) typed.erase(at, 1);
          break;
        default:
          if (at > 0) std::swap(typed[at], typed[at - 1]);
      }
    }
    const size_t limit = 1 + random() % 30;
    const auto expected = oracle.Suggest(typed, limit);
    ASSERT_EQ(suggester_.Suggest(typed, limit), expected) << typed;
    for (const PlaceSuggestion& one : expected) typos_seen.insert(one.typos);
  }
  EXPECT_THAT(typos_seen, ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace heimweg::places
