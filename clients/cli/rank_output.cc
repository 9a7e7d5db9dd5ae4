#include "clients/cli/rank_output.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/cli/json.h"
#include "clients/cli/reasons_text.h"
#include "clients/exporters/csv_columns.h"
#include "clients/importers/field_text.h"
#include "clients/importers/json_syntax.h"

namespace heimweg::cli {
namespace {

using importers::JsonMember;
using importers::JsonQuoted;
using matching::v1::FeatureScore;
using matching::v1::Match;
using matching::v1::ProfileRanking;

absl::Status NoRankOutput() {
  return absl::FailedPreconditionError(
      "expected a file that batch rank wrote, or none");
}

// The code of why there is no ranking; empty if there is one.
absl::string_view ErrorOf(const ProfileRanking& result) {
  switch (result.outcome()) {
    case matching::v1::PROFILE_OUTCOME_RANKED:
      return "";
    case matching::v1::PROFILE_OUTCOME_SEEKS_NO_JOB:
      return "FAILED_PRECONDITION";
    default:
      return "INVALID_ARGUMENT";
  }
}

// A member that is a text without escapes.
std::optional<absl::string_view> TextMember(absl::string_view json,
                                            absl::string_view key) {
  auto text = JsonMember(json, key);
  if (!text.has_value() || !absl::ConsumePrefix(&*text, "\"") ||
      !absl::ConsumeSuffix(&*text, "\"")) {
    return std::nullopt;
  }
  return text;
}

class JsonLinesOutput : public RankOutput {
 public:
  absl::Status Open(const std::string& path) override {
    return file_.Open(path,
                      [this](absl::string_view line) -> absl::StatusOr<bool> {
                        if (run_.empty()) {
                          run_ = std::string(line);
                          return true;
                        }
                        const auto profile = ProfileOfLine(line);
                        if (!profile.ok()) return profile.status();
                        last_profile_ = std::string(*profile);
                        ++profiles_;
                        return true;
                      });
  }
  absl::Status Begin(const std::string& run) override {
    return file_.Append(run);
  }
  std::string Record(const ProfileRanking& result) const override {
    const absl::string_view error = ErrorOf(result);
    const std::string begin =
        absl::StrCat("{\"profile\":", JsonQuoted(result.profile()));
    return error.empty()
               ? absl::StrCat(begin, ",\"ranking\":", ToJson(result.ranking()),
                              "}")
               : absl::StrCat(begin, ",\"error\":\"", error, "\"}");
  }
};

// The names of the features, in their order.
std::vector<std::string> FeatureColumns() {
  constexpr absl::string_view kPrefix = "FEATURE_";
  std::vector<std::string> names;
  const auto& features = *matching::v1::Feature_descriptor();
  for (int i = 1; i < features.value_count(); ++i) {
    names.push_back(
        absl::StrCat("features.", absl::AsciiStrToLower(absl::StripPrefix(
                                      features.value(i)->name(), kPrefix))));
  }
  return names;
}

class CsvOutput : public RankOutput {
 public:
  CsvOutput(bool full, Language language)
      : full_(full),
        language_(language),
        features_(FeatureColumns()),
        match_(*Match::descriptor(), {"reasons", "features"}),
        header_(Header()) {}

  absl::Status Open(const std::string& path) override {
    bool begun = false;
    absl::Status status =
        file_.Open(path, [&](absl::string_view line) -> absl::StatusOr<bool> {
          if (begun) return Take(line);
          begun = true;
          if (line != header_) return NoRankOutput();
          return true;
        });
    if (!status.ok()) return status;
    // Without a header nothing was written but the run, if that: forget it.
    status =
        run_file_.Open(absl::StrCat(path, ".run"), [&](absl::string_view line) {
          if (begun) run_ = std::string(line);
          return begun;
        });
    if (status.ok() && begun && run_.empty()) {
      return absl::FailedPreconditionError(absl::StrCat(
          "expected the file ", path, ".run, which batch rank wrote with it"));
    }
    return status;
  }

  absl::Status Begin(const std::string& run) override {
    absl::Status status = run_file_.Append(run);
    if (status.ok()) status = run_file_.Sync();
    return status.ok() ? file_.Append(header_) : status;
  }

  std::string Record(const ProfileRanking& result) const override {
    const int matches = result.ranking().matches_size();
    std::string rows;
    for (int i = 0; i < matches; ++i) {
      Add({result.profile(), absl::StrCat(matches), absl::StrCat(i + 1)},
          result.ranking().matches(i), "", rows);
    }
    if (matches == 0) {
      Add({result.profile(), "0", "0"}, Match(), ErrorOf(result), rows);
    }
    return std::string(absl::StripSuffix(rows, "\n"));
  }

 private:
  // The header as LineFile takes and gives it: without the line feed.
  std::string Header() const {
    std::vector<std::string> names = {"profile", "matches", "rank"};
    for (std::string& name : match_.Names()) names.push_back(std::move(name));
    names.emplace_back("reasons");
    if (full_) names.insert(names.end(), features_.begin(), features_.end());
    names.emplace_back("error");
    return std::string(absl::StripSuffix(exporters::CsvRow(names), "\n"));
  }

  // One row; none has a line feed within.
  void Add(std::vector<std::string> cells, const Match& match,
           absl::string_view error, std::string& rows) const {
    for (std::string& cell : match_.Cells(match)) {
      cells.push_back(
          absl::StrReplaceAll(cell, {{"\r\n", " "}, {"\n", " "}, {"\r", " "}}));
    }
    std::vector<std::string> reasons;
    for (const matching::v1::Reason& reason : match.reasons()) {
      std::string text = ReasonText(reason, language_);
      if (!text.empty()) reasons.push_back(std::move(text));
    }
    cells.push_back(importers::JoinTexts(reasons));
    if (full_) {
      const size_t first = cells.size();
      cells.resize(first + features_.size());
      for (const FeatureScore& score : match.features()) {
        const size_t at = first + static_cast<size_t>(score.feature()) - 1;
        if (!score.known() || at < first || at >= cells.size()) continue;
        cells[at] = absl::StrCat(score.value_millionths());
      }
    }
    cells.emplace_back(error);
    rows += exporters::CsvRow(cells);
  }

  // A row; true for the last one of a profile.
  absl::StatusOr<bool> Take(absl::string_view row) {
    const std::vector<absl::string_view> cells =
        absl::StrSplit(row, absl::MaxSplits(';', 3));
    int matches = 0;
    int rank = 0;
    if (cells.size() < 4 || !absl::SimpleAtoi(cells[1], &matches) ||
        !absl::SimpleAtoi(cells[2], &rank) || rank > matches) {
      return NoRankOutput();
    }
    if (rank < matches) return false;
    last_profile_ = std::string(cells[0]);
    ++profiles_;
    return true;
  }

  const bool full_;
  const Language language_;
  const std::vector<std::string> features_;
  const exporters::CsvColumns match_;
  const std::string header_;
  LineFile run_file_;
};

}  // namespace

absl::StatusOr<RankRun> ReadRunLine(absl::string_view line) {
  const auto run = JsonMember(line, "run");
  if (!run.has_value()) return NoRankOutput();
  const auto kind = TextMember(*run, "kind");
  const auto text = TextMember(*run, "evaluationTime");
  RankRun read;
  std::string error;
  if (!kind.has_value() || !text.has_value() ||
      !absl::ParseTime(absl::RFC3339_full, *text, &read.at, &error)) {
    return NoRankOutput();
  }
  read.kind = std::string(*kind);
  return read;
}

absl::StatusOr<absl::string_view> ProfileOfLine(absl::string_view line) {
  const auto name = TextMember(line, "profile");
  if (!name.has_value()) return NoRankOutput();
  return *name;
}

std::unique_ptr<RankOutput> NewJsonLinesOutput() {
  return std::make_unique<JsonLinesOutput>();
}

std::unique_ptr<RankOutput> NewCsvOutput(bool full, Language language) {
  return std::make_unique<CsvOutput>(full, language);
}

}  // namespace heimweg::cli
