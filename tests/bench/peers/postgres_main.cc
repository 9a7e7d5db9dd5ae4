// peers_postgres: PostgreSQL with PostGIS over the corpus, asked in turns. CPU
// is that of the backend process; this client's is not counted.
//
// Tuned as somebody would who knows it well: GiST over geography for the
// radius, B-trees over the main groups, jobs stored in the order of their
// places, everything in shared buffers, no parallel workers, no just-in-time
// compiler. The statement says what is asked; with --steps it is one that
// leaves out by hand what these weights cannot rank high: the best jobs of the
// wished main groups, then, only as far as their scores leave room, the others
// near by.
#include <libpq-fe.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/formula.h"
#include "tests/bench/peers/turns.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

constexpr char kSchema[] = R"sql(
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS intarray;
CREATE UNLOGGED TABLE job (
  id int PRIMARY KEY, at geography(Point, 4326) NOT NULL,
  x float8 NOT NULL, y float8 NOT NULL, z float8 NOT NULL,
  occupation int NOT NULL, other_occupation int NOT NULL,
  main_group int NOT NULL, other_main_group int NOT NULL,
  hourly_cents int NOT NULL, fewest_minutes int NOT NULL,
  most_minutes int NOT NULL, requires_languages int NOT NULL,
  age_seconds int NOT NULL, asked_points int NOT NULL, asks int[] NOT NULL);
)sql";

constexpr char kIndexes[] = R"sql(
CREATE INDEX ON job USING gist (at);
CREATE INDEX ON job (main_group);
CREATE INDEX ON job (other_main_group);
VACUUM ANALYZE job;
)sql";

constexpr char kSession[] = R"sql(
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '256MB';
SET random_page_cost = 1.1;
)sql";

// $0: the conditions and $1: the score, of one row of `job`; $2: the wished
// main groups; $3: the query's point; $4: the radius, or half of the Earth; $5:
// the scale of the decay; $6: the condition of the radius, or true; $7: limit.
constexpr char kStatement[] = R"sql(
SELECT $1 AS score FROM job WHERE $6 AND $0 ORDER BY score DESC LIMIT $7
)sql";
constexpr char kSteps[] = R"sql(
WITH wished AS MATERIALIZED (
  SELECT $1 AS score FROM job
  WHERE (main_group = ANY ($2) OR other_main_group = ANY ($2))
    AND $6 AND $0
  ORDER BY score DESC LIMIT $7),
needed AS MATERIALIZED (
  SELECT (((CASE WHEN count(*) = $7 THEN min(score) ELSE 0 END) - 5e-6) * 10
          - 5) / 2 AS nearness FROM wished),
reach AS MATERIALIZED (
  SELECT CASE WHEN nearness <= 0 THEN $4
              WHEN nearness > 1 THEN -1
              ELSE least($4, -($5) * ln(nearness)) END AS meters FROM needed),
others AS MATERIALIZED (
  SELECT $1 AS score FROM job
  WHERE (SELECT meters FROM reach) >= 0
    AND ST_DWithin(at, $3, (SELECT meters FROM reach), false)
    AND NOT (main_group = ANY ($2) OR other_main_group = ANY ($2))
    AND $0
  ORDER BY score DESC LIMIT $7)
SELECT score FROM (SELECT * FROM wished UNION ALL SELECT * FROM others) best
ORDER BY score DESC LIMIT $7
)sql";

std::string Exact(double number) { return absl::StrFormat("%.17g", number); }

std::string ArrayOf(const std::vector<int32_t>& numbers) {
  return absl::StrCat("'{", absl::StrJoin(numbers, ","), "}'::int[]");
}

// A connection. Thread-compatible.
class Postgres {
 public:
  explicit Postgres(const std::string& connect)
      : connection_(PQconnectdb(connect.c_str()), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      Fail(PQerrorMessage(connection_.get()));
    }
    // What goes without saying is not said.
    Run("SET client_min_messages = warning");
  }

  // The first column of all rows. The bench fails if the statement does.
  std::vector<std::string> Run(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(connection_.get(), sql.c_str()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      Fail(PQerrorMessage(connection_.get()));
    }
    std::vector<std::string> rows;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      rows.emplace_back(PQgetvalue(result.get(), row, 0));
    }
    return rows;
  }

  void Copy(const std::string& sql, const std::vector<std::string>& lines) {
    PQclear(PQexec(connection_.get(), sql.c_str()));
    for (const std::string& line : lines) {
      if (PQputCopyData(connection_.get(), line.data(),
                        static_cast<int>(line.size())) != 1) {
        Fail(PQerrorMessage(connection_.get()));
      }
    }
    PQputCopyEnd(connection_.get(), nullptr);
    while (PGresult* result = PQgetResult(connection_.get())) {
      const bool copied = PQresultStatus(result) == PGRES_COMMAND_OK;
      PQclear(result);
      if (!copied) Fail(PQerrorMessage(connection_.get()));
    }
  }

  // CPU time of the backend in microseconds, as the scheduler counts it.
  double BackendCpuUs() const {
    const int backend = PQbackendPID(connection_.get());
    std::ifstream file(absl::StrCat("/proc/", backend, "/schedstat"));
    double nanoseconds = 0;
    if (!(file >> nanoseconds)) Fail("the backend's CPU time is not known");
    return nanoseconds / 1e3;
  }

 private:
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

void Load(const Corpus& corpus, Postgres& postgres) {
  postgres.Run(kSchema);
  std::vector<std::string> lines;
  for (size_t i = 0; i < corpus.jobs.size(); ++i) {
    const JobFacts& job = corpus.jobs[i];
    const auto group = [&](size_t of) {
      return corpus.codes[static_cast<size_t>(job.occupations[of])].substr(0,
                                                                           2);
    };
    lines.push_back(absl::StrFormat(
        "%d\tSRID=4326;POINT(%.17g %.17g)\t%.0f\t%.0f\t%.0f\t%d\t%d\t%s\t%s\t%d"
        "\t%d\t%d\t%d\t%d\t%d\t{%s}\n",
        i + 1, job.longitude, job.latitude, job.vector[0], job.vector[1],
        job.vector[2], job.occupations[0], job.occupations[1], group(0),
        group(1), job.hourly_cents, job.fewest_minutes, job.most_minutes,
        job.requires_languages, job.age_seconds, job.asked_points,
        absl::StrJoin(job.asks, ",")));
  }
  postgres.Copy("COPY job FROM STDIN", lines);
  for (const absl::string_view statement :
       absl::StrSplit(kIndexes, ';', absl::SkipWhitespace())) {
    postgres.Run(std::string(statement));
  }
}

std::string ConditionsOf(const QueryFacts& query) {
  return absl::StrCat("fewest_minutes <= ", query.most_minutes,
                      " AND most_minutes >= ", query.fewest_minutes,
                      " AND hourly_cents >= ", query.floor_cents,
                      " AND (requires_languages & ", query.lacks_languages,
                      ") = 0");
}

// Whole metres of a chord that is cut to whole units.
std::string MetersOf(const QueryFacts& query) {
  return absl::StrFormat(
      "round(2 * 6371008.8 * asin(floor(sqrt((x - %1$.0f) * (x - %1$.0f)"
      " + (y - %2$.0f) * (y - %2$.0f) + (z - %3$.0f) * (z - %3$.0f)))"
      " / 2147483648.0::float8))",
      query.vector[0], query.vector[1], query.vector[2]);
}

std::string ScoreOf(const QueryFacts& query, const Formula& formula) {
  const std::string ladder = absl::StrCat(
      "('{", absl::StrJoin(formula.ladder(), ","), "}'::float4[])");
  const std::string has = ArrayOf(query.has);
  const std::string floor = absl::StrCat(query.floor_cents, "::float8");
  return absl::StrCat(
      "(", kOccupationWeight, " * greatest(", ladder, "[occupation + 1], ",
      ladder, "[other_occupation + 1])::float8 + ", kSkillsWeight,
      " * (CASE WHEN asks && ", has,
      " THEN (SELECT sum(value & 63) FROM unnest(asks & ", has,
      ") value) ELSE 0 END)::float8 / asked_points + ", kDistanceWeight,
      " * exp(-", MetersOf(query), " / ", Exact(formula.scale_m()),
      "::float8) + ", kSalaryWeight, " * greatest(least((hourly_cents - ",
      floor, " / 2) / ", floor, ", 1), 0) + ", kFreshnessWeight,
      " * exp(-age_seconds / 2592000.0::float8)) / ", kAllWeights);
}

std::string StatementOf(const Corpus& corpus, const QueryFacts& query,
                        bool steps) {
  const Formula formula(corpus.codes, query);
  const std::string point =
      absl::StrFormat("'SRID=4326;POINT(%.17g %.17g)'::geography",
                      query.longitude, query.latitude);
  // The distance is in whole metres, so that half a metre more is within it.
  const std::string radius = Exact(formula.ReachMeters(0));
  return absl::Substitute(
      steps ? kSteps : kStatement, ConditionsOf(query), ScoreOf(query, formula),
      ArrayOf(formula.main_groups()), point, radius, Exact(formula.scale_m()),
      query.radius_m > 0
          ? absl::StrCat("ST_DWithin(at, ", point, ", ", radius, ", false)")
          : "true",
      kPeerLimit);
}

Turn Ask(const std::vector<std::string>& statements, Postgres& postgres) {
  Turn turn;
  const double before = postgres.BackendCpuUs();
  std::vector<std::vector<std::string>> answers;
  for (const std::string& statement : statements) {
    answers.push_back(postgres.Run(statement));
  }
  turn.cpu_us = (postgres.BackendCpuUs() - before) /
                static_cast<double>(statements.size());
  for (const std::vector<std::string>& rows : answers) {
    Scores& scores = turn.answers.emplace_back();
    for (const std::string& row : rows) {
      if (!absl::SimpleAtod(row, &scores.emplace_back())) {
        Fail("expected a score");
      }
    }
  }
  return turn;
}

int Main(int argc, char** argv) {
  std::string folder;
  std::string connect;
  bool steps = false;
  bool show = false;
  CLI::App app("Answers the queries of a corpus by PostgreSQL, in turns.");
  app.add_option("--corpus", folder, "Folder of the corpus")->required();
  app.add_option("--connect", connect,
                 "How to connect (libpq); the table job is made if it is not "
                 "there")
      ->required();
  app.add_flag("--steps", steps, "In two steps instead of at once");
  app.add_flag("--show", show, "Only prints the statement of each query");
  CLI11_PARSE(app, argc, argv);
  Postgres postgres(connect);
  const bool filled = postgres.Run("SELECT to_regclass('job')").front() != "";
  const auto corpus = ReadCorpus(folder, /*with_jobs=*/!filled && !show);
  FailUnless(corpus.status(), "the corpus");
  std::vector<std::string> statements;
  for (const QueryFacts& query : corpus->queries) {
    statements.push_back(StatementOf(*corpus, query, steps));
    if (show) absl::PrintF("%s;\n", statements.back());
  }
  if (show) return 0;
  if (!filled) Load(*corpus, postgres);
  postgres.Run(kSession);
  const std::string megabytes =
      postgres.Run("SELECT pg_total_relation_size('job') / 1000000").front();
  ServeTurns(absl::StrCat(megabytes, " MB on disk"),
             [&] { return Ask(statements, postgres); });
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
