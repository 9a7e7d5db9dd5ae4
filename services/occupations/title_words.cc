#include "services/occupations/title_words.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "services/occupations/abbreviations.h"
#include "services/occupations/folded_text.h"
#include "services/occupations/gender_marks.h"
#include "services/occupations/stemmer.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kMaxTitleBytes = 400;

// A word or a sign of the folded title.
struct Token {
  std::string text;
  bool word = false;
};

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '#' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::vector<Token> Tokens(absl::string_view folded) {
  std::vector<Token> tokens;
  for (size_t i = 0; i < folded.size();) {
    size_t end = i;
    while (end < folded.size() && IsWordByte(folded[end])) ++end;
    if (end > i) {
      tokens.push_back({std::string(folded.substr(i, end - i)), true});
      i = end;
      continue;
    }
    if (folded[i] != ' ') tokens.push_back({std::string(1, folded[i]), false});
    // A dash between blanks begins a qualifier; one inside a word does not.
    if (folded[i] == '-' && i > 0 && folded[i - 1] == ' ' &&
        i + 1 < folded.size() && folded[i + 1] == ' ') {
      tokens.back().text = " - ";
    }
    ++i;
  }
  return tokens;
}

bool StartsQualifier(absl::string_view text) {
  constexpr absl::string_view kStarts[] = {"fachrichtung", "fachrichtungen",
                                           "schwerpunkt",  "fur",
                                           "im",           "in",
                                           "bereich",      "bei",
                                           "der",          "von",
                                           " - ",          "("};
  return std::find(std::begin(kStarts), std::end(kStarts), text) !=
         std::end(kStarts);
}

// Digits say nothing of an occupation, unless letters come with them ("3d").
bool IsNumber(absl::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

class Reader {
 public:
  TitleWords Read(absl::string_view title) {
    std::string cut = CutGenderMarks(title, read_.left_out);
    for (const Token& token : Tokens(Fold(cut))) {
      // What follows a slash names the same person again.
      if (token.text == "/" || token.text == ",") qualifier_ = false;
      if (token.word && !Skipped(token.text)) AddWords(token.text);
      if (StartsQualifier(token.text)) qualifier_ = true;
    }
    return std::move(read_);
  }

 private:
  bool Skipped(const std::string& word) {
    if (IsFillWord(word)) return true;
    if (!IsAdvertWord(word) && !IsNumber(word)) return false;
    read_.left_out.push_back(word);
    return true;
  }

  void AddWords(const std::string& token) {
    const absl::string_view meaning = ExpandAbbreviation(token);
    if (meaning.empty()) {
      Add(FoldDigraphs(token));
      return;
    }
    size_t start = 0;
    while (start < meaning.size()) {
      const size_t end = std::min(meaning.find(' ', start), meaning.size());
      Add(std::string(meaning.substr(start, end - start)));
      start = end + 1;
    }
  }

  void Add(const std::string& word) {
    TitleWord added;
    added.text = WithoutGender(word);
    added.stem = stemmer_.Stem(added.text);
    added.qualifier = qualifier_ && !read_.words.empty();
    for (const TitleWord& known : read_.words) {
      if (known.stem == added.stem) return;
    }
    read_.words.push_back(std::move(added));
  }

  Stemmer stemmer_;
  TitleWords read_;
  bool qualifier_ = false;
};

}  // namespace

std::string TitleWords::Key() const {
  std::vector<absl::string_view> stems;
  stems.reserve(words.size());
  for (const TitleWord& word : words) stems.push_back(word.stem);
  std::sort(stems.begin(), stems.end());
  return absl::StrJoin(stems, " ");
}

TitleWords ReadTitle(absl::string_view title) {
  return Reader().Read(title.substr(0, kMaxTitleBytes));
}

}  // namespace heimweg::occupations
