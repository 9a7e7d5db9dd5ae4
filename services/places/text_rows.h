// Rows of fields in the text files that registers publish: CSV and
// tab-separated values, checked for what a mistaken file would be.
#ifndef HEIMWEG_SERVICES_PLACES_TEXT_ROWS_H_
#define HEIMWEG_SERVICES_PLACES_TEXT_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/places/distance.h"

namespace heimweg::places {

// Well-formed UTF-8, without overlong forms and surrogates.
bool IsUtf8(absl::string_view text);

// INVALID_ARGUMENT for what is no text in UTF-8: a ZIP, a spreadsheet, another
// encoding. `expected` names the file that was expected.
absl::Status CheckText(absl::string_view text, absl::string_view expected);

// Takes the first line, without its end, off `rest`.
absl::string_view TakeLine(absl::string_view& rest);

// The fields of one line of CSV (RFC 4180, without line ends inside quotes);
// nullopt if a quote is left open.
std::optional<std::vector<std::string>> SplitCsv(absl::string_view line,
                                                 char separator);

// Which of , ; and tab a header line separates its columns by.
char SeparatorOf(absl::string_view header);

// What was found in a file besides its good rows; the first few are kept.
class Remarks {
 public:
  void Add(int line, absl::string_view what);
  void AddNote(std::string note) { kept_.push_back(std::move(note)); }
  int rows_left_out() const { return rows_left_out_; }
  std::vector<std::string> Take() &&;

 private:
  static constexpr size_t kMost = 15;
  int rows_left_out_ = 0;
  std::vector<std::string> kept_;
};

// INVALID_ARGUMENT if of `rows` rows so many were left out that the file is
// rather not what it should be (more than 1 in 100, or all); quotes a remark.
absl::Status CheckLeftOut(const Remarks& remarks, int rows,
                          absl::string_view expected);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_TEXT_ROWS_H_
