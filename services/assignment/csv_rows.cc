#include "services/assignment/csv_rows.h"

#include <csv.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::assignment {
namespace {

constexpr size_t kMaxLine = size_t{16} << 20;
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What libcsv's callbacks write to. Thread-compatible.
class Splitter {
 public:
  explicit Splitter(absl::FunctionRef<absl::Status(const CsvRow&)> take)
      : take_(take) {
    // A quote within a cell or one that is never closed is an error.
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  }
  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;
  ~Splitter() { csv_free(&parser_); }

  // False: it is no CSV, or `take` answered an error.
  bool Feed(absl::string_view text, int64_t line) {
    line_ = line;
    if (!open_) row_.line = line;
    open_ = true;
    return csv_parse(&parser_, text.data(), text.size(), OnCell, OnRow, this) ==
               text.size() &&
           status_.ok();
  }
  bool Finish() {
    return csv_fini(&parser_, OnCell, OnRow, this) == 0 && status_.ok();
  }
  const absl::Status& status() const { return status_; }
  int64_t row_line() const { return row_.line; }
  // Whether a row has begun and not ended: within quotes.
  bool open() const { return open_; }

 private:
  static void OnCell(void* text, size_t size, void* self) {
    auto& splitter = *static_cast<Splitter*>(self);
    splitter.row_.cells.emplace_back(static_cast<const char*>(text), size);
  }
  static void OnRow(int /*end*/, void* self) {
    auto& splitter = *static_cast<Splitter*>(self);
    if (splitter.status_.ok()) splitter.status_ = splitter.take_(splitter.row_);
    splitter.row_.cells.clear();
    splitter.open_ = false;
    splitter.row_.line = splitter.line_;
  }

  csv_parser parser_{};
  const absl::FunctionRef<absl::Status(const CsvRow&)> take_;
  CsvRow row_;
  int64_t line_ = 0;
  bool open_ = false;
  absl::Status status_;
};

bool IsBlank(absl::string_view line) {
  return line.find_first_not_of(" \t\r\n") == absl::string_view::npos;
}

}  // namespace

absl::Status CsvError(absl::string_view file, int64_t line, int64_t column,
                      absl::string_view expected) {
  return absl::InvalidArgumentError(
      column > 0
          ? absl::StrCat(file, ":", line, ": column ", column, ": ", expected)
          : absl::StrCat(file, ":", line, ": ", expected));
}

absl::Status ReadCsv(std::istream& in, absl::string_view file,
                     absl::FunctionRef<absl::Status(const CsvRow&)> take) {
  Splitter splitter(take);
  std::string line;
  int64_t number = 0;
  const auto failure = [&] {
    if (!splitter.status().ok()) return splitter.status();
    return CsvError(file, splitter.row_line(), 0,
                    "expected quotes around the whole cell only, closed, and "
                    "doubled within it");
  };
  while (std::getline(in, line)) {
    ++number;
    if (line.size() > kMaxLine) {
      return absl::ResourceExhaustedError(
          absl::StrCat(file, ":", number, ": expected lines below 16 MiB"));
    }
    absl::string_view text = line;
    if (number == 1 && absl::StartsWith(text, kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
    }
    if (absl::EndsWith(text, "\r")) text.remove_suffix(1);
    if (!splitter.open() && IsBlank(text)) continue;
    if (!splitter.Feed(text, number) || !splitter.Feed("\n", number)) {
      return failure();
    }
  }
  if (in.bad()) {
    return absl::UnknownError(absl::StrCat(file, ": cannot be read"));
  }
  if (!splitter.Finish()) return failure();
  return absl::OkStatus();
}

}  // namespace heimweg::assignment
