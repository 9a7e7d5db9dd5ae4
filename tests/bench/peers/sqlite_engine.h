// SqliteEngine: SQLite as somebody would use it who knows it well: an R*Tree
// for queries around a place, and the score in a registered C function over the
// row; in two steps FTS5, too, for the wished main groups of the other queries.
#ifndef HEIMWEG_TESTS_BENCH_PEERS_SQLITE_ENGINE_H_
#define HEIMWEG_TESTS_BENCH_PEERS_SQLITE_ENGINE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/formula.h"
#include "tests/bench/peers/turns.h"

struct sqlite3;
struct sqlite3_stmt;

namespace heimweg::bench {

// Thread-compatible.
class SqliteEngine {
 public:
  // Fills `file` with the jobs of `corpus` unless it exists. INTERNAL with what
  // SQLite says.
  static absl::StatusOr<std::unique_ptr<SqliteEngine>> Open(
      const std::string& file, const Corpus& corpus);
  ~SqliteEngine();
  SqliteEngine(const SqliteEngine&) = delete;
  SqliteEngine& operator=(const SqliteEngine&) = delete;

  // The best scores for a query of the corpus, the highest first: by the one
  // statement that says what is asked, or where there is no radius by two that
  // leave out by hand what cannot be among the best.
  Scores Best(const QueryFacts& query);
  Scores BestInSteps(const QueryFacts& query);

 private:
  SqliteEngine(sqlite3* db, std::vector<std::string> codes)
      : db_(db), codes_(std::move(codes)) {}

  absl::Status Load(const Corpus& corpus);
  absl::Status LoadRows(const Corpus& corpus);
  absl::Status PrepareQueries();
  // Of all jobs.
  Scores BestAnywhere(const QueryFacts& query);
  // Of the jobs in the box around the query with this half side.
  Scores BestAround(sqlite3_stmt* statement, const QueryFacts& query,
                    double meters);
  Scores BestOfGroups(const QueryFacts& query);
  Scores Run(sqlite3_stmt* query) const;
  absl::Status Execute(const std::string& sql);
  absl::StatusOr<sqlite3_stmt*> Prepare(const std::string& sql);

  sqlite3* const db_;
  const std::vector<std::string> codes_;
  std::vector<sqlite3_stmt*> statements_;  // to be finalised
  sqlite3_stmt* anywhere_ = nullptr;
  sqlite3_stmt* around_ = nullptr;
  sqlite3_stmt* others_around_ = nullptr;  // outside the wished main groups
  sqlite3_stmt* of_groups_ = nullptr;
  std::unique_ptr<const Formula> asked_;  // what heimweg_score computes
};

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_PEERS_SQLITE_ENGINE_H_
