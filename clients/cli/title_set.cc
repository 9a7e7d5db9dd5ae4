#include "clients/cli/title_set.h"

#include <cstdint>
#include <fstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heimweg::cli {
namespace {

struct Line {
  size_t number = 0;
  std::vector<std::string> fields;
};

std::string Clean(absl::string_view field) {
  field = absl::StripAsciiWhitespace(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field = field.substr(1, field.size() - 2);
  }
  return std::string(field);
}

absl::Status At(const std::string& path, size_t line, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, ", line ", line, ": ", what));
}

// Lines of at least `columns` fields. `by_blanks`: parted by any white space.
absl::StatusOr<std::vector<Line>> ReadLines(const std::string& path,
                                            size_t columns, bool by_blanks) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::vector<Line> lines;
  std::string text;
  for (size_t number = 1; std::getline(file, text); ++number) {
    absl::string_view rest = text;
    if (number == 1 && absl::StartsWith(rest, "\xEF\xBB\xBF")) {
      rest.remove_prefix(3);
    }
    if (absl::StripAsciiWhitespace(rest).empty()) continue;
    Line line;
    line.number = number;
    if (by_blanks) {
      for (const absl::string_view field :
           absl::StrSplit(rest, absl::ByAnyChar(" \t\r"), absl::SkipEmpty())) {
        line.fields.push_back(Clean(field));
      }
    } else {
      for (const absl::string_view field : absl::StrSplit(rest, '\t')) {
        line.fields.push_back(Clean(field));
      }
    }
    if (line.fields.size() < columns) {
      return At(path, number,
                absl::StrCat(
                    columns, " columns are expected, ",
                    by_blanks ? "parted by blanks or tabs" : "parted by a tab",
                    "; there are ", line.fields.size()));
    }
    lines.push_back(std::move(line));
  }
  if (file.bad()) return absl::UnknownError(absl::StrCat("cannot read ", path));
  if (lines.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is empty"));
  }
  return lines;
}

bool IsHeader(const Line& line) {
  constexpr absl::string_view kNames[] = {
      "id",       "qid",      "query_id",          "docid", "doc_id",
      "label_id", "label id", "corpus_element_id", "query"};
  for (const absl::string_view name : kNames) {
    if (absl::EqualsIgnoreCase(line.fields[0], name)) return true;
  }
  return false;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Pairs of a file with two columns, each id once.
absl::StatusOr<Pairs> ReadPairs(const std::string& path) {
  const auto lines = ReadLines(path, 2, false);
  if (!lines.ok()) return lines.status();
  Pairs pairs;
  absl::flat_hash_map<std::string, std::string> known;
  for (const Line& line : *lines) {
    if (&line == &lines->front() && IsHeader(line)) continue;
    const auto [entry, added] =
        known.try_emplace(line.fields[0], line.fields[1]);
    if (!added && entry->second != line.fields[1]) {
      return At(path, line.number,
                absl::StrCat("the id ", line.fields[0],
                             " was given before, with another text"));
    }
    if (added) pairs.emplace_back(line.fields[0], line.fields[1]);
  }
  return pairs;
}

absl::Status AddLabels(const TitleSetFiles& files,
                       absl::flat_hash_map<std::string, std::string>& concepts,
                       TitleSet& set) {
  const auto labels = ReadPairs(files.labels);
  if (!labels.ok()) return labels.status();
  const auto mapping = ReadPairs(files.concepts);
  if (!mapping.ok()) return mapping.status();
  concepts.insert(mapping->begin(), mapping->end());
  size_t without = 0;
  for (const auto& [id, text] : *labels) {
    const auto found = concepts.find(id);
    if (found == concepts.end()) {
      ++without;
      continue;
    }
    auto& own = set.labels[found->second];
    if (own.empty()) set.concepts.push_back(found->second);
    own.push_back({id, text});
  }
  if (set.concepts.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no label of ", files.labels, " has a concept in ",
                     files.concepts, ": are the files of one set?"));
  }
  if (without > 0) {
    set.notes.push_back(
        absl::StrCat(without, " labels have no concept: left out"));
  }
  return absl::OkStatus();
}

absl::Status AddJudgements(
    const std::string& path,
    const absl::flat_hash_map<std::string, std::string>& concepts,
    absl::flat_hash_map<std::string, JudgedQuery>& queries) {
  const auto lines = ReadLines(path, 4, true);
  if (!lines.ok()) return lines.status();
  for (const Line& line : *lines) {
    int relevance = 0;
    if (!absl::SimpleAtoi(line.fields[3], &relevance)) {
      if (line.number == 1) continue;  // a header
      return At(path, line.number, "the relevance is expected to be a number");
    }
    const auto query = queries.find(line.fields[0]);
    const auto label = concepts.find(line.fields[2]);
    if (query == queries.end() || label == concepts.end()) {
      return At(path, line.number,
                query == queries.end()
                    ? absl::StrCat("there is no query ", line.fields[0])
                    : absl::StrCat("there is no label ", line.fields[2]));
    }
    if (relevance <= 0) continue;
    query->second.right_labels.insert(label->first);
    query->second.right_concepts.insert(label->second);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TitleSet> ReadTitleSet(const TitleSetFiles& files) {
  TitleSet set;
  absl::flat_hash_map<std::string, std::string> concepts;
  if (auto status = AddLabels(files, concepts, set); !status.ok()) {
    return status;
  }
  const auto titles = ReadPairs(files.queries);
  if (!titles.ok()) return titles.status();
  absl::flat_hash_map<std::string, JudgedQuery> queries;
  for (const auto& [id, title] : *titles) {
    queries[id] = JudgedQuery{id, title, {}, {}};
  }
  if (auto status = AddJudgements(files.judgements, concepts, queries);
      !status.ok()) {
    return status;
  }
  for (const auto& [id, title] : *titles) {
    JudgedQuery& query = queries[id];
    if (!query.right_labels.empty()) set.queries.push_back(std::move(query));
  }
  if (set.queries.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(files.judgements, " judges no query as right"));
  }
  if (set.queries.size() < titles->size()) {
    set.notes.push_back(absl::StrCat(titles->size() - set.queries.size(),
                                     " queries without a right label: left "
                                     "out"));
  }
  return set;
}

int HalfOf(const std::string& query_id) {
  uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : query_id) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return static_cast<int>((hash >> 32) & 1);
}

}  // namespace heimweg::cli
