// A set of judged job titles in the files of the MELO benchmark: titles,
// labels, what label belongs to which concept, which labels are right for a
// title.
#ifndef HEIMWEG_CLIENTS_CLI_TITLE_SET_H_
#define HEIMWEG_CLIENTS_CLI_TITLE_SET_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

namespace heimweg::cli {

struct JudgedQuery {
  std::string id;
  std::string title;
  absl::flat_hash_set<std::string> right_labels;    // ids
  absl::flat_hash_set<std::string> right_concepts;  // URIs
};

struct ConceptLabel {
  std::string id;
  std::string text;
};

struct TitleSet {
  std::vector<JudgedQuery> queries;  // in the file's order
  // Labels of each concept, in the file's order.
  absl::flat_hash_map<std::string, std::vector<ConceptLabel>> labels;
  std::vector<std::string> concepts;  // in the order of their first label
  // What was left out, a sentence each.
  std::vector<std::string> notes;
};

struct TitleSetFiles {
  std::string queries;     // id <tab> title
  std::string labels;      // id <tab> label
  std::string concepts;    // label id <tab> concept's URI
  std::string judgements;  // TREC: query, 0, label id, relevance
};

// A mark, CRLF, blank lines, quotes around a field, a header line and blanks
// around fields do no harm. NotFound for a file that is not there;
// InvalidArgument with file and line for what cannot be understood: a line with
// too few columns, an id given twice with another text, a judgement of a query
// or label that is in no file. Queries without a judgement are left out, with a
// note.
absl::StatusOr<TitleSet> ReadTitleSet(const TitleSetFiles& files);

// 0, the tuning half, or 1, the report half: bit 32 of the 64-bit FNV-1a hash
// of the query's id.
int HalfOf(const std::string& query_id);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_TITLE_SET_H_
